import type { PlaceFollower } from '../places/follow.ts';
import { places } from '../places/refusals.ts';
import type { Unit } from '../store/unit.ts';
import { tell } from './event.ts';
import { nextNumbers } from './numbers.ts';

interface Standing { readonly id: string; readonly no: number; readonly village_no: number; readonly group_no: number | null; readonly grid_no: number | null; readonly household_no: number; readonly rev: number }
const columns = ['id', 'no', 'village_no', 'group_no', 'grid_no', 'household_no', 'rev'] as const;
const columnOf: Readonly<Partial<Record<string, 'village_no' | 'group_no' | 'grid_no'>>> = { village: 'village_no', group: 'group_no', grid: 'grid_no' };

/**
 * Households go where their village, group or grid goes. In a merged village a number that is free stays; one that is taken there becomes the next
 * free one, and the old number is told in the household's history. A place where households live is not closed.
 */
export const householdsFollowPlaces: PlaceFollower = {
  async keys(read, from) {
    const column = columnOf[from.kind];
    return column === undefined ? [] : (await livingAt({ read }, column, from.no)).map(one => `household:${one.id}`);
  },
  async merged(unit, { from, into }) {
    const column = columnOf[from.kind];
    if (column === undefined) return;
    const living = await livingAt(unit, column, from.no);
    if (living.length === 0) return;
    const numbers = from.kind === 'village' ? await numbersIn(unit, into.no, living) : living.map(one => one.household_no);
    const moved = living.map((one, at) => ({ ...one, [column]: into.no, household_no: numbers[at] ?? one.household_no }));
    if (from.kind === 'village') {
      unit.insert('vacated_numbers', living.map(one => ({ village_no: from.no, household_no: one.household_no, household: one.id })));
      unit.change('subjects', living.map(one => ({ no: one.no, place_no: into.no })));
    }
    unit.change('households', moved.map(one => ({ id: one.id, village_no: one.village_no, group_no: one.group_no, grid_no: one.grid_no, household_no: one.household_no, rev: one.rev + 1 })));
    tell(unit, 'moved', living.map((one, at) => ({ household: one.id, body: { [column]: { was: from.no, is: into.no }, ...moved[at]?.household_no === one.household_no ? {} : { household_no: { was: one.household_no, is: moved[at]?.household_no ?? 0 } } } })));
  },
  async closed(unit, { place }) {
    const column = columnOf[place.kind];
    const living = column === undefined ? [] : await livingAt(unit, column, place.no);
    if (living.length > 0) places.refuse('place-in-use', { name: place.name, count: living.length, what: '户农户' });
  },
};

const livingAt = async (unit: Pick<Unit, 'read'>, column: 'village_no' | 'group_no' | 'grid_no', no: number): Promise<readonly Standing[]> =>
  unit.read('households').where({ [column]: no }).whereNull('closed_on').select(...columns).orderBy('household_no');

/** Numbers in the village they come to: their own where it was never used there, else the next ones. */
async function numbersIn(unit: Unit, village: number, living: readonly Standing[]): Promise<readonly number[]> {
  const used = new Set<number>();
  for (const table of ['households', 'vacated_numbers'] as const) {
    const rows: { household_no: number }[] = await unit.read(table).where({ village_no: village }).select('household_no');
    for (const row of rows) used.add(row.household_no);
  }
  return nextNumbers(unit.read, living.map(one => ({ villageNo: village, wanted: used.has(one.household_no) ? undefined : one.household_no })));
}
