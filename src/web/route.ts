import type { Power } from '../access/rules.ts';
import type { Fault } from '../kit/form.ts';
import type { Reply } from './reply.ts';
import type { Visit } from './visit.ts';

/** What went wrong with a post, for the page that shows the form again with everything that was typed. */
export interface Trouble { readonly status: number; readonly code: string; readonly words: string; readonly faults: readonly Fault[] }

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The coarse check before any work; the act asks again about the very subject. */
  readonly power: Power;
  readonly handle: (visit: Visit) => Promise<Reply>;
  /** Shows the form again after a refusal: 422 with faults at their fields, or the refusal's own status with its words. */
  readonly again?: (visit: Visit, trouble: Trouble) => Promise<Reply>;
  /** Files the form may carry, by field name. */
  readonly uploads?: { readonly fields: readonly string[]; readonly mostBytes: number };
  /** A question that must not stand in an address: it is posted, changes nothing, and so needs no token. */
  readonly search?: true;
  /** No session is read and the answer may be kept by caches: the public tree. */
  readonly open?: true;
}

type Declared = Omit<Route, 'method' | 'path'>;
export const get = (path: string, route: Declared): Route => ({ method: 'GET', path, ...route });
export const post = (path: string, route: Declared): Route => ({ method: 'POST', path, ...route });
