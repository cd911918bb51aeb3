import type { Area } from '../web/area.ts';
import { installRoutes } from './install-pages.ts';

/** What grid workers carry: how it comes to trust this office. */
export const tablets: Area = { name: 'tablets', routes: installRoutes };
