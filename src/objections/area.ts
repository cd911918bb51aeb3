import type { Area } from '../web/area.ts';
import { objectionRoutes } from './pages.ts';
import { publicRoutes } from './public-pages.ts';

export const objections: Area = { name: 'objections', routes: [...objectionRoutes, ...publicRoutes], personal: ['objections', 'answers'] };
