import type { Area } from '../web/area.ts';
import { checkRoutes } from './check-pages.ts';
import { contestRoutes } from './contest-pages.ts';
import { cureRoutes } from './cure-pages.ts';
import { eventRoutes } from './event-pages.ts';
import { historyRoutes } from './history-pages.ts';
import { missedRoutes } from './missed-pages.ts';
import { sheetRoutes } from './pages.ts';
import { paperRoutes } from './paper-pages.ts';
import { todayRoutes } from './today-pages.ts';

export const observations: Area = {
  name: 'observations',
  routes: [...todayRoutes, ...sheetRoutes, ...paperRoutes, ...checkRoutes, ...historyRoutes, ...eventRoutes, ...cureRoutes, ...missedRoutes, ...contestRoutes],
  personal: ['sheets', 'current_values', 'events', 'contests', 'missed_visits', 'sign_offs'],
};
