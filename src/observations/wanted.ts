import type { Compiled, Context } from '../standards/compile.ts';
import type { Facts } from '../standards/facts.ts';
import { mostReachable } from '../standards/reach.ts';
import { isMade, type Indicator, type Standard, type WrittenEvent, type WrittenFact } from '../standards/standard.ts';
import { contestedIn, factsIn, type EventEntry, type Picture } from './observation.ts';

/** Filled in by files, by evaluators each alone, or computed: nobody asks the household. */
export const isSupplied = (indicator: Indicator): boolean => indicator.source === 'bank' || indicator.source === 'bureau' || indicator.source === 'reviewers' || indicator.source === 'computed' || isMade(indicator);
/** Has one value that somebody takes down at the door. */
export const isAsked = (indicator: Indicator): boolean => !isSupplied(indicator) && indicator.type !== 'events';
/** Judged by the village's committee, not at the door. */
export const isJudged = (indicator: Indicator): boolean => indicator.source === 'council';
/** Judged by the committee when it happens; without a word it simply has not happened. */
export const mustBeAsked = (indicator: Indicator): boolean => isAsked(indicator) && indicator.optional !== true && !isJudged(indicator);

/** What a visit still has to bring: asked, not optional, and without an answer; contested fields among them. 不清楚 is an answer. */
export const lackingIn = (standard: Standard, picture: Picture): readonly Indicator[] =>
  standard.indicators.filter(indicator => mustBeAsked(indicator) && picture.fields.get(indicator.key)?.kind !== 'current');

/** Whether the standard wants this answer shown by a photo. What says that there is nothing (不是, 0, 不清楚, an option without points) needs none. */
export function wantsPhoto(indicator: Indicator, fact: WrittenFact | undefined): boolean {
  if (indicator.evidence !== true || !isAsked(indicator) || fact === undefined || typeof fact === 'object') return false;
  return indicator.type === 'choice' ? (indicator.options?.find(option => option.key === fact)?.points ?? 0) !== 0 : fact !== false && fact !== 0;
}

/** Answers whose photo is still to be brought. They count all the same and may be signed for: whether to believe them the committee decides. */
export const photosLacking = (standard: Pick<Standard, 'indicators'>, picture: Picture): readonly Indicator[] => {
  const facts = factsIn(picture);
  return standard.indicators.filter(indicator => wantsPhoto(indicator, facts[indicator.key]) && (picture.photos.get(indicator.key) ?? []).length === 0);
};

export const isComplete = (standard: Standard, picture: Picture): boolean => lackingIn(standard, picture).length === 0 && contestedIn(picture).length === 0;

/** `award.county` is the item `award` at its level `county`: no key holds a full stop of its own. */
export function writtenEvent(event: EventEntry): WrittenEvent {
  const [item = '', level] = event.option.split('.');
  return {
    indicator: event.indicator, item, on: event.day, ...event.amount === undefined ? {} : { amount: event.amount }, ...level === undefined ? {} : { level },
    ...event.shared === true ? { shared: true } : {}, ...event.cured === undefined ? {} : { curedOn: event.cured.on },
    ...event.span === undefined ? {} : { countsFrom: event.span.from, ...event.span.until === undefined ? {} : { countsUntil: event.span.until } },
  };
}

/** 暂估: what the household would get today, and what filling the gaps could still bring. Points in hundredths; only for the people who take down facts. */
export interface Estimate { readonly points: number; readonly grade: number; readonly asks: number; readonly most: number }

export function estimate(compiled: Compiled, facts: Facts, context: Context): Estimate {
  const trace = compiled.at(context).score(facts);
  return { points: trace.total, grade: trace.grade, asks: trace.asks, most: mostReachable(compiled.standard, trace) };
}
