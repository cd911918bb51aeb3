import type { Knex } from 'knex';
import type { Day } from '../kit/time.ts';
import type { Compiled, Scorer } from '../standards/compile.ts';
import { engineVersion } from '../standards/compile.ts';
import { loadCoding, type Coding } from '../standards/dictionary.ts';
import { basesOfDay } from '../standards/law/register.ts';
import type { Standard } from '../standards/standard.ts';
import type { Unit } from '../store/unit.ts';
import { basesDigest, keepBasisSet } from './bases.ts';
import { positionsOf, type Positions } from './positions.ts';
import { keepYardsticks, yardstickNo } from './yardstick.ts';

/** A standard opened for rating on one day: how facts are found, how they score, and what is kept with the result. */
export interface Book {
  readonly hash: string;
  readonly compiled: Compiled;
  readonly standard: Standard;
  readonly coding: Coding;
  readonly positions: Positions;
  readonly scorer: Scorer;
  readonly day: Day;
  /** The legal bases in force on the day, by the register, and their digest that ratings keep. */
  readonly inForce: ReadonlySet<string>;
  readonly bases: string;
  readonly engine: string;
  /** The number under which all this is kept with a rating. */
  readonly yardstick: number;
}

export async function openBook(read: Knex, standardHash: string, day: Day): Promise<Book> {
  const { compiled, coding } = await loadCoding(read, standardHash);
  const { standard } = compiled;
  const inForce = await basesOfDay(read, standard, day);
  const [bases, engine] = [basesDigest(inForce), String(engineVersion)];
  return {
    hash: standardHash, compiled, standard, coding, positions: positionsOf(coding), scorer: compiled.at({ day, bases: inForce }), day, inForce, bases, engine,
    yardstick: yardstickNo({ standard: standardHash, bases, engine, day }),
  };
}

/** Stages by what the ratings in this unit were measured: the yardstick of each book, and the legal bases that it names. */
export function keepBooks(unit: Unit, books: readonly Book[]): void {
  keepYardsticks(unit, books.map(({ hash, bases, engine, day }) => ({ standard: hash, bases, engine, day })));
  for (const { inForce } of books) keepBasisSet(unit, inForce);
}
