import { hash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';
import type { Compiled, Scorer } from '../standards/compile.ts';
import { engineVersion } from '../standards/compile.ts';
import { loadCoding, type Coding } from '../standards/dictionary.ts';
import { basesOn, type Standard } from '../standards/standard.ts';
import { positionsOf, type Positions } from './positions.ts';

/** A standard opened for rating on one day: how facts are found, how they score, and what is kept with the result. */
export interface Book {
  readonly hash: string;
  readonly compiled: Compiled;
  readonly standard: Standard;
  readonly coding: Coding;
  readonly positions: Positions;
  readonly scorer: Scorer;
  readonly day: Day;
  /** Digest of the legal bases in force on the day. */
  readonly bases: string;
  readonly engine: string;
}

export async function openBook(read: Knex, standardHash: string, day: Day): Promise<Book> {
  const { compiled, coding } = await loadCoding(read, standardHash);
  const { standard } = compiled;
  return { hash: standardHash, compiled, standard, coding, positions: positionsOf(coding), scorer: compiled.at({ day }), day, bases: basesDigest(standard, day), engine: String(engineVersion) };
}

/** The legal bases are an input of the rating: which of the cited ones are in force on its day. */
export const basesDigest = (standard: Standard, day: Day): string => hash('sha256', [...basesOn(standard.legalBases, day)].sort().join('\n'), 'base64url');
