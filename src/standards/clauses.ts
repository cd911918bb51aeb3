import { isMade } from './standard.ts';
import type { Standard } from './standard.ts';

/** Clause numbers as the printed standard has them: `1.2` for the second indicator of the first block; a block with one indicator has its number alone. */
export function clauseNumbers(standard: Standard): ReadonlyMap<string, string> {
  const numbers = new Map<string, string>();
  standard.categories.forEach((category, at) => {
    const inside = standard.indicators.filter(indicator => indicator.category === category.key);
    inside.forEach((indicator, n) => numbers.set(indicator.key, inside.length === 1 ? `${at + 1}` : `${at + 1}.${n + 1}`));
  });
  return numbers;
}

/** The form blocks of what somebody has to fill in, in the order of the file, with the indicators that belong to each. */
export function blocksOf(standard: Standard): readonly { readonly title: string; readonly slots: readonly number[] }[] {
  const blocks = new Map<string, number[]>();
  standard.indicators.forEach((indicator, slot) => {
    if (isMade(indicator)) return;
    const title = indicator.block ?? '其他';
    const held = blocks.get(title);
    if (held === undefined) blocks.set(title, [slot]);
    else held.push(slot);
  });
  return [...blocks].map(([title, slots]) => ({ title, slots }));
}

/** Facts that cannot both be true, in words: `check` of the standard against what is known. */
export function impossible(standard: Standard, slots: ReadonlyMap<string, number>, facts: { readonly values: Float64Array; readonly states: Uint8Array }): readonly { readonly key: string; readonly say: string; readonly indicators: readonly string[] }[] {
  return (standard.checks ?? []).flatMap(check => {
    const [left, right] = [slots.get(check.left) ?? -1, slots.get(check.atMost) ?? -1];
    const isKnown = facts.states[left] === 0 && facts.states[right] === 0;
    return isKnown && (facts.values[left] ?? 0) > (facts.values[right] ?? 0) ? [{ key: check.key, say: check.say, indicators: [check.left, check.atMost] }] : [];
  });
}
