import type { Area } from '../web/area.ts';
import { sittingRoutes } from './pages.ts';
import { tableRoutes } from './table-pages.ts';
import { ruleRoutes } from './rule-pages.ts';
import { sittingDues } from './due.ts';

/** 评定会: how a committee comes to a decision together, and what it leaves in writing. */
export const sittings: Area = { name: 'sittings', routes: [...ruleRoutes, ...sittingRoutes, ...tableRoutes], dues: sittingDues, personal: ['sitting_items', 'sitting_cases', 'sitting_results'] };
