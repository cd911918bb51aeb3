import { clockwork } from '../access/actor.ts';
import type { Area } from '../web/area.ts';
import { auditRoutes } from './pages.ts';
import { startVerify } from './run.ts';

export const audit: Area = {
  name: 'audit',
  routes: auditRoutes,
  jobs: [{ name: 'verify-ledger', cron: '30 3 * * *', run: (office, stop) => startVerify(office, clockwork, stop) }],
};
