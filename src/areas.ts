import type { Area } from './web/area.ts';
import { people } from './people/area.ts';
import { desk } from './desk/area.ts';

/** Contents page, mount order and import law in one: an area may import only from those before it. */
export const areas: readonly Area[] = [
  people,
  desk,
];
