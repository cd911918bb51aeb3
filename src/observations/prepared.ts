import type { Coding } from '../standards/dictionary.ts';
import type { WrittenFact } from '../standards/standard.ts';
import { packable, packFact, type Row } from '../store/dialect.ts';
import { keptFact, type Kept } from './codes.ts';
import { emptyBody, type EventEntry, type SheetBody } from './observation.ts';
import { bodyText } from './sheet.ts';
import { asTaken } from './span.ts';
import { mustBeAsked } from './wanted.ts';

/** A household's facts ready to be written: the sheet's text, and the values as small integers. */
export interface Prepared {
  readonly subject: number;
  /** Canonical text of the sheet's body. */
  readonly body: string;
  readonly facts: readonly number[];
  /** Values too large to pack: sums beyond a milliard yuan. */
  readonly large: readonly Kept[];
  readonly events: readonly EventEntry[];
}

/** One household of a file: facts already checked against the standard of the round. */
export interface Bulk { readonly subject: number; readonly values: Readonly<Record<string, WrittenFact>>; readonly events?: readonly EventEntry[] }

export function prepare(coding: Coding, { subject, values, events = [] }: Bulk): Prepared {
  const slots = slotsIn(coding);
  const facts: number[] = [];
  const large: Kept[] = [];
  for (const key in values) {
    const fact = values[key];
    const kept = fact === undefined ? undefined : keptFact(coding, slots.get(key) ?? -1, fact);
    if (kept === undefined) continue;
    if (packable(kept.value ?? 0)) facts.push(packFact(kept)); else large.push(kept);
  }
  return { subject, body: bodyText({ ...emptyBody, values, events }), facts, large, events };
}

/** What takes points waits to be told, by the standard of its own village. */
export function waiting(coding: Coding, one: Prepared): Prepared {
  const events = one.events.map(event => asTaken(coding.standard, event));
  return events.every((event, at) => event === one.events[at]) ? one : { ...one, events, body: bodyText({ ...emptyBody, ...JSON.parse(one.body) as Partial<SheetBody>, events }) };
}

/** Whether everything that must be asked has an answer, told by the packed facts alone. */
export function isWhole(coding: Coding, { facts, large }: Pick<Prepared, 'facts' | 'large'>): boolean {
  const has = new Set([...facts.map(fact => ((fact % 4096) + 4096) % 4096), ...large.map(kept => kept.indicator)]);
  return coding.standard.indicators.every((indicator, slot) => !mustBeAsked(indicator) || has.has(coding.numbers[slot] ?? -1));
}

export const largeRows = (round: number, { subject, large }: Prepared): readonly Row[] => large.map(kept => ({ round, subject, indicator: kept.indicator, value: kept.value, state: kept.state, sheet: 1 }));

const bySlot = new WeakMap<Coding, ReadonlyMap<string, number>>();
/** Slots by key: asked for every value of a file. */
export function slotsIn(coding: Coding): ReadonlyMap<string, number> {
  const known = bySlot.get(coding);
  if (known !== undefined) return known;
  const made = new Map(coding.standard.indicators.map((indicator, slot) => [indicator.key, slot]));
  bySlot.set(coding, made);
  return made;
}
