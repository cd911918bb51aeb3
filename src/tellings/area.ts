import type { Area } from '../web/area.ts';
import { tellingRoutes } from './pages.ts';
import { tellingDues } from './due.ts';

/** 减分的事: what takes points counts only after somebody else confirmed it and the person was told. */
export const tellings: Area = { name: 'tellings', routes: tellingRoutes, dues: tellingDues, personal: ['tellings'] };
