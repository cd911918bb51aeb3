import type { Area } from '../web/area.ts';
import { objectionRoutes } from './pages.ts';
import { publicTitleRoutes } from './public-title-pages.ts';
import { publicRoutes } from './public-pages.ts';

export const objections: Area = { name: 'objections', routes: [...objectionRoutes, ...publicRoutes, ...publicTitleRoutes], personal: ['objections', 'answers'] };
