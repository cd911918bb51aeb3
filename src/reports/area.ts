import type { Area } from '../web/area.ts';
import { reportRoutes } from './pages.ts';

export const reports: Area = { name: 'reports', routes: reportRoutes };
