import type { Area } from '../web/area.ts';
import { signInRoutes } from './sign-in-pages.ts';

export const people: Area = { name: 'people', routes: [...signInRoutes] };
