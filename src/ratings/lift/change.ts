import type { EventFact, Facts } from '../../standards/facts.ts';
import { states } from '../../standards/standard.ts';

/** One thing that could become otherwise. Numbers are the compact ones of `standards/values.ts`; `slot` is the indicator's place in its standard. */
export type Change =
  /** So many more events of an item, each of this amount in hundredths of its unit. */
  | { readonly kind: 'deed'; readonly slot: number; readonly item: number; readonly level?: number; readonly amount: number; readonly times: number }
  /** An event that takes points, put right; `at` is its place in the list of events. */
  | { readonly kind: 'cure'; readonly slot: number; readonly at: number }
  /** Another answer, or a first one where nobody had asked. */
  | { readonly kind: 'answer'; readonly slot: number; readonly value: number; readonly isFirst: boolean };

/** A change with what it costs to bring about. `slow`: not before a later round. Money comes after everything else. */
export type Step = Change & { readonly effort: number; readonly isSlow: boolean; readonly isMoney: boolean };

/** Rough weights, one for a deed done once or an hour unit; only their order matters. */
export const efforts = { deed: 1, firstAnswer: 1, cure: 3, answer: 10, month: 2 } as const;

/** The facts as they would be on a day; those given stay as they are. */
export function changed(facts: Facts, steps: readonly Change[], day: number): Facts {
  if (steps.length === 0) return facts;
  let { values, states: known } = facts;
  let events: readonly EventFact[] = facts.events;
  for (const step of steps) {
    switch (step.kind) {
      case 'deed': {
        const one: EventFact = { slot: step.slot, item: step.item, day, amount: step.amount, ...step.level === undefined ? {} : { level: step.level } };
        events = [...events, ...Array.from({ length: step.times }, () => one)];
        break;
      }
      case 'cure': events = events.map((event, at) => at === step.at ? { ...event, cured: day } : event); break;
      case 'answer':
        if (values === facts.values) { values = facts.values.slice(); known = facts.states.slice(); }
        values[step.slot] = step.value;
        known[step.slot] = states.known;
        break;
    }
  }
  return { ...facts, values, states: known, events };
}
