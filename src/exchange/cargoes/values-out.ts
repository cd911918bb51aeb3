import type { Knex } from 'knex';
import type { Coding } from '../../standards/dictionary.ts';
import { engineState } from '../../standards/dictionary.ts';
import { stateOf, stateWords } from '../../standards/standard.ts';
import { valueWords } from '../../standards/values.ts';
import type { Values } from '../format.ts';

/** Current values of some households as a file writes them: options by their words, money in yuan, yes and no as 是 and 否. */
export async function bodyValues(read: Knex, round: number, coding: Coding, subjects: readonly number[]): Promise<ReadonlyMap<number, Values>> {
  const rows: { subject: number; indicator: number; value: number | null; state: number }[] = await read('current_values').where({ round }).whereIn('subject', [...subjects]).select('subject', 'indicator', 'value', 'state');
  const out = new Map<number, Record<string, string | number>>();
  for (const row of rows) {
    const slot = coding.slots.get(row.indicator);
    const indicator = slot === undefined ? undefined : coding.standard.indicators[slot];
    if (slot === undefined || indicator === undefined) continue;
    const own = out.get(row.subject) ?? {};
    out.set(row.subject, own);
    own[`v.${indicator.key}`] = row.state === 0 ? worded(coding, slot, Number(row.value ?? 0)) : stateWords[stateOf(engineState(row.state))];
  }
  return out;
}

function worded(coding: Coding, slot: number, kept: number): string | number {
  const indicator = coding.standard.indicators[slot];
  if (indicator === undefined) return '';
  switch (indicator.type) {
    case 'choice': return valueWords(indicator, coding.engineValue(slot, kept) ?? -1);
    case 'flag': return kept === 1 ? '是' : '否';
    case 'money': return (kept / 100).toFixed(2);
    case 'percent': return `${(kept / 100).toFixed(2)}%`;
    case 'whole': case 'year': return kept;
    default: return valueWords(indicator, kept);
  }
}
