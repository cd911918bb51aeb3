import type { Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import type { Row } from '../store/dialect.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { placeEvent } from './establish.ts';
import { mayStandUnder, pathOf, placeKinds, type Place } from './place.ts';
import { placeById, placeColumns, placeSubject, placesUnder } from './queries.ts';
import { places } from './refusals.ts';

/** Puts a township or village under a new parent, with everything below it; who holds a post there keeps it. */
export async function move(office: Office, actor: Actor, given: { readonly id: string; readonly to: string; readonly day: Day; readonly reason: string }): Promise<void> {
  await inUnit(office, actor, ['places'], async unit => {
    const place = await placeById(unit.read, given.id);
    unit.require('place.keep', placeSubject(place));
    const parent = await placeById(unit.read, given.to);
    unit.require('place.keep', placeSubject(parent));
    for (const one of [place, parent]) if (one.until !== null) places.refuse('place-ended', { name: one.name });
    if (place.kind === 'group' || place.kind === 'grid') places.refuse('place-stays');
    if (!mayStandUnder(place.kind, parent.kind)) places.refuse('place-under-wrong', { kind: placeKinds[place.kind], parent: placeKinds[parent.kind] });
    if (given.day > unit.day) fault('day', 'late', '还没到这一天，到了那天再来登记。');
    if (place.parent_no === parent.no) return unit.nothingNew(undefined);
    if ((await placesUnder(unit.read, parent.no)).some(other => other.kind === place.kind && other.name === place.name)) places.refuse('place-name-taken', { name: place.name, field: 'to' });
    unit.change('places', await replanted(unit, place, parent));
    unit.insert('place_events', placeEvent(unit, place, { kind: 'moved', day: given.day, was: { path: place.path }, now: { path: pathOf(parent.path, place.kind, place.no) }, reason: given.reason }));
    unit.record({ act: 'place.moved', power: 'place.keep', subject: placeSubject(place) });
    return undefined;
  });
}

/** Rows that put a place, and all that ever stood below it, under a new parent. */
export async function replanted(unit: Unit, place: Place, parent: Place): Promise<readonly Row[]> {
  const all: Place[] = await unit.read('places').select(...placeColumns).where('path', 'like', `${place.path}%`);
  const path = pathOf(parent.path, place.kind, place.no);
  return all.map(one => ({ no: one.no, parent_no: one.no === place.no ? parent.no : one.parent_no, path: path + one.path.slice(place.path.length) }));
}
