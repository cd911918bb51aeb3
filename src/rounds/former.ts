import type { Knex } from 'knex';
import { loadStandard } from '../standards/load.ts';
import { looksBack } from '../standards/looks-back.ts';
import type { Standard } from '../standards/standard.ts';

/** What stands decided of a subject in a round: approved, and not looked at anew since. */
const decided = ['approved', 'published'] as const;
const perQuery = 5_000;

interface Earlier { readonly no: number; readonly year: number; readonly household_standard: string; readonly village_standard: string; readonly township_standard: string }

/**
 * Codes of the grades that subjects came to in the last round of an earlier year in which they were decided upon: tiers are earned in order, and only what a
 * committee approved was earned. Who came to no grade then, or was never decided upon, is not in it; nobody is where `standard` does not look back.
 */
export async function formerGrades(read: Knex, round: number, subjects: readonly number[], standard: Standard): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  const { subject: kind } = standard;
  if (!looksBack(standard) || kind !== 'household' && kind !== 'village' && kind !== 'township') return found;
  const earlier: Earlier[] = await read('rounds as r').join('rounds as own', 'own.no', read.raw('?', [round])).where('r.year', '<', read.ref('own.year'))
    .select('r.no', 'r.year', 'r.household_standard', 'r.village_standard', 'r.township_standard');
  if (earlier.length === 0) return found;
  const years = new Map(earlier.map(one => [Number(one.no), one]));
  const last = new Map<number, { readonly year: number; readonly hash: string; readonly grade: number }>();
  for (let at = 0; at < subjects.length; at += perQuery) {
    const rows: { round: number; subject: number; grade: number }[] = await read('cases as c').join('current_ratings as k', join => join.on('k.round', 'c.round').andOn('k.subject', 'c.subject'))
      .whereIn('c.round', [...years.keys()]).whereIn('c.subject', subjects.slice(at, at + perQuery)).whereIn('c.standing', [...decided]).where('c.held', 0).select('c.round', 'c.subject', 'k.grade');
    for (const row of rows) {
      const of = years.get(Number(row.round));
      if (of !== undefined && of.year > (last.get(Number(row.subject))?.year ?? -Infinity)) last.set(Number(row.subject), { year: of.year, hash: of[`${kind}_standard`], grade: row.grade });
    }
  }
  const codes = new Map<string, readonly string[]>();
  for (const hash of new Set([...last.values()].map(one => one.hash))) codes.set(hash, (await loadStandard(read, hash)).standard.grades.map(grade => grade.code));
  for (const [subject, { hash, grade }] of last) {
    const code = codes.get(hash)?.[grade];
    if (code !== undefined) found.set(subject, code);
  }
  return found;
}
