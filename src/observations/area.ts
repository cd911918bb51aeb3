import type { Area } from '../web/area.ts';
import { checkRoutes } from './check-pages.ts';
import { contestRoutes } from './contest-pages.ts';
import { eventRoutes } from './event-pages.ts';
import { historyRoutes } from './history-pages.ts';
import { sheetRoutes } from './pages.ts';
import { todayRoutes } from './today-pages.ts';

export const observations: Area = {
  name: 'observations',
  routes: [...todayRoutes, ...sheetRoutes, ...checkRoutes, ...historyRoutes, ...eventRoutes, ...contestRoutes],
  personal: ['sheets', 'current_values', 'events', 'contests', 'sign_offs'],
};
