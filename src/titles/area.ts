import type { Area } from '../web/area.ts';
import { titleRoutes } from './pages.ts';
import { publicRoutes } from './public-pages.ts';
import { titleDues } from './due.ts';

export const titles: Area = { name: 'titles', routes: [...titleRoutes, ...publicRoutes], dues: titleDues };
