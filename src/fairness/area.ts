import type { Area } from '../web/area.ts';
import { checkRoutes } from './check-pages.ts';
import { drawRoutes } from './draw-pages.ts';
import { checkDues } from './due.ts';
import { fairnessRoutes } from './pages.ts';

/** 公平监测: what stands out in how households were collected and rated, who looks into it, and a draw of those seen again. It changes no grade. */
export const fairness: Area = { name: 'fairness', routes: [...fairnessRoutes, ...checkRoutes, ...drawRoutes], dues: checkDues, personal: ['revisit_lots', 'revisits'] };
