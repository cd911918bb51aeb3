import type { Area } from '../web/area.ts';
import { get, post } from '../web/route.ts';
import { saveBank, showBanks } from './bank-pages.ts';
import { saveFirstRun, showFirstRun } from './first-run-pages.ts';
import { showMe } from './me-pages.ts';
import { saveAppoint, saveNewOfficer, showAppoint, showNewOfficer, showOfficer, showOfficers } from './officer-pages.ts';
import { savePin, showPin } from './pin-pages.ts';
import * as posts from './post-pages.ts';
import { signInRoutes } from './sign-in-pages.ts';
import { leaveDues } from './due.ts';

export const people: Area = {
  name: 'people',
  routes: [
    ...signInRoutes,
    get('/first-run', { power: 'anyone', handle: showFirstRun }),
    post('/first-run', { power: 'anyone', handle: saveFirstRun, again: showFirstRun }),
    get('/me', { power: 'officer', handle: showMe }),
    get('/me/pin', { power: 'officer', handle: showPin }),
    post('/me/pin', { power: 'officer', handle: savePin, again: showPin }),
    get('/officers', { power: 'officer.read', handle: showOfficers }),
    get('/officers/new', { power: 'officer.appoint', handle: showNewOfficer }),
    post('/officers/new', { power: 'officer.appoint', handle: saveNewOfficer, again: showNewOfficer }),
    get('/officers/:id', { power: 'officer.read', handle: showOfficer }),
    get('/officers/:id/revise', { power: 'officer.appoint', handle: posts.showRevise }),
    post('/officers/:id/revise', { power: 'officer.appoint', handle: posts.saveRevise, again: posts.showRevise }),
    get('/officers/:id/appoint', { power: 'officer.appoint', handle: showAppoint }),
    post('/officers/:id/appoint', { power: 'officer.appoint', handle: saveAppoint, again: showAppoint }),
    get('/officers/:id/posts/:post/dismiss', { power: 'officer.appoint', handle: posts.showDismiss }),
    post('/officers/:id/posts/:post/dismiss', { power: 'officer.appoint', handle: posts.saveDismiss, again: posts.showDismiss }),
    get('/officers/:id/close', { power: 'officer.appoint', handle: posts.showClose }),
    post('/officers/:id/close', { power: 'officer.appoint', handle: posts.saveClose, again: posts.showClose }),
    post('/officers/:id/reopen', { power: 'officer.appoint', handle: posts.reopen }),
    get('/officers/:id/leave', { power: 'officer.leave', handle: posts.showLeave }),
    post('/officers/:id/leave', { power: 'officer.leave', handle: posts.saveLeave, again: posts.showLeave }),
    post('/leaves/:id/end', { power: 'officer.leave', handle: posts.stopLeave }),
    get('/officers/:id/hand-over', { power: 'officer.leave', handle: posts.showHandOver }),
    post('/officers/:id/hand-over', { power: 'officer.leave', handle: posts.saveHandOver, again: posts.showHandOver }),
    post('/officers/:id/unlock', { power: 'officer.secure', handle: posts.freeAccount }),
    post('/officers/:id/new-password', { power: 'officer.secure', handle: posts.giveNewPassword }),
    post('/officers/:id/sign-out', { power: 'officer.secure', handle: posts.signOutAll }),
    get('/banks', { power: 'settings.keep', handle: showBanks }),
    post('/banks', { power: 'settings.keep', handle: saveBank, again: showBanks }),
    get('/banks/:id', { power: 'settings.keep', handle: showBanks }),
    post('/banks/:id', { power: 'settings.keep', handle: saveBank, again: showBanks }),
  ], dues: leaveDues,
};
