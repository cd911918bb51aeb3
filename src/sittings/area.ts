import type { Area } from '../web/area.ts';
import { sittingRoutes } from './pages.ts';
import { tableRoutes } from './table-pages.ts';
import { ruleRoutes } from './rule-pages.ts';

/** 评定会: how a committee comes to a decision together, and what it leaves in writing. */
export const sittings: Area = { name: 'sittings', routes: [...ruleRoutes, ...sittingRoutes, ...tableRoutes], personal: ['sitting_items', 'sitting_cases', 'sitting_results'] };
