import type { Knex } from 'knex';
import type { Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { placeEvent } from './establish.ts';
import { placeFollowers, type PlaceFollower } from './follow.ts';
import { replanted } from './move.ts';
import { placeById, placeSubject, placesUnder } from './queries.ts';
import { places } from './refusals.ts';

export interface MergeGiven { readonly id: string; readonly into: string; readonly day: Day; readonly reason: string }

/**
 * Merges a place into another of its kind. What stood below it goes along (a part whose name is taken there gets the old place's name in front);
 * posts, households and open cases follow by the areas that own them. The old place ends and names its successor.
 */
export async function merge(office: Office, actor: Actor, given: MergeGiven, followers: readonly PlaceFollower[] = placeFollowers()): Promise<void> {
  const keys = new Set(await keysOf(office.read, given, followers));
  await inUnit(office, actor, [...keys], async unit => {
    const from = await placeById(unit.read, given.id);
    const into = await placeById(unit.read, given.into);
    unit.require('place.keep', placeSubject(from));
    unit.require('place.keep', placeSubject(into));
    // Who came to live there while this act waited is not among its keys.
    if ((await keysOf(unit.read, given, followers)).some(key => !keys.has(key))) common.refuse('changed-meanwhile');
    for (const one of [from, into]) if (one.until !== null) places.refuse('place-ended', { name: one.name });
    const isWithinVillage = from.kind === 'group' || from.kind === 'grid';
    if (from.no === into.no || from.kind !== into.kind || (isWithinVillage && from.parent_no !== into.parent_no)) places.refuse('place-merge-unlike', { field: 'to' });
    if (given.day > unit.day) fault('day', 'late', '还没到这一天，到了那天再来登记。');
    const taken = new Set((await placesUnder(unit.read, into.no)).map(place => `${place.kind} ${place.name}`));
    for (const part of await placesUnder(unit.read, from.no)) {
      unit.change('places', await replanted(unit, part, into));
      unit.insert('place_events', placeEvent(unit, part, { kind: 'moved', day: given.day, was: { under: from.name }, now: { under: into.name }, reason: given.reason }));
      if (!taken.has(`${part.kind} ${part.name}`)) continue;
      const name = `${from.name}${part.name}`;
      unit.change('places', { no: part.no, name });
      unit.insert('place_events', placeEvent(unit, part, { kind: 'renamed', day: given.day, was: { name: part.name }, now: { name }, reason: given.reason }));
    }
    unit.change('places', { no: from.no, until: given.day, successor_no: into.no });
    unit.insert('place_events', [from, into].map(place => placeEvent(unit, place, { kind: 'merged', day: given.day, was: { from: from.name }, now: { into: into.name }, reason: given.reason })));
    for (const follower of followers) await follower.merged?.(unit, { from, into, day: given.day, reason: given.reason });
    unit.record({ act: 'place.merged', power: 'place.keep', subject: placeSubject(from) });
    unit.record({ act: 'place.merged', power: 'place.keep', subject: placeSubject(into) });
  });
}

async function keysOf(read: Knex, given: MergeGiven, followers: readonly PlaceFollower[]): Promise<readonly string[]> {
  const [from, into] = [await placeById(read, given.id), await placeById(read, given.into)];
  return ['places', ...[from, into].map(place => `village-numbers:${place.no}`), ...(await Promise.all(followers.flatMap(follower => follower.keys === undefined ? [] : [follower.keys(read, from)]))).flat()];
}
