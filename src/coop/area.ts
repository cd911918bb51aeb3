import type { Area } from '../web/area.ts';
import { bankObjectionRoutes } from './objection-pages.ts';
import { coopRoutes } from './pages.ts';

export const coop: Area = { name: 'coop', routes: [...coopRoutes, ...bankObjectionRoutes], personal: ['lookups'] };
