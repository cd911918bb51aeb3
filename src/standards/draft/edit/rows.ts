import { held, put, type Body, type Path } from './path.ts';

const listAt = (body: Body, path: Path): readonly unknown[] => { const list = held(body, path); return Array.isArray(list) ? list : []; };

export const addRow = (body: Body, path: Path, row: unknown): Body => put(body, path, [...listAt(body, path), row]);

/** A row that is not there leaves the body as it is. */
export const dropRow = (body: Body, path: Path, at: number): Body => at in listAt(body, path) ? put(body, path, listAt(body, path).filter((_, n) => n !== at)) : body;

/** One place nearer the beginning. */
export function raiseRow(body: Body, path: Path, at: number): Body {
  const list = listAt(body, path);
  return at < 1 || at >= list.length ? body : put(body, path, list.with(at - 1, list[at]).with(at, list[at - 1]));
}
