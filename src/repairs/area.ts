import type { Area } from '../web/area.ts';
import { householdRoutes } from './household-pages.ts';
import { lookBackRoutes } from './look-back-pages.ts';
import { repairRoutes } from './pages.ts';
import { repairDues } from './due.ts';

/** 信用修复: what was put right counts and is shown no longer, by application, proof, pledge and decision. */
export const repairs: Area = { name: 'repairs', routes: [...householdRoutes, ...repairRoutes, ...lookBackRoutes], dues: repairDues, personal: ['repairs', 'repair_steps', 'state_items', 'lookbacks'] };
