import type { Knex } from 'knex';
import { sameFact } from '../observations/observation.ts';
import type { WrittenFact } from '../standards/standard.ts';
import type { Secrets } from '../store/secrets.ts';
import type { Seat } from './peer.ts';

export type Answers = Readonly<Record<string, WrittenFact>>;
interface Row { readonly seat: number; readonly subject: number; readonly slot: number; readonly sealed: string; readonly by: string }
type Opener = Pick<Secrets, 'open'>;

/**
 * The only way to what an evaluator answered. Three call it: the evaluator for the own seat, whoever keys in a sheet for the own key-in,
 * and the end of the review, which keeps sums alone; then the auditor's sums over many sheets. The rows are sealed, so nothing else reads them.
 */
async function rowsOf(read: Knex, review: string, narrow: Partial<Row> = {}): Promise<readonly Row[]> {
  const rows: Row[] = await read('peer_answers').where({ review, ...narrow }).orderBy('at').orderBy('id').select('seat', 'subject', 'slot', 'sealed', 'by');
  return rows.filter(row => row.sealed !== '');   // What was erased says nothing.
}

const opened = (secrets: Opener, rows: readonly Row[]): ReadonlyMap<number, Answers> => new Map(rows.map(row => [row.subject, JSON.parse(secrets.open(row.sealed)) as Answers]));

/** An evaluator's own answers, by household. */
export const ownAnswers = async (read: Knex, secrets: Opener, { review, no }: Pick<Seat, 'review' | 'no'>): Promise<ReadonlyMap<number, Answers>> => opened(secrets, await rowsOf(read, review, { seat: no, slot: 0 }));

export interface Keyed { readonly slot: 1 | 2 | undefined; readonly own: ReadonlyMap<number, Answers>; /** Households of which the two who keyed the sheet in read different things. */ readonly differing: ReadonlySet<number>; readonly others: number }

/** What somebody keyed in from a sheet, which of two they are, and where the other read something else: that it differs, not what. */
export async function keyedBy(read: Knex, secrets: Opener, { review, no }: Pick<Seat, 'review' | 'no'>, officer: string): Promise<Keyed> {
  const rows = (await rowsOf(read, review, { seat: no })).filter(row => row.slot > 0);
  const slot = rows.find(row => row.by === officer)?.slot ?? [1, 2].find(free => rows.every(row => row.slot !== free));
  const [own, other] = [opened(secrets, rows.filter(row => row.slot === slot)), opened(secrets, rows.filter(row => row.slot !== slot))];
  return { slot: slot === 1 || slot === 2 ? slot : undefined, own, others: other.size, differing: new Set([...own].filter(([subject, one]) => other.has(subject) && !isSame(one, other.get(subject) ?? {})).map(([subject]) => subject)) };
}

const isSame = (one: Answers, other: Answers): boolean => [...new Set([...Object.keys(one), ...Object.keys(other)])].every(key => sameFact(one[key], other[key]));

/** All that counts of the seats handed in: of a sheet on paper what two people read alike. */
export async function countedAnswers(read: Knex, secrets: Opener, review: string, seats: readonly Pick<Seat, 'no' | 'how' | 'done_at' | 'officer'>[]): Promise<readonly { readonly officer: string; readonly answers: ReadonlyMap<number, Answers> }[]> {
  const rows = await rowsOf(read, review);
  return seats.flatMap(seat => {
    const own = rows.filter(row => row.seat === seat.no);
    if (seat.how === 'tablet') return seat.done_at === null ? [] : [{ officer: seat.officer, answers: opened(secrets, own.filter(row => row.slot === 0)) }];
    const [one, other] = [opened(secrets, own.filter(row => row.slot === 1)), opened(secrets, own.filter(row => row.slot === 2))];
    const alike = new Map([...one].map(([subject, answers]) => [subject, Object.fromEntries(Object.entries(answers).filter(([key, fact]) => sameFact(fact, other.get(subject)?.[key])))] as const));
    return other.size === 0 ? [] : [{ officer: seat.officer, answers: alike }];
  });
}
