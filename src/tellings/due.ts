import { addDays } from '../kit/time.ts';
import { never } from '../observations/span.ts';
import { below } from '../places/below.ts';
import type { DueSource } from '../web/due.ts';

interface Row { readonly no: number; readonly path: string; readonly name: string; readonly counts_from: string; readonly n?: number | string }

/** The last day on which somebody may still answer before something that takes points counts; the day after, it counts by itself. */
export const tellingDues: readonly DueSource[] = [{
  name: 'telling', says: '本人说明的期限', icon: 'file', power: 'telling.confirm', byItself: true,
  async list(read, { paths, day, until }) {
    const rows: Row[] = await read('events').join('rounds', 'rounds.no', 'events.round').join('cases', join => join.on('cases.round', 'events.round').andOn('cases.subject', 'events.subject')).join('places', 'places.no', 'cases.village')
      .where('events.counts_from', '>', day).where('events.counts_from', '<=', addDays(until, 1)).whereNot('events.counts_from', never).whereNull('events.voided').whereNull('rounds.closed_on').whereNot('cases.standing', 'excused').where(below(paths, 'places.path'))
      .groupBy('places.no', 'places.path', 'places.name', 'events.counts_from').orderBy('events.counts_from').select('places.no', 'places.path', 'places.name', 'events.counts_from').count({ n: '*' });
    return rows.map(row => ({ about: `${row.no}`, due: addDays(row.counts_from, -1), path: row.path, href: '/tellings', title: `${row.name} ${Number(row.n ?? 0)} 件减分的事，本人可以说明到这天` }));
  },
}];
