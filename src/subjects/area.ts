import type { Area } from '../web/area.ts';

/** The one table of whatever can be rated; it has no pages of its own. */
export const subjects: Area = { name: 'subjects', routes: [], personal: ['subjects'] };
