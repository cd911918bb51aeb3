import type { Area } from '../web/area.ts';
import { endRunOut } from './end.ts';
import { noticeRoutes } from './pages.ts';

export const notices: Area = {
  name: 'notices', routes: noticeRoutes, personal: ['notice_entries'],
  jobs: [{ name: 'notices.end', cron: '5 0 * * *', run: async office => { await endRunOut(office); } }],
};
