import { below } from '../places/below.ts';
import type { DueSource } from '../web/due.ts';

interface Row { readonly id: string; readonly to_day: string; readonly officer: string; readonly name: string; readonly path: string }

/** Leaves with a stand-in: on the last day the posts go back by themselves. */
export const leaveDues: readonly DueSource[] = [{
  name: 'leave', says: '请假结束', icon: 'person', power: 'officer.leave', byItself: true,
  async list(read, { paths, day, until }) {
    const rows: Row[] = await read('leaves').join('officers', 'officers.id', 'leaves.officer').join('posts', 'posts.officer', 'leaves.officer').join('places', 'places.no', 'posts.place_no')
      .whereNull('leaves.ended_at').where('leaves.from_day', '<=', day).where('leaves.to_day', '>=', day).where('leaves.to_day', '<=', until).where(open => { void open.whereNull('posts.until').orWhere('posts.until', '>', day); }).where(below(paths, 'places.path'))
      .distinct('leaves.id', 'leaves.to_day', 'leaves.officer', 'officers.name', 'places.path').orderBy('leaves.to_day').orderBy('leaves.id');
    return rows.map(row => ({ about: row.id, due: row.to_day, path: row.path, href: `/officers/${row.officer}`, title: `${row.name}请假到这天，代班同时结束` }));
  },
}];
