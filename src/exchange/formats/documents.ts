import { Readable } from 'node:stream';
import type { Format } from '../format.ts';

/** Texts of their own, one after the other in a file: a YAML stream, each document under a line `---`. */
export const documents: Pick<Format, 'mime' | 'extension' | 'write'> = {
  mime: 'application/yaml', extension: 'yaml',
  write: (_columns, rows) => Readable.from(documentsOf(rows)),
};

async function* documentsOf(rows: Parameters<Format['write']>[1]): AsyncGenerator<Buffer> {
  for await (const row of rows) yield Buffer.from(`---\n${String(row['source'] ?? '').replace(/^---[ \t]*\r?\n/, '').trimEnd()}\n`);
}

export interface WrittenDocument { readonly text: string; /** Lines of the file before it. */ readonly above: number }

/** The documents of such a file. `---` at the beginning of a line can be nothing else; a file without it is one document. */
export function splitDocuments(text: string): readonly WrittenDocument[] {
  const found: { lines: string[]; above: number }[] = [{ lines: [], above: 0 }];
  for (const [at, line] of text.split('\n').entries()) {
    if (/^---\s*$/.test(line)) found.push({ lines: [], above: at + 1 }); else found.at(-1)?.lines.push(line);
  }
  const told = found.filter(({ lines }) => lines.some(line => !/^\s*(#|$)/.test(line)));
  return (told.length === 0 ? found.slice(0, 1) : told).map(({ lines, above }) => ({ text: lines.join('\n'), above }));
}
