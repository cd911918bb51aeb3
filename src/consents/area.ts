import type { Area } from '../web/area.ts';
import { consentRoutes } from './pages.ts';

export const consents: Area = { name: 'consents', routes: consentRoutes, personal: ['consents', 'withdrawals'] };
