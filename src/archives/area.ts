import type { Area } from '../web/area.ts';
import { archiveRoutes } from './pages.ts';

/** 归档: a closed round as one sealed file that anybody can read without this program. */
export const archives: Area = { name: 'archives', routes: archiveRoutes };
