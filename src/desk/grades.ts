import type { Knex } from 'knex';
import { gradeCounts } from '../reports/queries.ts';
import { smallCell } from '../reports/small-cells.ts';
import { gradesOf } from '../panels/grades.ts';
import type { Bar } from '../web/charts.ts';
import type { VillageLine } from './queries.ts';
import { gradeSign } from '../standards/standard.ts';

export interface Spread { readonly bars: readonly Bar[]; readonly rated: number; readonly compared: boolean; readonly tooFew: boolean }

const below = '没等级';

/** Households by grade in the rounds under way, beside what the same households had in the rounds before: two queries. Grades are matched by their letters, since standards differ. */
export async function spreadOf(read: Knex, lines: readonly VillageLine[], sees: boolean): Promise<Spread | undefined> {
  if (lines.length === 0) return undefined;
  const now = new Map(lines.map(line => [line.round, line.standard]));
  const before = [...new Set(lines.map(line => line.previous))].filter(no => no !== null);
  const earlier: { no: number; household_standard: string }[] = before.length === 0 ? [] : await read('rounds').whereIn('no', before).select('no', 'household_standard');
  const counts = await gradeCounts(read, [...now.keys(), ...before], [...new Set(lines.map(line => line.no))], [...now.keys()]);
  const standards = new Map([...now, ...earlier.map(round => [round.no, round.household_standard] as const)]);
  const tables = new Map(await Promise.all([...new Set(standards.values())].map(async hash => [hash, (await gradesOf(read, hash)).rows] as const)));
  const labelOf = (row: { readonly round: number; readonly grade: number }): string => {
    const grade = tables.get(standards.get(row.round) ?? '')?.[row.grade];
    return grade === undefined ? below : gradeSign(grade);
  };
  const order = [...new Set([...now.values()].flatMap(hash => tables.get(hash) ?? []).map(grade => gradeSign(grade))), below];
  const sum = (label: string, isNow: boolean): number => counts.filter(row => now.has(row.round) === isNow && labelOf(row) === label).reduce((all, row) => all + row.n, 0);
  const rated = order.reduce((all, label) => all + sum(label, true), 0);
  const compared = counts.some(row => !now.has(row.round));
  return { bars: order.map(label => ({ label, now: sum(label, true), ...compared ? { before: sum(label, false) } : {} })), rated, compared, tooFew: !sees && rated > 0 && rated < smallCell };
}
