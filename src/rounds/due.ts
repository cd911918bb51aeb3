import type { Knex } from 'knex';
import { below } from '../places/below.ts';
import type { Asked, Due, DueSource } from '../web/due.ts';

interface Row { readonly round: number; readonly no: number; readonly path: string; readonly name: string; readonly village: string; readonly collect_until: string; readonly n?: number | string }

/** Households that nobody has visited yet, by grid or by village: the collecting of a round ends on a day. */
async function unvisited(read: Knex, { paths, until }: Asked, by: 'cases.grid' | 'cases.village'): Promise<readonly Due[]> {
  const rows: Row[] = await read('cases').join('rounds', 'rounds.no', 'cases.round').join('places', 'places.no', by).join('places as villages', 'villages.no', 'cases.village')
    .whereNull('rounds.closed_on').where('rounds.collect_until', '<=', until).where('cases.standing', 'open').where(below(paths, 'places.path'))
    .groupBy('cases.round', 'rounds.collect_until', 'places.no', 'places.path', 'places.name', 'villages.name').orderBy('places.path').select('cases.round', 'rounds.collect_until', 'places.no', 'places.path', 'places.name', 'villages.name as village').count({ n: '*' });
  return rows.map(row => ({ about: `${row.round}:${row.no}`, due: row.collect_until, path: row.path, href: '/today', title: `采集：${row.village}${by === 'cases.grid' ? ` ${row.name}` : ''}还有 ${Number(row.n ?? 0)} 户` }));
}

interface Ended { readonly id: string; readonly name: string; readonly valid_until: string; readonly path: string }

export const roundDues: readonly DueSource[] = [
  { name: 'collect-grid', says: '入户采集', icon: 'house', power: 'observation.record', list: (read, asked) => unvisited(read, asked, 'cases.grid') },
  { name: 'collect-village', says: '入户采集', icon: 'house', power: 'observation.settle', list: (read, asked) => unvisited(read, asked, 'cases.village') },
  {
    name: 'validity', says: '等级到期，开新的批次', icon: 'calendar', power: 'round.open',
    /** Grades end with their round's validity; whoever has opened the next round has seen to it. */
    async list(read, { paths, until }) {
      const rows: Ended[] = await read('rounds').join('places', 'places.no', 'rounds.place_no').whereNotNull('rounds.closed_on').where('rounds.valid_until', '<=', until).where(below(paths, 'places.path'))
        .whereNotExists(read('rounds as next').whereRaw('next.previous_no = rounds.no').select('next.no')).orderBy('rounds.valid_until').select('rounds.id', 'rounds.name', 'rounds.valid_until', 'places.path');
      return rows.map(row => ({ about: row.id, due: row.valid_until, path: row.path, href: `/rounds/${row.id}`, title: `${row.name}的等级到期，开新的批次` }));
    },
  },
];
