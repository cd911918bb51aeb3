import type { Knex } from 'knex';
import { households } from './refusals.ts';

interface Wanted { readonly villageNo: number; readonly wanted?: number | undefined }

/**
 * A number for each household, in order. Numbers are unique in the village and never reused: closed households keep theirs,
 * and a number left behind by moving away is remembered in `vacated_numbers`. The caller holds `village-numbers:<no>`.
 */
export async function nextNumbers(read: Knex, list: readonly Wanted[]): Promise<readonly number[]> {
  const villages = [...new Set(list.map(one => one.villageNo))];
  const next = new Map<number, number>(await Promise.all(villages.map(async village => [village, await highest(read, village) + 1] as const)));
  const wanted = list.filter(one => one.wanted !== undefined);
  const used = wanted.length === 0 ? new Set<string>() : await takenOf(read, villages, wanted.map(one => one.wanted ?? 0));
  for (const one of wanted) {
    const key = `${one.villageNo} ${one.wanted}`;
    if (used.has(key)) households.refuse('household-number-taken', { number: one.wanted, field: 'household_no' });
    used.add(key);
    next.set(one.villageNo, Math.max(next.get(one.villageNo) ?? 1, (one.wanted ?? 0) + 1));
  }
  return list.map(one => {
    if (one.wanted !== undefined) return one.wanted;
    const number = next.get(one.villageNo) ?? 1;
    next.set(one.villageNo, number + 1);
    return number;
  });
}

async function highest(read: Knex, village: number): Promise<number> {
  const [row]: { most: number | null }[] = await read('households').where({ village_no: village }).max({ most: 'household_no' });
  const [left]: { most: number | null }[] = await read('vacated_numbers').where({ village_no: village }).max({ most: 'household_no' });
  return Math.max(Number(row?.most ?? 0), Number(left?.most ?? 0));
}

async function takenOf(read: Knex, villages: readonly number[], numbers: readonly number[]): Promise<Set<string>> {
  const of = async (table: 'households' | 'vacated_numbers'): Promise<string[]> => {
    const rows: { village_no: number; household_no: number }[] = await read(table).whereIn('village_no', [...villages]).whereIn('household_no', [...numbers]).select('village_no', 'household_no');
    return rows.map(row => `${row.village_no} ${row.household_no}`);
  };
  return new Set([...await of('households'), ...await of('vacated_numbers')]);
}
