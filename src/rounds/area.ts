import type { Area } from '../web/area.ts';
import { get, post } from '../web/route.ts';
import { admitAll } from './admit.ts';
import { showCase, showVillage, takeExcuse, takeReadmit } from './case-pages.ts';
import { itemRoutes } from './item-pages.ts';
import { showClose, showOpen, showRound, showRounds, takeAdmit, takeClose, takeOpen, takeReopen } from './pages.ts';
import { roundDues } from './due.ts';

export const rounds: Area = {
  name: 'rounds',
  routes: [
    get('/rounds', { power: 'round.read', handle: showRounds }),
    get('/rounds/new', { power: 'round.open', handle: showOpen }),
    post('/rounds', { power: 'round.open', handle: takeOpen, again: showOpen }),
    get('/rounds/:round', { power: 'round.read', handle: showRound }),
    get('/rounds/:round/close', { power: 'round.open', handle: showClose }),
    post('/rounds/:round/close', { power: 'round.open', handle: takeClose }),
    post('/rounds/:round/reopen', { power: 'round.open', handle: takeReopen }),
    post('/rounds/:round/admit', { power: 'case.admit', handle: takeAdmit }),
    ...itemRoutes,
    get('/rounds/:round/villages/:village', { power: 'round.read', handle: showVillage }),
    get('/rounds/:round/cases/:household', { power: 'observation.read', handle: showCase }),
    post('/rounds/:round/cases/:household/excuse', { power: 'observation.read', handle: takeExcuse, again: showCase }),
    post('/rounds/:round/cases/:household/readmit', { power: 'observation.read', handle: takeReadmit }),
  ], dues: roundDues,
  jobs: [{ name: 'admit-households', cron: '20 2 * * *', run: admitAll }],
  personal: ['cases', 'marks', 'reasons'],
};
