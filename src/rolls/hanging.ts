import type { Knex } from 'knex';
import type { Place } from '../places/place.ts';
import { titlesHanging } from '../titles/notice.ts';
import { titleKinds } from '../titles/title.ts';
import { noticesInForce } from './queries.ts';

const stageWords = { village: '村公示', township: '镇公示', final: '结果公告' } as const;

/** One thing anybody may read and object to, as it stands beside the honour pages. */
export interface Hanging { readonly heading: string; readonly postedOn: string; readonly until: string; readonly where: string; readonly href: string; readonly objectHref: string }

/** What hangs at a place or below: lists of households, then titles before they are named. */
export async function hangingAt(read: Knex, place: Pick<Place, 'path'>, day: string): Promise<{ readonly notices: readonly Hanging[]; readonly noticeCount: number }> {
  const [lists, titles] = await Promise.all([noticesInForce(read, place, day), titlesHanging(read, place.path, day)]);
  const notices = [
    ...lists.map(one => ({ heading: `${one.place} ${one.year}年度${stageWords[one.stage]}`, postedOn: one.posted_on, until: one.until, where: one.where_posted, href: `/notices/${one.id}/public`, objectHref: `/object/${one.id}` })),
    ...titles.map(({ title, notice, round }) => ({ heading: `${title.place.name} 拟命名${titleKinds[title.kind]}`, postedOn: notice.postedOn, until: notice.until, where: '', href: `/titles/${round}/${title.place.id}/public`, objectHref: `/object/${round}/${title.place.id}` })),
  ];
  return { notices, noticeCount: notices.length };
}
