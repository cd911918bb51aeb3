import type { Coding } from '../standards/dictionary.ts';

/** Where stored numbers stand in one standard: arrays indexed by number, -1 for what this standard does not ask. The same as its coding, for millions of values. */
export interface Positions {
  readonly slots: number;
  readonly slotOf: Int32Array;
  /** By slot of a choice: option number to index. Undefined where a value is no option. */
  readonly optionOf: readonly (Int32Array | undefined)[];
}

export function positionsOf(coding: Coding): Positions {
  const { indicators } = coding.standard;
  return {
    slots: indicators.length,
    slotOf: inverse(coding.numbers),
    optionOf: indicators.map((indicator, slot) => indicator.type === 'choice' ? inverse((indicator.options ?? []).map((_, index) => coding.keptValue(slot, index))) : undefined),
  };
}

function inverse(numbers: readonly number[]): Int32Array {
  const places = new Int32Array(Math.max(0, ...numbers) + 1).fill(-1);
  numbers.forEach((number, place) => { if (number >= 0) places[number] = place; });
  return places;
}
