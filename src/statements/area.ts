import type { Area } from '../web/area.ts';
import { statementRoutes } from './pages.ts';

/** 本人说明: what the person says to a value, a thing written down or the result stays beside it, wherever it is shown. */
export const statements: Area = { name: 'statements', routes: statementRoutes, personal: ['statements'] };
