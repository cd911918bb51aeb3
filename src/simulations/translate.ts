import { blankFacts, itemsOf, type EventFact, type Facts } from '../standards/facts.ts';
import { isMade, states, type Indicator, type Standard } from '../standards/standard.ts';

/**
 * Facts told in the words of one standard, put into the slots of another: by the keys of indicators, options, items and levels.
 * What the other asks and the first did not is not asked; a key that means another type of value is another question. The answer is valid until the next call.
 */
export function translation(from: Standard, to: Standard): (facts: Facts) => Facts {
  if (isSameSheet(from, to)) return facts => facts;
  const sources = to.indicators.map(indicator => from.indicators.findIndex(each => each.key === indicator.key && each.type === indicator.type && !isMade(each)));
  const options = to.indicators.map((indicator, slot) => indicator.type === 'choice' ? (from.indicators[sources[slot] ?? -1]?.options ?? []).map(option => (indicator.options ?? []).findIndex(each => each.key === option.key)) : undefined);
  const slotOf = new Map(sources.flatMap((source, slot): [number, number][] => source < 0 ? [] : [[source, slot]]));
  const grades = from.grades.map(grade => to.grades.findIndex(each => each.code === grade.code));
  const held = blankFacts(to);
  return facts => {
    for (let slot = 0; slot < sources.length; slot++) {
      const source = sources[slot] ?? -1;
      const state = source < 0 ? states.notAsked : facts.states[source] ?? states.notAsked;
      const value = facts.values[source] ?? 0;
      const places = options[slot];
      const known = places === undefined ? value : places[value] ?? -1;
      const isLost = state === states.known && places !== undefined && known < 0;
      held.states[slot] = isLost ? states.notAsked : state;
      held.values[slot] = isLost ? 0 : known;
    }
    const events = facts.events.flatMap(event => eventIn(from, to, slotOf, event));
    return { values: held.values, states: held.states, events, ...facts.former === undefined ? {} : { former: grades[facts.former] ?? -1 } };
  };
}

function eventIn(from: Standard, to: Standard, slotOf: ReadonlyMap<number, number>, event: EventFact): EventFact[] {
  const slot = slotOf.get(event.slot);
  const told = itemsOf(from.indicators[event.slot])[event.item];
  if (slot === undefined || told === undefined) return [];
  const items = itemsOf(to.indicators[slot]);
  const item = items.findIndex(each => each.key === told.key);
  if (item < 0) return [];
  const { level: _, ...plain } = event;
  const key = event.level === undefined ? undefined : told.levels?.[event.level]?.key;
  const level = key === undefined ? -1 : items[item]?.levels?.findIndex(each => each.key === key) ?? -1;
  return [{ ...plain, slot, item, ...level < 0 ? {} : { level } }];
}

/** Whether two standards ask the very same things in the same order, as two drafts of one mostly do: then nothing has to be moved. */
function isSameSheet(from: Standard, to: Standard): boolean {
  const asked = (indicator: Indicator): string => JSON.stringify([indicator.key, indicator.type, (indicator.options ?? []).map(option => option.key), itemsOf(indicator).map(item => [item.key, (item.levels ?? []).map(level => level.key)])]);
  return from.indicators.length === to.indicators.length && from.indicators.every((indicator, slot) => { const other = to.indicators[slot]; return other !== undefined && asked(indicator) === asked(other); })
    && from.grades.map(grade => grade.code).join() === to.grades.map(grade => grade.code).join();
}
