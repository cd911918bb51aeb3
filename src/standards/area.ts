import type { Area } from '../web/area.ts';
import { get, post } from '../web/route.ts';
import { saveBase, showBases } from './base-pages.ts';
import { compareStandards } from './compare-pages.ts';
import { showEdit, showWeight, takeEdit } from './draft/edit-pages.ts';
import { showDraft, showStart, takeBack, takeDrop, takeFinish, takeForth, takeRecovery, takeStart } from './draft/pages.ts';
import { giveLaw, showBasis, showLaw, takeAmendment, takeBases, takeBasis, takeLapse } from './law/pages.ts';
import { layDown, printStandard, showStandard, showStandards, takeIn, takeOut, takeSchema, takeUp } from './pages.ts';
import { basisDues } from './due.ts';

/** A standard is a text file; the longest one that is read has two million characters. */
const mostBytes = 8 * 1024 * 1024;

export const standards: Area = {
  name: 'standards', dues: basisDues,
  routes: [
    get('/standards', { power: 'standard.read', handle: showStandards }),
    post('/standards', { power: 'standard.keep', handle: takeIn, again: showStandards, uploads: { fields: ['file'], mostBytes } }),
    get('/standards/schema.json', { power: 'standard.read', handle: takeSchema }),
    get('/standards/:hash', { power: 'standard.read', handle: showStandard }),
    get('/standards/:hash/print', { power: 'standard.read', handle: printStandard }),
    get('/standards/:hash/compare/:other', { power: 'standard.read', handle: compareStandards }),
    get('/standards/:hash/file/:form', { power: 'standard.read', handle: takeOut }),
    post('/standards/:hash/adopt', { power: 'standard.keep', handle: takeUp, again: showStandard }),
    post('/standards/:hash/retire', { power: 'standard.keep', handle: layDown, again: showStandard }),
    get('/drafts/new', { power: 'standard.keep', handle: showStart }),
    post('/drafts', { power: 'standard.keep', handle: takeStart, again: showStart, uploads: { fields: ['file'], mostBytes } }),
    get('/drafts/:id', { power: 'standard.keep', handle: showDraft }),
    post('/drafts/:id/back', { power: 'standard.keep', handle: takeBack, again: showDraft }),
    post('/drafts/:id/forth', { power: 'standard.keep', handle: takeForth, again: showDraft }),
    post('/drafts/:id/drop', { power: 'standard.keep', handle: takeDrop, again: showDraft }),
    post('/drafts/:id/recover', { power: 'standard.keep', handle: takeRecovery, again: showDraft }),
    post('/drafts/:id/finish', { power: 'standard.keep', handle: takeFinish, again: showDraft }),
    get('/drafts/:id/:at', { power: 'standard.keep', handle: showEdit }),
    post('/drafts/:id/:at', { power: 'standard.keep', handle: takeEdit, again: showEdit }),
    post('/drafts/:id/:at/weight', { power: 'standard.keep', handle: showWeight }),
    get('/law', { power: 'standard.read', handle: showLaw }),
    post('/law', { power: 'law.keep', handle: takeBasis, again: showLaw }),
    get('/law.csv', { power: 'standard.read', handle: giveLaw }),
    post('/law.csv', { power: 'law.keep', handle: takeBases, again: showLaw, uploads: { fields: ['file'], mostBytes: 1024 * 1024 } }),
    get('/law/:id', { power: 'standard.read', handle: showBasis }),
    post('/law/:id', { power: 'law.keep', handle: takeAmendment, again: showBasis }),
    post('/law/:id/lapse', { power: 'law.keep', handle: takeLapse, again: showBasis }),
    get('/bases', { power: 'standard.read', handle: showBases }),
    post('/bases', { power: 'base.keep', handle: saveBase, again: showBases }),
  ],
};
