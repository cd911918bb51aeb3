import type { Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { placeEvent } from './establish.ts';
import { placeFollowers, type PlaceFollower } from './follow.ts';
import { ancestorNo, placeKinds } from './place.ts';
import { placeById, placeSubject, placesUnder } from './queries.ts';
import { places } from './refusals.ts';

/** Ends a place that nothing stands in any more; posts there end with it. */
export async function close(office: Office, actor: Actor, given: { readonly id: string; readonly day: Day; readonly reason: string }, followers: readonly PlaceFollower[] = placeFollowers()): Promise<void> {
  // A household that is being registered there waits, or is there already.
  const stands = await placeById(office.read, given.id);
  const village = ancestorNo(stands.path, 'village') ?? stands.no;
  await inUnit(office, actor, ['places', `village-numbers:${village}`], async unit => {
    const place = await placeById(unit.read, given.id);
    unit.require('place.keep', placeSubject(place));
    if (place.until !== null) places.refuse('place-ended', { name: place.name });
    if (given.day > unit.day) fault('day', 'late', '还没到这一天，到了那天再来登记。');
    const parts = await placesUnder(unit.read, place.no);
    const first = parts[0];
    if (first !== undefined) places.refuse('place-has-parts', { name: place.name, count: parts.length, what: placeKinds[first.kind] });
    for (const follower of followers) await follower.closed?.(unit, { place, day: given.day, reason: given.reason });
    unit.change('places', { no: place.no, until: given.day });
    unit.insert('place_events', placeEvent(unit, place, { kind: 'closed', day: given.day, was: { name: place.name }, now: {}, reason: given.reason }));
    unit.record({ act: 'place.closed', power: 'place.keep', subject: placeSubject(place) });
  });
}
