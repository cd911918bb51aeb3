import type { Area } from '../web/area.ts';
import { objectionRoutes } from './pages.ts';
import { publicTitleRoutes } from './public-title-pages.ts';
import { publicSheetRoutes } from './public-sheet-pages.ts';
import { publicRoutes } from './public-pages.ts';
import { letterRoutes } from './letter-pages.ts';
import { objectionDues } from './due.ts';

export const objections: Area = { name: 'objections', routes: [...objectionRoutes, ...publicRoutes, ...publicSheetRoutes, ...publicTitleRoutes, ...letterRoutes], dues: objectionDues, personal: ['objections', 'answers'] };
