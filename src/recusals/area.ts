import type { Area } from '../web/area.ts';
import { recusalRoutes } from './pages.ts';

/** 回避: who stands aside from which household. What it closes is in the table of powers (`judges`). */
export const recusals: Area = { name: 'recusals', routes: recusalRoutes, personal: ['recusals', 'recusal_ends'] };
