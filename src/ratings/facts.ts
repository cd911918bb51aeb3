import type { EventFact, Facts } from '../standards/facts.ts';

/**
 * The bytes that stand for the facts of one subject: event count, values, states, events, all little-endian.
 * A value that is not known weighs nothing, and the order in which events were gathered leaves no mark.
 * The day, the legal bases and the standard are kept beside the digest, so that the same facts on another day are seen to be the same.
 */
export function factsBytes({ values, states, events }: Facts): Uint8Array {
  const slots = values.length;
  const bytes = scratch(8 + slots * 9 + events.length * eventNumbers * 8);
  bytes.view.setFloat64(0, events.length, true);
  let at = 8;
  for (let slot = 0; slot < slots; slot++) {
    const state = states[slot] ?? 1;
    bytes.view.setFloat64(at, state === 0 ? (values[slot] ?? 0) + 0 : 0, true);   // + 0 turns a negative zero into zero.
    bytes.view.setUint8(at + 8, state);
    at += 9;
  }
  for (const event of sorted(events)) {
    for (const number of numbersOf(event)) { bytes.view.setFloat64(at, number, true); at += 8; }
  }
  return bytes.array.subarray(0, at);
}

/** An event in numbers; what is not told of it is -1. */
const numbersOf = (event: EventFact): readonly number[] => [event.slot, event.item, event.day, event.amount, event.level ?? -1, event.cured ?? -1, event.shared === true ? 1 : -1, event.countsFrom ?? -1, event.countsUntil ?? -1];
const eventNumbers = 9;

function sorted(events: readonly EventFact[]): readonly EventFact[] {
  if (events.length < 2) return events;
  const keyed = events.map(event => ({ event, key: numbersOf(event) }));
  return keyed.sort((a, b) => a.key.reduce((order, number, at) => order || number - (b.key[at] ?? 0), 0)).map(each => each.event);
}

interface Scratch { readonly array: Uint8Array; readonly view: DataView }
let kept: Scratch = scratchOf(1_024);
function scratchOf(size: number): Scratch { const array = new Uint8Array(size); return { array, view: new DataView(array.buffer) }; }
/** One buffer for all: a county has a quarter of a million of them. */
function scratch(size: number): Scratch {
  if (size > kept.array.length) kept = scratchOf(size * 2);
  return kept;
}
