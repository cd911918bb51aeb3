import { below } from '../places/below.ts';
import type { DueSource } from '../web/due.ts';
import { noticeStages, type NoticeStage } from './notice.ts';

interface Row { readonly id: string; readonly until: string; readonly stage: NoticeStage; readonly path: string; readonly name: string }

/** Notices that hang: the clock ends them in the night after their last day. A village's own belongs to the village, the later ones to its township. */
export const noticeDues: readonly DueSource[] = [{
  name: 'notice', says: '公示期满', icon: 'board', power: 'notice.post', byItself: true,
  async list(read, { paths, until }) {
    const rows: Row[] = await read('notices').join('rounds', 'rounds.no', 'notices.round').join('places', 'places.no', 'notices.place_no').whereNull('rounds.closed_on').whereNull('notices.unposted_on').whereNull('notices.ended_on')
      .where('notices.until', '<=', until).where(below(paths, 'places.path')).orderBy('notices.until').orderBy('notices.id').select('notices.id', 'notices.until', 'notices.stage', 'places.path', 'places.name');
    return rows.map(row => ({ about: row.id, due: row.until, path: row.stage === 'village' ? row.path : row.path.replace(/[^/]+\/$/, ''), href: `/notices/${row.id}`, title: `${row.name}：${noticeStages[row.stage].says}贴到这天` }));
  },
}];
