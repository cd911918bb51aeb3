import { dayNumber } from '../../../src/kit/time.ts';
import { blankFacts, itemsOf, slotsOf, type EventFact, type Facts } from '../../../src/standards/facts.ts';
import { missingStates, states, type Indicator, type Standard } from '../../../src/standards/standard.ts';
import { randomOf } from '../../county.ts';

/** A household twice: as the product keeps it, and in the words that a rule engine is told. */
export interface Household { readonly facts: Facts; readonly told: Readonly<Record<string, string | number | boolean>> }

/** What everybody must come to: hundredths for each scored indicator in the order of the file, their total, the place of the grade or -1, and whether something must still be asked. */
export interface Verdict { readonly points: readonly number[]; readonly total: number; readonly grade: number; readonly isOpen: boolean }

/** One way to rate: `run` as fast as it can (it gives back the sum of all totals), `tell` for the comparison. */
export interface Contender { readonly run: (households: readonly Household[]) => number | Promise<number>; readonly tell: (households: readonly Household[]) => readonly Verdict[] | Promise<readonly Verdict[]> }

/** Invented households: one value in sixteen is not known, half have things written down, up to six of them, some too old to count. */
export function inventedHouseholds(standard: Standard, count: number, today: string): readonly Household[] {
  const random = randomOf(11);
  const upTo = (most: number): number => Math.floor(random() * most);
  const slots = slotsOf(standard);
  const happenings = standard.indicators.flatMap((indicator, slot) => itemsOf(indicator).map((item, at) => ({ slot, item: at, hasAmount: item.each !== undefined })));
  const memberSlot = slots.get('memberCount') ?? -1;
  return Array.from({ length: count }, () => {
    const facts = blankFacts(standard);
    const told: Record<string, string | number | boolean> = {};
    standard.indicators.forEach((indicator, slot) => {
      if (indicator.type === 'derived' || indicator.type === 'events') return;
      if (upTo(16) === 0) {
        const state = missingStates[upTo(4)] ?? 'notAsked';
        facts.states[slot] = states[state];
        told[indicator.key] = state;
        return;
      }
      const value = valueFor(indicator, upTo, facts.values[memberSlot] ?? 0);
      facts.values[slot] = value;
      facts.states[slot] = states.known;
      told[indicator.key] = indicator.type === 'flag' ? value === 1 : indicator.options?.[value]?.key ?? value;
    });
    const events = Array.from({ length: upTo(2) * upTo(7) }, (): EventFact => {
      const { slot, item, hasAmount } = happenings[upTo(happenings.length)] ?? { slot: 0, item: 0, hasAmount: false };
      return { slot, item, day: dayNumber(today) - upTo(500), amount: hasAmount ? 100 * (1 + upTo(12)) : 100 };
    });
    return { facts: { ...facts, events }, told };
  });
}

/** Mostly good, as people are: the first option half the time, a yes to a bad question one time in thirty-two. */
function valueFor(indicator: Indicator, upTo: (most: number) => number, members: number): number {
  if (indicator.type === 'flag') return indicator.scoring === undefined ? Number(upTo(32) === 0) : upTo(2);
  if (indicator.type === 'choice') return upTo(2) * upTo(indicator.options?.length ?? 1);
  if (indicator.type === 'year') return 2015 + upTo(12);
  return indicator.key === 'labourCount' ? upTo(members + 1) : 1 + upTo(8);
}
