import { addMinutes } from '../kit/time.ts';
import type { Area } from '../web/area.ts';
import { exportRoutes } from './export-pages.ts';
import { importRoutes } from './import-pages.ts';
import { sweep } from './parcels.ts';

const keptDays = 7;

export const exchange: Area = {
  name: 'exchange',
  routes: [...importRoutes, ...exportRoutes],
  // The file itself goes once it is loaded; rows that came back, and files nobody loaded, hold what is sealed elsewhere and do not stay either.
  jobs: [{ name: 'sweep-imports', cron: '10 2 * * *', run: async office => { await sweep(office, addMinutes(office.clock.now(), -keptDays * 24 * 60)); } }],
};
