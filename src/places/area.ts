import type { Area } from '../web/area.ts';
import { get } from '../web/route.ts';
import { keepRoutes } from './keep-pages.ts';
import { showPlace, showPlaces } from './pages.ts';

export const places: Area = {
  name: 'places',
  routes: [
    get('/places', { power: 'place.read', handle: showPlaces }),
    get('/places/:id', { power: 'place.read', handle: showPlace }),
    ...keepRoutes,
  ],
};
