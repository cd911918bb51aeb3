import { createRequire } from 'node:module';

const need = createRequire(import.meta.url);

/** A package that most requests do without: loaded at its first use, so that the program starts quickly and stays small while nobody asks. */
export function later<Module>(name: string): () => Module {
  let kept: Module | undefined;
  return () => kept ??= need(name) as Module;
}
