import type { Knex } from 'knex';
import { below } from '../places/below.ts';
import { officerNames } from '../people/queries.ts';
import { placeNames } from '../places/queries.ts';
import { roundByNo } from '../rounds/round.ts';
import type { Indicator } from '../standards/standard.ts';
import type { Secrets } from '../store/secrets.ts';
import { countedAnswers } from './answers.ts';
import type { Review } from './peer.ts';
import { seatsOf } from './queries.ts';
import { indicatorsOf } from './scope.ts';
import { keptOf, tally } from './tally.ts';

/** Fewer answers than these would tell what somebody said of whom. */
export const fewest = 10;
const reviewsMost = 200;

export interface Sum { readonly name: string; readonly place: string; readonly answers: number; readonly shown: boolean; readonly unclear: number; readonly alike: number; readonly above: number; readonly below: number }

interface Tallied { answers: number; unclear: number; alike: number; above: number; below: number; group: number }

/** Per evaluator, over all reviews that are over: how often they knew, and how often they stood above, at or below what the group came to. Never a household. */
export async function sumsOf(read: Knex, secrets: Pick<Secrets, 'open'>, paths: readonly string[]): Promise<readonly Sum[]> {
  const reviews: Review[] = await read('peer_reviews').join('places', 'places.no', 'peer_reviews.group_no').whereNotNull('closed_on').where(below(paths, 'places.path')).orderBy('closed_on', 'desc').limit(reviewsMost).select('peer_reviews.id', 'round', 'village_no', 'group_no', 'pass', 'follows', 'peer_reviews.until', 'opened_on', 'closed_on');
  const seats = await seatsOf(read, reviews.map(one => one.id));
  const sums = new Map<string, Tallied>();
  for (const review of reviews) {
    const indicators = await indicatorsOf(read, await roundByNo(read, review.round), review.village_no);
    const told = await countedAnswers(read, secrets, review.id, seats.filter(one => one.review === review.id));
    for (const subject of new Set(told.flatMap(one => [...one.answers.keys()]))) for (const indicator of indicators) {
      const own = told.flatMap(one => { const fact = one.answers.get(subject)?.[indicator.key]; return fact === undefined ? [] : [{ officer: one.officer, value: keptOf(indicator, fact) }]; });
      const { value } = tally(indicator, own.map(one => one.value));
      for (const one of own) add(sums, one.officer, review.group_no, { indicator, answer: one.value, group: value });
    }
  }
  const [names, places] = [await officerNames(read, [...sums.keys()]), await placeNames(read, [...sums.values()].map(one => one.group))];
  return [...sums].map(([officer, sum]) => ({ name: names.get(officer) ?? '', place: places.get(sum.group)?.full ?? '', ...sum, shown: sum.answers + sum.unclear >= fewest })).sort((a, b) => a.place < b.place ? -1 : a.place > b.place ? 1 : a.name < b.name ? -1 : 1);
}

function add(sums: Map<string, Tallied>, officer: string, place: number, { indicator, answer, group }: { readonly indicator: Indicator; readonly answer: number | undefined; readonly group: number | undefined }): void {
  const sum = sums.get(officer) ?? { answers: 0, unclear: 0, alike: 0, above: 0, below: 0, group: place };
  sums.set(officer, sum);
  if (answer === undefined) { sum.unclear++; return; }
  sum.answers++;
  if (group === undefined) return;
  const better = worth(indicator, answer) - worth(indicator, group);
  if (better === 0) sum.alike++; else if (better > 0) sum.above++; else sum.below++;
}

const worth = (indicator: Indicator, value: number): number => indicator.type === 'choice' ? indicator.options?.[value]?.points ?? -value : value;
