import type { Area } from '../web/area.ts';
import { get, post } from '../web/route.ts';
import { jsonWhy, printWhy, showLift, showWhy, takeAdjust, takeRate, takeReopen } from './pages.ts';
import { draftNightly } from './lapsed/draft.ts';
import { showRecomputation, showRecomputations, takeDraft } from './lapsed/pages.ts';
import { jsonPlace, printPlace, showPlace } from './place-pages.ts';
import { countNightly, recheckNightly, resumeRuns } from './resume.ts';
import { totalsRoutes } from './totals-pages.ts';
import { showRun, takeCount, takeGoOn, takeRun, takeStop } from './run-pages.ts';

export const ratings: Area = {
  name: 'ratings',
  routes: [
    get('/ratings/runs/:id', { power: 'rating.read', handle: showRun }),
    post('/ratings/runs/:id/stop', { power: 'rating.run', handle: takeStop }),
    post('/ratings/runs/:id/go-on', { power: 'rating.run', handle: takeGoOn }),
    get('/recomputations', { power: 'rating.read', handle: showRecomputations }),
    post('/recomputations', { power: 'law.keep', handle: takeDraft }),
    get('/recomputations/:round/:place', { power: 'rating.read', handle: showRecomputation }),
    get('/ratings/:round/places/:place.json', { power: 'rating.read', handle: jsonPlace }),   // Before the page, whose address would take it in.
    get('/ratings/:round/places/:place', { power: 'rating.read', handle: showPlace }),
    get('/ratings/:round/places/:place/print', { power: 'rating.read', handle: printPlace }),
    post('/ratings/:round/places/:place/runs', { power: 'rating.run', handle: takeRun }),
    post('/ratings/:round/places/:place/count', { power: 'rating.run', handle: takeCount }),
    ...totalsRoutes,
    get('/ratings/:round/:household.json', { power: 'rating.read', handle: jsonWhy }),   // Before the page, whose address would take it in.
    get('/ratings/:round/:household', { power: 'rating.read', handle: showWhy }),
    get('/ratings/:round/:household/lift', { power: 'rating.read', handle: showLift }),
    get('/ratings/:round/:household/print', { power: 'rating.read', handle: printWhy }),
    post('/ratings/:round/:household/rate', { power: 'rating.run', handle: takeRate }),
    post('/ratings/:round/:household/adjust', { power: 'rating.adjust', handle: takeAdjust, again: showWhy }),
    post('/ratings/:round/:household/reopen', { power: 'case.review', handle: takeReopen, again: showWhy }),
  ],
  jobs: [
    { name: 'resume-ratings', cron: '* * * * *', run: resumeRuns },
    { name: 'count-titles', cron: '50 2 * * *', run: countNightly },
    { name: 'draft-recomputations', cron: '40 2 * * *', run: draftNightly },
    { name: 'recheck-ratings', cron: '10 3 * * *', run: recheckNightly },
  ],
  personal: ['ratings', 'adjustments'],
};
