import type { Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { stageNew } from './establish.ts';
import { pathOf, type Place } from './place.ts';
import { placeColumns, placeSubject } from './queries.ts';

/** A group or grid of a file: its village by division code. */
export interface PartRow { readonly village: string; readonly kind: 'group' | 'grid'; readonly name: string }

/** Sets up groups and grids of many villages in one unit; those that exist by name are left as they are. Answers how many are new. */
export async function establishParts(office: Office, actor: Actor, rows: readonly PartRow[], given: { readonly day: Day; readonly reason: string }): Promise<number> {
  return inUnit(office, actor, ['places'], async unit => {
    const villages: Place[] = await unit.read('places').where({ kind: 'village' }).whereIn('code', [...new Set(rows.map(row => row.village))]).whereNull('until').select(...placeColumns);
    const byCode = new Map(villages.map(village => [village.code ?? '', village]));
    const parts: Pick<Place, 'parent_no' | 'kind' | 'name'>[] = await unit.read('places').whereIn('parent_no', villages.map(village => village.no)).whereNull('until').select('parent_no', 'kind', 'name');
    const known = new Set(parts.map(part => `${part.parent_no} ${part.kind} ${part.name}`));
    const fresh = rows.flatMap(row => {
      const village = byCode.get(row.village) ?? fault('village', 'unknown', `没有区划代码是 ${row.village} 的村。`);
      const key = `${village.no} ${row.kind} ${row.name}`;
      if (known.has(key)) return [];
      known.add(key);
      return [{ village, row }];
    });
    for (const village of new Set(fresh.map(one => one.village))) unit.require('place.keep', placeSubject(village));
    if (fresh.length === 0) return unit.nothingNew(0);
    const first = await unit.number('place', fresh.length);
    await stageNew(unit, fresh.map(({ village, row }, at): Place => ({
      no: first + at, id: newId(), kind: row.kind, code: null, name: row.name, parent_no: village.no, path: pathOf(village.path, row.kind, first + at),
      sort: first + at, since: given.day, until: null, successor_no: null, hidden: 0,
    })), given.reason);
    for (const village of new Set(fresh.map(one => one.village))) unit.record({ act: 'place.established', power: 'place.keep', subject: placeSubject(village) });
    return fresh.length;
  });
}
