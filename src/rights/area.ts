import type { Area } from '../web/area.ts';
import { rightDues } from './due.ts';
import { householdRoutes } from './household-pages.ts';
import { rightRoutes } from './pages.ts';
import { paperRoutes } from './paper-pages.ts';

/** 权益窗口: what anybody may ask about the own data, opened at the hall for who has no smartphone. */
export const rights: Area = { name: 'rights', routes: [...householdRoutes, ...paperRoutes, ...rightRoutes], dues: rightDues, personal: ['rights_requests', 'rights_steps'] };
