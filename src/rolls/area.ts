import type { Area } from '../web/area.ts';
import { certificateRoutes } from './certificate-pages.ts';
import { manageRoutes } from './pages.ts';
import { posterRoutes } from './poster-pages.ts';
import { voidRoutes } from './void-pages.ts';
import { publicRoutes } from './public-pages.ts';

export const rolls: Area = {
  name: 'rolls',
  routes: [...publicRoutes, ...posterRoutes, ...voidRoutes, ...certificateRoutes, ...manageRoutes],
  personal: ['roll_subjects', 'certificates'],
};
