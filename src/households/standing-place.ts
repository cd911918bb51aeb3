import type { Knex } from 'knex';
import { households } from './refusals.ts';

interface Where { readonly village_no: number; readonly group_no: number | null; readonly grid_no: number | null }

/** Group and grid must be living places of the household's own village. One query, however many households. */
export async function standsIn(read: Knex, list: readonly Where[]): Promise<void> {
  const nos = [...new Set(list.flatMap(one => [one.village_no, one.group_no, one.grid_no]))].filter(no => no !== null);
  const rows: { no: number; kind: string; parent_no: number | null; until: string | null }[] = await read('places').whereIn('no', nos).select('no', 'kind', 'parent_no', 'until');
  const places = new Map(rows.map(row => [row.no, row]));
  const isIn = (no: number | null, kind: string, village: number): boolean => {
    const place = no === null ? undefined : places.get(no);
    return no === null || (place !== undefined && place.kind === kind && place.parent_no === village && place.until === null);
  };
  for (const one of list) {
    const village = places.get(one.village_no);
    if (village === undefined || village.kind !== 'village' || village.until !== null) households.refuse('place-elsewhere', { field: 'village' });
    if (!isIn(one.group_no, 'group', one.village_no)) households.refuse('place-elsewhere', { field: 'group' });
    if (!isIn(one.grid_no, 'grid', one.village_no)) households.refuse('place-elsewhere', { field: 'grid' });
  }
}
