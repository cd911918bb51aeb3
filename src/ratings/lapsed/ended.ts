import { addMonths, dayFromNumber, dayNumber, type Day } from '../../kit/time.ts';
import type { Coding } from '../../standards/dictionary.ts';
import { isHeld, itemsOf, type EventFact, type Facts } from '../../standards/facts.ts';
import { itemPoints } from '../../standards/kinds/event-item.ts';
import type { Standard } from '../../standards/standard.ts';

/** Stands among the ended bases of a household where not a law ended but the time of something that took points. No basis is called so. */
export const endedItems = 'ended-items';

/** Numbers of the indicators under which something can take points. */
export const takingIndicators = ({ standard, numbers }: Coding): readonly number[] =>
  standard.indicators.flatMap((indicator, slot) => itemsOf(indicator).some(item => itemPoints(item).some(points => points < 0)) ? [numbers[slot] ?? -1] : []);

/** The facts without what took points when it was rated and may do so no longer on `day`: at the end of its life, or repaired. The same facts where there is no such thing. */
export function withoutEnded(standard: Standard, facts: Facts, { rated, day }: { readonly rated: Day; readonly day: Day }): Facts {
  const [before, today] = [dayNumber(rated), dayNumber(day)];
  const isEnded = (event: EventFact): boolean => {
    const item = itemsOf(standard.indicators[event.slot])[event.item];
    if (item === undefined || !isHeld(event, before) || itemPoints(item).every(points => points >= 0)) return false;
    const end = Math.min(dayNumber(addMonths(dayFromNumber(event.day), item.lifeMonths)), event.countsUntil ?? Infinity);
    return before < end && end <= today;
  };
  return facts.events.some(isEnded) ? { ...facts, events: facts.events.filter(event => !isEnded(event)) } : facts;
}
