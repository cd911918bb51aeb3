import type { Area } from '../web/area.ts';
import { titleRoutes } from './pages.ts';

export const titles: Area = { name: 'titles', routes: titleRoutes };
