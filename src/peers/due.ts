import type { Knex } from 'knex';
import { below } from '../places/below.ts';
import type { DueSource } from '../web/due.ts';

interface Row { readonly id: string; readonly until: string; readonly path: string; readonly village: string; readonly name: string; readonly n?: number | string }

/** Evaluators on the tablet who have not handed in: all of a review, or one. */
const waiting = (read: Knex, officer: string | undefined): Knex.QueryBuilder => read('peer_seats').whereRaw('peer_seats.review = peer_reviews.id').where({ how: 'tablet', ...officer === undefined ? {} : { officer } }).whereNull('done_at').select('no');

/** Reviews that are to be in by a day: each evaluator's own sheet, and the village's that holds it. */
const list = (who: 'group' | 'village'): DueSource['list'] => async (read, { paths, until, officer }) => {
  const rows: Row[] = await read('peer_reviews').join('places as groups', 'groups.no', 'peer_reviews.group_no').join('places as villages', 'villages.no', 'peer_reviews.village_no').join('rounds', 'rounds.no', 'peer_reviews.round')
    .whereNull('peer_reviews.closed_on').whereNull('rounds.closed_on').where('peer_reviews.until', '<=', until).modify(query => { if (who === 'group') void query.whereExists(waiting(read, officer)); }).where(below(paths, who === 'group' ? 'groups.path' : 'villages.path')).orderBy('peer_reviews.until').orderBy('peer_reviews.id')
    .select('peer_reviews.id', 'peer_reviews.until', `${who}s.path`, 'villages.name as village', 'groups.name');
  return rows.map(row => ({ about: row.id, due: row.until, path: row.path, href: who === 'group' ? `/peers/${row.id}/sheet` : `/peers/${row.id}`, title: `${row.village} ${row.name}：背靠背评议${who === 'group' ? '' : '收齐、结束'}` }));
};

export const peerDues: readonly DueSource[] = [
  { name: 'peer-sheet', says: '背靠背评议', icon: 'people', power: 'peer.judge', list: list('group') },
  { name: 'peer-close', says: '收齐背靠背评议', icon: 'people', power: 'peer.convene', list: list('village') },
];
