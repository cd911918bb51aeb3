import type { Area } from '../web/area.ts';
import { keepRoutes } from './keep-pages.ts';
import { listRoutes, showRoutes } from './pages.ts';
import { duplicateRoutes, paperRoutes } from './paper-pages.ts';
import { peopleRoutes } from './people-pages.ts';
import { reshapeRoutes } from './reshape-pages.ts';

export const households: Area = {
  name: 'households',
  // Words before names: /households/new and /households/duplicates are no ids.
  routes: [...listRoutes, ...duplicateRoutes, ...keepRoutes, ...showRoutes, ...peopleRoutes, ...reshapeRoutes, ...paperRoutes],
  personal: ['households', 'members', 'vacated_numbers', 'household_events', 'apart', 'evidence', 'reveals'],
};
