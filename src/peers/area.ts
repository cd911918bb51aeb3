import type { Area } from '../web/area.ts';
import { peerDues } from './due.ts';
import { peerRoutes } from './pages.ts';
import { sheetRoutes } from './sheet-pages.ts';

/** 背靠背评议: what neighbours think, each alone; only what they come to together is kept in the open. */
export const peers: Area = { name: 'peers', routes: [...peerRoutes, ...sheetRoutes], dues: peerDues, personal: ['peer_answers', 'peer_results'] };
