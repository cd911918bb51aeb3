import type { Area } from '../web/area.ts';
import { coopRoutes } from './pages.ts';

export const coop: Area = { name: 'coop', routes: coopRoutes, personal: ['lookups'] };
