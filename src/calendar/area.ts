import type { Area } from '../web/area.ts';
import { get, post } from '../web/route.ts';
import { drop, keep, load, showCalendar } from './pages.ts';
import { termRoutes } from './terms-pages.ts';

export const calendar: Area = {
  name: 'calendar',
  routes: [
    get('/calendar', { power: 'calendar.keep', handle: showCalendar }),
    post('/calendar', { power: 'calendar.keep', handle: keep, again: showCalendar }),
    post('/calendar/file', { power: 'calendar.keep', handle: load, again: showCalendar, uploads: { fields: ['file'], mostBytes: 262_144 } }),
    ...termRoutes,
    post('/calendar/:day/drop', { power: 'calendar.keep', handle: drop }),
  ],
};
