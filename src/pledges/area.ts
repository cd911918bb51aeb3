import type { Area } from '../web/area.ts';
import { pledgeRoutes } from './pages.ts';
import { publicRoutes } from './public-pages.ts';
import { pledgeDues } from './due.ts';

/** 信用承诺: words given and kept. */
export const pledges: Area = { name: 'pledges', routes: [...publicRoutes, ...pledgeRoutes], dues: pledgeDues, personal: ['pledges', 'pledge_steps'] };
