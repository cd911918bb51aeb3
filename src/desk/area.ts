import type { Area } from '../web/area.ts';

export const desk: Area = { name: 'desk', routes: [] };
