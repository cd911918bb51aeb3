import { actorId, type Actor } from '../access/actor.ts';
import { canonical } from '../kit/canonical.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import type { Row } from '../store/dialect.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { codeFault, mayStandUnder, pathOf, placeKinds, type Place, type PlaceKind } from './place.ts';
import { placeById, placesUnder, placeWithCode } from './queries.ts';
import { places } from './refusals.ts';

export interface NewPlaces {
  /** Id of the place above. */
  readonly parent: string;
  readonly kind: PlaceKind;
  readonly places: readonly { readonly name: string; readonly code?: string | undefined; readonly hidden?: boolean }[];
  readonly day: Day;
  readonly reason: string;
}

/** Sets up places under one parent; villages and townships can be rated from then on. Answers their ids in order. */
export async function establish(office: Office, actor: Actor, given: NewPlaces): Promise<readonly string[]> {
  return inUnit(office, actor, ['places'], async unit => {
    const parent = await placeById(unit.read, given.parent);
    unit.require('place.keep', { id: parent.id, paths: [parent.path] });
    if (parent.until !== null) places.refuse('place-ended', { name: parent.name });
    if (!mayStandUnder(given.kind, parent.kind)) places.refuse('place-under-wrong', { kind: placeKinds[given.kind], parent: placeKinds[parent.kind] });
    if (given.day > unit.day) fault('day', 'late', '还没到这一天，到了那天再来登记。');
    await checkNames(unit, given, parent);
    const first = await unit.number('place', given.places.length);
    const rows = given.places.map((one, at): Place => ({
      no: first + at, id: newId(), kind: given.kind, code: one.code ?? null, name: one.name, parent_no: parent.no, path: pathOf(parent.path, given.kind, first + at),
      sort: first + at, since: given.day, until: null, successor_no: null, hidden: one.hidden === true ? 1 : 0,
    }));
    await stageNew(unit, rows, given.reason);
    unit.record({ act: 'place.established', power: 'place.keep', subject: { id: parent.id, paths: [parent.path] } });
    return rows.map(row => row.id);
  });
}

/** Unit-level: new places, their first line of history, and the subject that each village and township is. */
export async function stageNew(unit: Unit, rows: readonly Place[], reason: string): Promise<void> {
  unit.insert('places', rows.map(row => ({ ...row })));
  unit.insert('place_events', rows.map(row => placeEvent(unit, row, { kind: 'established', day: row.since, was: {}, now: { name: row.name, ...row.code === null ? {} : { code: row.code } }, reason })));
  const rated = rows.filter(row => row.kind === 'village' || row.kind === 'township');
  if (rated.length === 0) return;
  const firstSubject = await unit.number('subject', rated.length);
  unit.insert('subjects', rated.map((row, at) => ({ no: firstSubject + at, id: row.id, kind: row.kind, place_no: row.no })));
}

interface Happened { readonly kind: 'established' | 'renamed' | 'moved' | 'merged' | 'closed'; readonly day: Day; readonly was: Readonly<Record<string, string | null>>; readonly now: Readonly<Record<string, string | null>>; readonly reason: string }

/** One line of a place's history. */
export const placeEvent = (unit: Unit, place: Pick<Place, 'no'>, happened: Happened): Row => ({
  id: newId(), place_no: place.no, kind: happened.kind, day: happened.day, was: canonical(happened.was), now: canonical(happened.now), reason: happened.reason,
  at: unit.at, by: actorId(unit.actor),
});

async function checkNames(unit: Unit, given: NewPlaces, parent: Place): Promise<void> {
  const taken = new Set((await placesUnder(unit.read, parent.no)).filter(place => place.kind === given.kind).map(place => place.name));
  for (const one of given.places) {
    if (taken.has(one.name)) places.refuse('place-name-taken', { name: one.name, field: 'names' });
    if (one.code === undefined) continue;
    const wrong = codeFault(one.code, given.kind, parent.code);
    if (wrong !== undefined) fault('code', 'code', wrong);
    const other = await placeWithCode(unit.read, given.kind, one.code);
    if (other !== undefined) places.refuse('place-code-taken', { code: one.code, name: other.name, field: 'code' });
  }
}
