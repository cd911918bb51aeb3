import type { Knex } from 'knex';

/** Standings that make a household rating count for its village: the chair has approved it. */
export const confirmed = ['approved', 'published'] as const;
const inRound = ['rated', 'preliminary', 'village-notice', 'village-noticed', 'returned', 'reviewed', 'township-notice', 'township-noticed', ...confirmed] as const;

/** Households of a village counted. `rated` and `credit` are confirmed; `ratedSoFar` and `creditSoFar` show where the round stands and decide nothing. */
export interface VillageCount {
  readonly village: number; readonly all: number; readonly rated: number; readonly credit: number; readonly ratedSoFar: number; readonly creditSoFar: number; readonly excused: number; readonly objections: number;
}

/** Two queries for any number of villages. A household that is closed by then counts on neither side of a share. */
export async function villageCounts(read: Knex, round: number, villages: readonly number[]): Promise<ReadonlyMap<number, VillageCount>> {
  if (villages.length === 0) return new Map();
  const sum = (condition: string, bindings: readonly string[], as: string): Knex.Raw => read.raw(`sum(case when ${condition} then 1 else 0 end) as ${as}`, [...bindings]);
  const among = (list: readonly string[]): string => `c.standing in (${list.map(() => '?').join(', ')})`;
  const counts = "k.subject is not null and k.outcome <> 'provisional'";
  const [living, cases] = await Promise.all([
    read('households').whereIn('village_no', [...villages]).whereNull('closed_on').groupBy('village_no').select<{ village_no: number; n: number | string }[]>('village_no', read.raw('count(*) as n')),
    read('cases as c').join('households as h', 'h.no', 'c.subject').leftJoin('current_ratings as k', join => join.on('k.round', 'c.round').andOn('k.subject', 'c.subject')).where('c.round', round).whereNull('h.closed_on').whereIn('c.village', [...villages]).groupBy('c.village')
      .select<Record<string, number | string | null>[]>('c.village', sum(`${counts} and ${among(confirmed)}`, confirmed, 'rated'), sum(`${counts} and k.credit = 1 and ${among(confirmed)}`, confirmed, 'credit'),
        sum(`${counts} and ${among(inRound)}`, inRound, 'rated_so_far'), sum(`${counts} and k.credit = 1 and ${among(inRound)}`, inRound, 'credit_so_far'),
        sum('c.standing = ?', ['excused'], 'excused'), read.raw('sum(c.held) as objections')),
  ]);
  const all = new Map(living.map(row => [Number(row.village_no), Number(row.n)]));
  const own = new Map(cases.map(row => [Number(row['village']), row]));
  return new Map(villages.map(village => {
    const row = own.get(village);
    const number = (name: string): number => Number(row?.[name] ?? 0);
    return [village, {
      village, all: all.get(village) ?? 0, rated: number('rated'), credit: number('credit'), ratedSoFar: number('rated_so_far'), creditSoFar: number('credit_so_far'),
      excused: number('excused'), objections: number('objections'),
    }];
  }));
}

/** The facts of a village standard that are counted from below. */
export const villageFacts = (count: VillageCount): Readonly<Record<string, number>> =>
  ({ allHouseholds: count.all, ratedHouseholds: count.rated, creditHouseholds: count.credit, openObjections: count.objections });
/** The same for one that shows how it would stand if everything rated so far were approved. */
export const villageFactsSoFar = (count: VillageCount): Readonly<Record<string, number>> =>
  ({ allHouseholds: count.all, ratedHouseholds: count.ratedSoFar, creditHouseholds: count.creditSoFar, openObjections: count.objections });

/** Households of a village that are rated, no credit household yet, and have at least so many hundredths of a point. Moved by hand ones are settled. */
export async function nearlyCount(read: Knex, round: number, village: number, from: number): Promise<number> {
  const [row]: { n: number | string }[] = await read('cases as c').join('households as h', 'h.no', 'c.subject').join('current_ratings as k', join => join.on('k.round', 'c.round').andOn('k.subject', 'c.subject'))
    .where('c.round', round).whereNull('h.closed_on').where('c.village', village).whereIn('c.standing', [...inRound])
    .where('k.credit', 0).whereIn('k.outcome', ['graded', 'ungraded']).where('k.points', '>=', from).select(read.raw('count(*) as n'));
  return Number(row?.n ?? 0);
}
