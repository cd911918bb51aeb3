import type { Area } from '../web/area.ts';
import { deadlineRoutes } from './pages.ts';
import { remindAll } from './remind.ts';

/** 期限: everything with a due day on one board, told in time and raised when it stays undone. */
export const deadlines: Area = {
  name: 'deadlines', routes: deadlineRoutes,
  jobs: [{ name: 'deadlines.remind', cron: '15 6 * * *', run: async (office, stop) => { await remindAll(office, stop); } }],
};
