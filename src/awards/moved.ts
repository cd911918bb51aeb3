import { openBook } from '../ratings/book.ts';
import { evaluate } from '../ratings/evaluate.ts';
import { explain } from '../ratings/explain.ts';
import { gather, type Reading } from '../ratings/gather.ts';
import { ratingInForce } from '../ratings/queries.ts';
import { today } from '../ratings/today.ts';
import { tellWhy } from '../ratings/why.ts';
import type { Day } from '../kit/time.ts';
import type { Round } from '../rounds/round.ts';
import { householdStandard } from '../standards/village-items.ts';
import type { Target } from './target.ts';

/** One thing that gives other points today than when the award was made; of a title, a condition that is no longer met. */
export interface Moved { readonly title: string; readonly then: string; readonly now: string; readonly fact: string }

/** Where the points moved between the rating in force and the record of a day. */
export async function movedSince(reading: Reading, round: Round, target: Target, day: Day): Promise<readonly Moved[]> {
  const { read } = reading;
  const rating = await ratingInForce(read, round.no, target.no);
  if (rating === undefined) return [];
  const then = await tellWhy(read, rating);
  if (target.kind !== 'household') {
    const now = await today(read, round, target.place, day);
    return (now?.conditions ?? []).filter(one => one.verdict !== 'holds').map(one => ({ title: one.title, then: then.conditions.find(other => other.key === one.key)?.say ?? '', now: one.say, fact: '' }));
  }
  const book = await openBook(read, await householdStandard(read, round, target.place.no), day);
  const facts = (await gather(reading, round.no, [target.no], book)).at(0);
  const now = explain(book.standard, evaluate(book.compiled, facts, book.scorer.context));
  const earlier = new Map(then.groups.flatMap(group => group.lines).map(line => [line.title, line]));
  return now.groups.flatMap(group => group.lines).filter(line => earlier.get(line.title)?.got !== line.points).map(line => ({ title: line.title, then: earlier.get(line.title)?.got ?? '', now: line.points, fact: line.fact }));
}
