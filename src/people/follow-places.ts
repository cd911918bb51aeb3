import { actorId } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import type { PlaceFollower } from '../places/follow.ts';
import type { Unit } from '../store/unit.ts';
import { isOpen, type PostRow } from './queries.ts';

/** Posts at a merged place pass to its successor (who holds the like there already keeps only that); at a closed one they end. */
export const postsFollowPlaces: PlaceFollower = {
  async merged(unit, { from, into, day, reason }) {
    const leaving = await openAt(unit, from.no);
    const there = await openAt(unit, into.no);
    unit.change('posts', leaving.map(post => ({ id: post.id, until: post.since > day ? post.since : day, ended_reason: reason })));
    unit.insert('posts', leaving.filter(post => !there.some(other => other.officer === post.officer && other.role === post.role))
      .map(post => ({ id: newId(), officer: post.officer, role: post.role, place_no: into.no, since: post.since > day ? post.since : day, until: post.until, at: unit.at, by: actorId(unit.actor) })));
  },
  async closed(unit, { place, day, reason }) {
    unit.change('posts', (await openAt(unit, place.no)).map(post => ({ id: post.id, until: post.since > day ? post.since : day, ended_reason: reason })));
  },
};

async function openAt(unit: Unit, placeNo: number): Promise<readonly Pick<PostRow, 'id' | 'officer' | 'role' | 'since' | 'until'>[]> {
  const posts: Pick<PostRow, 'id' | 'officer' | 'role' | 'since' | 'until'>[] = await unit.read('posts').where({ place_no: placeNo }).select('id', 'officer', 'role', 'since', 'until');
  return posts.filter(post => isOpen(post, unit.day));
}
