import type { Knex } from 'knex';
import type { Subject } from '../access/subject.ts';
import type { Day } from '../kit/time.ts';
import { ancestorNo, type Place } from '../places/place.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { titleSubject } from '../titles/decide.ts';
import { benchOf, kinds, type SittingStage } from './sitting.ts';

export interface Member { readonly officer: string; readonly name: string; readonly isChair: boolean }
/** The committee of a place and stage on a day: everybody with a post in it. Who stands in for one on leave does not vote in their place. */
export interface Bench { readonly name: string; readonly place: Place; readonly members: readonly Member[] }

export async function benchFor(read: Knex, { stage, place, day }: { readonly stage: SittingStage; readonly place: Place; readonly day: Day }): Promise<Bench> {
  const { roles, at, name } = benchOf(stage, place.kind);
  const own = await placeByNo(read, ancestorNo(place.path, at) ?? place.no);
  const rows: { id: string; name: string; role: string }[] = await read('posts').join('officers', 'officers.id', 'posts.officer').where('posts.place_no', own.no).whereIn('posts.role', [...roles]).whereNull('officers.closed_on')
    .where('posts.since', '<=', day).where(open => { void open.whereNull('posts.until').orWhere('posts.until', '>', day); }).orderBy('posts.since').orderBy('officers.id').select('officers.id', 'officers.name', 'posts.role');
  const members = [...new Map(rows.map(row => [row.id, row])).keys()].map(id => {
    const posts = rows.filter(row => row.id === id);
    return { officer: id, name: posts[0]?.name ?? '', isChair: posts.some(post => post.role === 'townshipChair' || post.role === 'leadingChair') };
  });
  return { name, place: own, members: [...members.filter(one => one.isChair), ...members.filter(one => !one.isChair)] };
}

/** What the stage's power is asked about: a title is reviewed from above. */
export function sittingSubject(stage: SittingStage, place: Pick<Place, 'id' | 'path'>): Subject {
  const { step } = kinds[stage];
  return step.of === 'title' ? titleSubject(place, step.step) : placeSubject(place);
}

const letters = { village: 'v', township: 't', county: 'x' } as const;
/** Whose sitting it is: the place where its members hold their posts. Nobody looks into a committee above the own. */
export function benchSubject(stage: SittingStage, place: Pick<Place, 'id' | 'path' | 'kind'>): Subject {
  const own = new RegExp(`^.*/${letters[benchOf(stage, place.kind).at]}\\d+/`).exec(place.path)?.[0];
  return { id: place.id, paths: [own ?? place.path] };
}
