import type { Area } from '../web/area.ts';
import { panelRoutes } from './pages.ts';

export const panels: Area = { name: 'panels', routes: panelRoutes };
