import type { Scorer } from '../../standards/compile.ts';
import type { Facts } from '../../standards/facts.ts';
import type { Trace } from '../../standards/trace.ts';
import { changed, type Step } from './change.ts';
import type { Family } from './families.ts';

/** Where the search starts from: this round, a day to come, or the round after this one. Waiting costs one change. */
export interface Moment { readonly wait: 'none' | 'day' | 'round'; readonly day: number; readonly effort: number; readonly facts: Facts; readonly scorer: Scorer; readonly families: () => readonly Family[] }

/** A set of changes that reaches the goal; nothing can be left out of it. */
export interface Found { readonly moment: Moment; readonly steps: readonly Step[]; readonly size: number; readonly effort: number }

export interface Bounds { readonly most: number; readonly wanted: number; readonly tries: number }
/** `isWhole` false: so many combinations that not all were tried, and a smaller or easier set may exist. */
export interface Search { readonly found: readonly Found[]; readonly isWhole: boolean }

/**
 * Every smallest set of changes that reaches a goal, each combination scored by the engine itself. Sets grow from one change to `most`, and stop growing
 * at the size at which enough are known; a set that holds another is left out, whatever it waits for. Of one set of facts and items only the easiest amounts
 * are kept. Where doing more never harms, the most of all members is tried first: if that falls short, so does everything below it.
 */
export function smallestSets(moments: readonly Moment[], reaches: (trace: Trace) => boolean, { most, wanted, tries }: Bounds): Search {
  const found: (Found & { readonly families: readonly string[] })[] = [];
  let left = tries;
  const holds = ({ day, facts, scorer }: Moment, steps: readonly Step[]): boolean => { left--; return reaches(scorer.score(changed(facts, steps, day))); };
  const hopeless = new Map<Moment, boolean>();
  const isHopeless = (moment: Moment): boolean => {
    const known = hopeless.get(moment) ?? fallsShort(moment.families(), steps => holds(moment, steps));
    hopeless.set(moment, known);
    return known;
  };

  for (let size = 1; size <= most && found.length < wanted; size++) {
    for (const moment of moments) {
      const count = size - (moment.wait === 'none' ? 0 : 1);
      if (count > 0 && isHopeless(moment)) continue;
      for (const chosen of combinations(count === 0 ? [] : moment.families(), count)) {
        if (left <= 0) return { found: ordered(found), isWhole: false };
        const names = chosen.map(nameOf);
        if (found.some(known => isWithin(known, moment, names))) continue;
        if (chosen.length > 0 && chosen.every(family => family.isRising) && !holds(moment, chosen.map(family => family.steps.at(-1)).filter(step => step !== undefined))) continue;
        const steps = mixes(chosen).find(mix => left > 0 && holds(moment, mix));
        if (steps !== undefined) found.push({ moment, steps, size, effort: effortOf(steps) + moment.effort, families: names });
      }
    }
  }
  return { found: ordered(found), isWhole: true };
}

/** Whether not even everything at once would do. Not tried where there are too many ways of doing everything. */
function fallsShort(families: readonly Family[], holds: (steps: readonly Step[]) => boolean): boolean {
  const most = families.filter(family => family.isRising).flatMap(family => family.steps.at(-1) ?? []);
  const others = families.filter(family => !family.isRising);
  if (others.reduce((ways, family) => ways * (family.steps.length + 1), 1) > mostWholes) return false;
  let all: readonly (readonly Step[])[] = [most];
  for (const { steps } of others) all = all.flatMap(mix => [mix, ...steps.map(step => [...mix, step])]);
  return !all.some(holds);
}
const mostWholes = 500;

/** Smallest first, then the easiest; whatever gives money away comes last. */
const ordered = (found: readonly Found[]): readonly Found[] => {
  const isMoney = ({ steps }: Found): number => steps.some(step => step.isMoney) ? 1 : 0;
  return found.toSorted((a, b) => isMoney(a) - isMoney(b) || a.size - b.size || a.effort - b.effort);
};

const effortOf = (steps: readonly Step[]): number => steps.reduce((sum, step) => sum + step.effort, 0);

function nameOf({ steps: [first] }: Family): string {
  if (first === undefined) return '';
  return first.kind === 'deed' ? `deed ${first.slot}.${first.item}` : first.kind === 'cure' ? `cure ${first.slot}.${first.at}` : `answer ${first.slot}`;
}

/** A known set asks for no more than this one: none of its changes is missing here, and it waits for nothing that this one does not. */
const isWithin = (known: Found & { readonly families: readonly string[] }, moment: Moment, names: readonly string[]): boolean =>
  known.families.every(name => names.includes(name)) && (known.moment.wait === 'none' || known.moment.wait === moment.wait && known.moment.day <= moment.day);

function* combinations<T>(list: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) { yield []; return; }
  for (let at = from; at <= list.length - size; at++) {
    for (const rest of combinations(list, size - 1, at + 1)) yield [list[at] as T, ...rest];
  }
}

/** Every way to take one step of each, easiest first. */
function mixes(families: readonly Family[]): readonly (readonly Step[])[] {
  let all: readonly (readonly Step[])[] = [[]];
  for (const { steps } of families) all = all.flatMap(mix => steps.map(step => [...mix, step]));
  return all.length < 2 ? all : all.map(mix => ({ mix, effort: effortOf(mix) })).sort((a, b) => a.effort - b.effort).map(each => each.mix);
}
