import type { Knex } from 'knex';

/** Standings that make a household rating count for its village: the chair has approved it. */
export const confirmed = ['approved', 'published'] as const;
export const inRound = ['rated', 'preliminary', 'village-notice', 'village-noticed', 'returned', 'reviewed', 'township-notice', 'township-noticed', ...confirmed] as const;

/** Households of a village counted: `rated` and `credit` are confirmed. */
export interface DecidedCount { readonly village: number; readonly all: number; readonly rated: number; readonly credit: number; readonly objections: number }
/** `ratedSoFar` and `creditSoFar` show where the round stands and decide nothing. */
export interface VillageCount extends DecidedCount { readonly ratedSoFar: number; readonly creditSoFar: number; readonly excused: number }

const counts = "c.outcome <> 'provisional'";   // Of a case without a rating this is unknown, and so does not count.
const sum = (read: Knex, condition: string, as: string): Knex.Raw => read.raw(`sum(case when ${condition} then 1 else 0 end) as ${as}`);

/** Cases of households that are not closed by now: a closed one counts on neither side of a share. */
const openCases = (read: Knex, round: number, villages: readonly number[]): Knex.QueryBuilder =>
  read('cases as c').join('households as h', 'h.no', 'c.subject').where('c.round', round).whereNull('h.closed_on').whereIn('c.village', [...villages]).groupBy('c.village');

/** How many households stand where, for the pages of places; what titles rest on is counted as their standard says (`counted.ts`). */
async function decidedCounts(read: Knex, round: number, villages: readonly number[]): Promise<ReadonlyMap<number, DecidedCount>> {
  const [living, decided, held] = await Promise.all([
    read('households').whereIn('village_no', [...villages]).whereNull('closed_on').groupBy('village_no').select<Counted[]>('village_no as village', read.raw('count(*) as living')),
    openCases(read, round, villages).whereIn('c.standing', confirmed).select<Counted[]>('c.village', sum(read, counts, 'rated'), sum(read, `${counts} and c.credit = 1`, 'credit')),
    openCases(read, round, villages).whereRaw('c.held > 0').select<Counted[]>('c.village', read.raw('sum(c.held) as objections')),
  ]);
  const found = byVillage([...living, ...decided, ...held]);
  return new Map(villages.map(village => {
    const { living: all = 0, rated = 0, credit = 0, objections = 0 } = found.get(village) ?? {};
    return [village, { village, all, rated, credit, objections }];
  }));
}

/** The same, and where the round stands. */
export async function villageCounts(read: Knex, round: number, villages: readonly number[]): Promise<ReadonlyMap<number, VillageCount>> {
  const [decided, rows] = await Promise.all([
    decidedCounts(read, round, villages),
    openCases(read, round, villages).whereIn('c.standing', ['excused', ...inRound]).select<Counted[]>('c.village', sum(read, "c.standing = 'excused'", 'excused'),
      sum(read, `c.standing <> 'excused' and ${counts}`, 'rated'), sum(read, `c.standing <> 'excused' and ${counts} and c.credit = 1`, 'credit')),
  ]);
  const found = byVillage(rows);
  return new Map([...decided].map(([village, count]) => {
    const { excused = 0, rated: ratedSoFar = 0, credit: creditSoFar = 0 } = found.get(village) ?? {};
    return [village, { ...count, excused, ratedSoFar, creditSoFar }];
  }));
}

type Counted = Readonly<Record<string, number | string | null>>;

function byVillage(rows: readonly Counted[]): ReadonlyMap<number, Readonly<Record<string, number>>> {
  const found = new Map<number, Record<string, number>>();
  for (const row of rows) {
    const own = found.get(Number(row['village'])) ?? {};
    for (const [name, value] of Object.entries(row)) own[name] = Number(value ?? 0);
    found.set(Number(row['village']), own);
  }
  return found;
}

/** Households of a village that are rated, no credit household yet, and have at least so many hundredths of a point. Moved by hand ones are settled. */
export async function nearlyCount(read: Knex, round: number, village: number, from: number): Promise<number> {
  const [row]: { n: number | string }[] = await read('cases as c').join('households as h', 'h.no', 'c.subject')
    .where('c.round', round).whereNull('h.closed_on').where('c.village', village).whereIn('c.standing', [...inRound])
    .where('c.credit', 0).whereIn('c.outcome', ['graded', 'ungraded']).where('c.points', '>=', from).select(read.raw('count(*) as n'));
  return Number(row?.n ?? 0);
}
