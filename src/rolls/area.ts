import type { Area } from '../web/area.ts';
import { certificateRoutes } from './certificate-pages.ts';
import { manageRoutes } from './pages.ts';
import { posterRoutes } from './poster-pages.ts';
import { publicRoutes } from './public-pages.ts';

export const rolls: Area = {
  name: 'rolls',
  routes: [...publicRoutes, ...posterRoutes, ...certificateRoutes, ...manageRoutes],
  personal: ['roll_subjects', 'certificates'],
};
