import type { Area } from '../web/area.ts';
import { changeRoutes } from './change-pages.ts';
import { checkRoutes } from './check-pages.ts';
import { awardDues } from './due.ts';
import { awardRoutes } from './pages.ts';
import { plaqueRoutes } from './plaque-pages.ts';

/** After the award: 年审, changes between two of them, the hearing before anything is taken, plaques. */
export const awards: Area = { name: 'awards', routes: [...awardRoutes, ...checkRoutes, ...changeRoutes, ...plaqueRoutes], dues: awardDues, personal: ['award_changes', 'award_steps'] };
