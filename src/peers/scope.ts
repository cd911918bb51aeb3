import type { Knex } from 'knex';
import { isAside } from '../access/may.ts';
import type { Actor } from '../access/actor.ts';
import { placeByNo } from '../places/queries.ts';
import type { Place } from '../places/place.ts';
import { roundByNo, type Round } from '../rounds/round.ts';
import { loadCoding } from '../standards/dictionary.ts';
import type { Indicator } from '../standards/standard.ts';
import { householdStandard } from '../standards/village-items.ts';
import { askedOf, isWide, type Result, type Review } from './peer.ts';
import { neighbours, resultsOf, reviewById, type Neighbour } from './queries.ts';

export interface Asked extends Neighbour { readonly questions: readonly Indicator[] }
/** A review with what it asks: every question in the first pass, later those whose answers were too few or too far apart. */
export interface Scope { readonly review: Review; readonly round: Round; readonly group: Place; readonly indicators: readonly Indicator[]; readonly households: readonly Asked[]; readonly before: readonly Result[] }

export async function indicatorsOf(read: Knex, round: Round, village: number): Promise<readonly Indicator[]> {
  const { coding } = await loadCoding(read, await householdStandard(read, round, village));
  return askedOf(coding.standard);
}

export async function scopeOf(read: Knex, id: string): Promise<Scope> {
  const review = await reviewById(read, id);
  const [round, group, all, before] = await Promise.all([roundByNo(read, review.round), placeByNo(read, review.group_no), neighbours(read, review), review.follows === null ? [] : resultsOf(read, review.follows)]);
  const indicators = await indicatorsOf(read, round, review.village_no);
  const households = all.map(one => ({ ...one, questions: indicators.filter(indicator => review.follows === null || before.some(result => result.subject === one.no && result.indicator === indicator.key && isOpen(indicator, result))) }));
  return { review, round, group, indicators, before, households: households.filter(one => one.questions.length > 0) };
}

export const isOpen = (indicator: Indicator, result: Result): boolean => result.counts === 0 || isWide(indicator, result.spread);

/** What one evaluator is asked: never about the own household, kin, or where there is an interest. */
export const askedFor = ({ households }: Pick<Scope, 'households'>, actor: Actor): readonly Asked[] => households.filter(one => !isAside(actor, one.id));

export const groupSubject = (group: Pick<Place, 'id' | 'path'>) => ({ id: group.id, paths: [group.path] });
