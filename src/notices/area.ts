import type { Area } from '../web/area.ts';
import { endRunOut } from './end.ts';
import { noticeRoutes } from './pages.ts';
import { noticeDues } from './due.ts';

export const notices: Area = {
  name: 'notices', routes: noticeRoutes, dues: noticeDues, personal: ['notice_entries'],
  jobs: [{ name: 'notices.end', cron: '5 0 * * *', run: async office => { await endRunOut(office); } }],
};
