import type { Knex } from 'knex';
import { assert } from '../kit/assert.ts';
import { common } from '../kit/refusals.ts';
import { sha256 } from '../store/trace.ts';
import { compile, type Compiled } from './compile.ts';
import type { Standard } from './standard.ts';
import { villageText } from './village-items.ts';

/** A kept text never changes and its hash names it, so what was compiled once serves every office of the process. */
const compiled = new Map<string, Compiled>();
const mostKept = 64;

/** The kept standard with this hash, ready to rate. The text is checked against its hash: a row that was touched is a bug. */
export async function loadStandard(read: Knex, hash: string): Promise<Compiled> {
  const kept = compiled.get(hash);
  if (kept !== undefined) return kept;
  const row: { body: string } | undefined = await read('standards').where({ hash }).first('body');
  const body = row?.body ?? await villageText(read, hash) ?? common.refuse('not-found');
  assert(sha256(body) === hash, `the text of standard ${hash} is as it was hashed`);
  const made = compile(JSON.parse(body) as Standard);   // Checked when it was imported.
  if (compiled.size >= mostKept) compiled.delete(compiled.keys().next().value ?? '');
  compiled.set(hash, made);
  return made;
}
