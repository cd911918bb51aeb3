import type { Area } from '../web/area.ts';
import { helpRoutes } from './help-pages.ts';
import { deskRoutes } from './pages.ts';

export const desk: Area = { name: 'desk', routes: [...deskRoutes, ...helpRoutes] };
