import type { Knex } from 'knex';
import { happenings, type Happening } from '../households/event.ts';
import { dayOf, type Day } from '../kit/time.ts';
import { decidedStandings } from '../rounds/case.ts';
import type { Round } from '../rounds/round.ts';
import type { Reading } from './gather.ts';
import { affectedBy } from './lapsed/affected.ts';
import { recomputations } from './lapsed/recomputations.ts';

/** 批准后有变动: something that an approved result rests on is not what it was. The result stands until it is opened again. */
export interface Since { readonly subject: number; readonly id: string; readonly household_no: number; readonly head_name: string; readonly words: readonly string[] }

interface Where { readonly round: Pick<Round, 'no' | 'household_standard' | 'closed_on'>; readonly day: Day; /** All of these villages, or one household of one of them. */ readonly villages: readonly number[]; readonly subject?: number | undefined }
interface Row { readonly subject: number; readonly id: string; readonly household_no: number; readonly head_name: string; readonly approved: string; readonly village: number }

/** Who lives there: what a sheet says about the family may no longer hold. */
const ofFamily: readonly Happening[] = ['joined', 'changed', 'parted', 'split', 'merged'];

/** Results that stand approved, and what has changed since: a paper put on record later, the family, a legal basis that ended. In the order of the villages' numbers. */
export async function changedSince(reading: Reading, where: Where): Promise<readonly Since[]> {
  const { read } = reading;
  if (where.round.closed_on !== null || where.villages.length === 0) return [];
  const [papers, families, lapsed] = await Promise.all([
    approvedRows(read, where).join('sheets', join => join.on('sheets.round', 'cases.round').andOn('sheets.subject', 'cases.subject').andOn('sheets.at', '>', 'marks.at')).select('sheets.at as on').then(told<{ on: string }>()),
    approvedRows(read, where).join('household_events', join => join.on('household_events.household', 'households.id').andOn('household_events.at', '>', 'marks.at')).whereIn('household_events.kind', [...ofFamily]).select('household_events.kind', 'household_events.at as on').then(told<{ on: string; kind: Happening }>()),
    lapsedIn(reading, where),
  ]);
  const found = new Map<number, { readonly row: Row; readonly words: Set<string> }>();
  const add = (row: Row, words: string): void => {
    const one = found.get(row.subject) ?? { row, words: new Set<string>() };
    one.words.add(words);
    found.set(row.subject, one);
  };
  for (const row of papers) add(row, `${onDay(row.on)}又记了新的情况`);
  for (const row of families) add(row, `${onDay(row.on)}家里${happenings[row.kind]}`);
  const rows: readonly Row[] = lapsed.length === 0 ? [] : await approvedRows(read, where).whereIn('cases.subject', lapsed.map(one => Number(one.subject))).then(told());
  for (const row of rows) add(row, '用到的一条依据已经失效，照今天的依据结果会变');
  return [...found.values()].sort((a, b) => a.row.village - b.row.village || a.row.household_no - b.row.household_no).map(({ row: { subject, id, household_no, head_name }, words }) => ({ subject, id, household_no, head_name, words: [...words] }));
}

const told = <More extends object>() => (rows: unknown): readonly (Row & More)[] => (rows as readonly (Row & More)[]).map(row => ({ ...row, subject: Number(row.subject), village: Number(row.village) }));
const onDay = (at: string): string => { const day = dayOf(at); return `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`; };

/** Marks after which a result rests on everything known by then. */
const decisive = ['approved', 'checked'] as const;

/** Decided cases with their latest approval, or the annual check that looked at it since. */
const approvedRows = (read: Knex, { round, villages, subject }: Where) => read('cases').join('households', 'households.no', 'cases.subject')
  .join('marks', join => join.on('marks.round', 'cases.round').andOn('marks.subject', 'cases.subject').andOnIn('marks.mark', [...decisive]))
  .where('cases.round', round.no).whereIn('cases.village', [...villages]).whereIn('cases.standing', [...decidedStandings]).modify(query => { if (subject !== undefined) void query.where('cases.subject', subject); })
  .whereNotExists(read('marks as later').whereRaw('later.round = cases.round and later.subject = cases.subject and later.seq > marks.seq').whereIn('later.mark', [...decisive]).select(read.raw('1')))
  .select('cases.subject', 'households.id', 'households.household_no', 'households.head_name', 'cases.village', 'marks.at as approved');

/** Counted anew only where the night found somebody: see `draftRecomputations`. */
async function lapsedIn(reading: Reading, { round, day, villages, subject }: Where) {
  const drafted = (await recomputations(reading.read)).filter(one => one.round === round.no && villages.includes(one.village));
  const found = await Promise.all(drafted.map(({ village }) => affectedBy(reading, { round, day, village, ...subject === undefined ? {} : { subject } })));
  return found.flat();
}
