import { dayFromNumber, dayNumber, daysBetween, type Day } from '../../kit/time.ts';
import type { Compiled, Context, Scorer } from '../../standards/compile.ts';
import type { Facts } from '../../standards/facts.ts';
import { looksBack } from '../../standards/looks-back.ts';
import type { Standard } from '../../standards/standard.ts';
import type { Trace } from '../../standards/trace.ts';
import { changed, efforts, type Step } from './change.ts';
import { familiesAt, isBetter, type Family } from './families.ts';
import { waitingDays } from './moments.ts';
import { smallestSets, type Found, type Moment } from './search.ts';

/** Never more than three changes at once; a page shows three ways; a county's largest standard is searched whole within this many scorings. */
export const liftBounds = { most: 3, wanted: 3, tries: 12_000 } as const;

/** What would lift a grade. */
export type Lift =
  /** The best there is. */
  | { readonly kind: 'top' }
  /** Something must be asked first: a provisional rating says nothing about what is wanting. */
  | { readonly kind: 'incomplete'; readonly asks: number }
  | { readonly kind: 'searched'; readonly grade: number; readonly ways: readonly Way[]; readonly isWhole: boolean };

/** A smallest set of changes that leads to a better grade. */
export interface Way {
  /** Each change with the hundredths it adds after those before it. */
  readonly steps: readonly (Step & { readonly gain: number })[];
  /** Time that has to pass first, and what it adds by itself. */
  readonly wait: { readonly kind: 'day'; readonly until: Day; readonly gain: number } | { readonly kind: 'round'; readonly gain: number } | undefined;
  /** Place of the grade it leads to in the standard's table, and the total. */
  readonly grade: number;
  readonly total: number;
}

/** What the household itself could do to come to a better grade, found by scoring every combination with the engine that rated it. */
export function liftOf(compiled: Compiled, facts: Facts, context: Context): Lift {
  const { standard } = compiled;
  const scorer = compiled.at(context);
  const now = standingOf(scorer.score(facts));
  if (now.asks > 0) return { kind: 'incomplete', asks: now.asks };
  if (now.grade === 0) return { kind: 'top' };
  const days = waitingDays(standard, facts, { day: context.day, trace: scorer.score(facts) });
  const moments = [
    momentOf(standard, { wait: 'none', day: context.day, effort: 0, facts, scorer }),
    ...days.map(day => momentOf(standard, { wait: 'day', day, effort: efforts.month * Math.ceil(daysBetween(context.day, day) / 30), facts, scorer: compiled.at({ ...context, day }) })),
    ...nextRound(standard, facts, now.grade).map(after => momentOf(standard, { wait: 'round', day: context.day, effort: efforts.month * 12, facts: after, scorer })),
  ];
  const { found, isWhole } = smallestSets(moments, trace => isBetter(trace, now.grade), liftBounds);
  return { kind: 'searched', grade: now.grade < 0 ? standard.grades.length - 1 : now.grade - 1, ways: found.slice(0, liftBounds.wanted).map(each => wayOf(each, now.total)), isWhole };
}

const standingOf = ({ asks, grade, total }: Trace): Pick<Trace, 'asks' | 'grade' | 'total'> => ({ asks, grade, total });

interface Start { readonly wait: Moment['wait']; readonly day: Day; readonly effort: number; readonly facts: Facts; readonly scorer: Scorer }
function momentOf(standard: Standard, { day, ...start }: Start): Moment {
  const on = dayNumber(day);
  let known: readonly Family[] | undefined;   // Most days are never looked at more closely.
  return { ...start, day: on, families: () => known ??= familiesAt({ standard, facts: start.facts, scorer: start.scorer, day: on }) };
}

/** Where tiers are earned in order, today's grade is what the next round will look back on. */
function nextRound(standard: Standard, facts: Facts, grade: number): readonly Facts[] {
  const isNews = grade >= 0 && (facts.former === undefined || facts.former < 0 || grade < facts.former);
  return looksBack(standard) && isNews ? [{ ...facts, former: grade }] : [];
}

function wayOf({ moment, steps }: Found, from: number): Way {
  const { scorer, facts, day, wait } = moment;
  let before = scorer.score(facts).total;
  const waited = before - from;
  const told = steps.map((step, at) => {
    const { total } = scorer.score(changed(facts, steps.slice(0, at + 1), day));
    const gain = total - before;
    before = total;
    return { ...step, gain };
  });
  const { grade, total } = scorer.score(changed(facts, steps, day));
  return { steps: told, wait: wait === 'none' ? undefined : wait === 'round' ? { kind: wait, gain: waited } : { kind: wait, until: dayFromNumber(day), gain: waited }, grade, total };
}
