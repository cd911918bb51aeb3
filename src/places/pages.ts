import { may, reach } from '../access/may.ts';
import { common } from '../kit/refusals.ts';
import { limits } from '../kit/limits.ts';
import { page, type Reply } from '../web/reply.ts';
import type { Visit } from '../web/visit.ts';
import type { Place } from './place.ts';
import { placeRows, presentPlace } from './present.ts';
import { placeById, placeColumns, placeNames, placesNamed, placeSubject } from './queries.ts';

/** The place a visitor may look at; foreign ones are refused. */
export async function placeToRead(visit: Visit): Promise<Place> {
  const place = await placeById(visit.office.read, visit.params['id'] ?? '');
  const leave = may(visit.actor, 'place.read', placeSubject(place));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  return place;
}

/** One place to begin with: its page. Several: a list of them. Words typed: what they find. */
export async function showPlaces(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const words = (visit.query['q'] ?? '').trim().slice(0, limits.searchCharacters);
  const paths = reach(visit.actor, 'place.read');
  if (words !== '') {
    const found = await placesNamed(read, paths, words, limits.rowsPerPage);
    const names = await placeNames(read, found.map(place => place.no));
    return page('places/index', {
      title: '区划', heading: found.length === 0 ? `没有叫“${words}”的地方` : `找到 ${found.length}${found.length === limits.rowsPerPage ? ' 个以上' : ' 个'}地方`, words, back: '/places',
      rows: await placeRows(read, found, new Map([...names].map(([no, name]) => [no, name.township === name.name ? '' : name.township]))),
      empty: { words: '换几个字试试，或者按上级一层一层找。', act: { label: '回到区划', href: '/places' } },
    });
  }
  const nos = paths.flatMap(path => { const no = /(\d+)\/$/.exec(path)?.[1]; return no === undefined ? [] : [Number(no)]; });
  const roots: Place[] = await read('places').select(...placeColumns).whereIn('no', nos).orderBy('sort').orderBy('no');
  const [only] = roots;
  if (only !== undefined && roots.length === 1) return show(visit, only, '区划');
  return page('places/index', {
    title: '区划', heading: `您的片区有 ${roots.length} 处`, words, back: undefined, rows: await placeRows(read, roots),
    empty: { words: '您现在没有岗位，也就没有片区。请找系统管理员任命。', act: { label: '看我的岗位', href: '/me' } },
  });
}

export const showPlace = async (visit: Visit): Promise<Reply> => show(visit, await placeToRead(visit));

async function show(visit: Visit, place: Place, title = place.name): Promise<Reply> {
  return page('places/show', { title, words: '', ...await presentPlace(visit.office.read, visit.actor, place, visit.query['all'] === 'yes') });
}
