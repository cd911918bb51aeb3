import { typed } from '../kit/form.ts';
import type { Visit } from '../web/visit.ts';
import { limiterOf } from './limiter.ts';
import { objections } from './refusals.ts';

/** From one address in an hour. A village hall shares one address, so this is far above what one village says in a day. */
const lodging = { most: 10, minutes: 60 };
/** Nobody reads the form and writes a sentence in less. */
const leastMs = 3_000;

/** When the open form was shown, as its hidden field says. */
export const shownAt = (visit: Visit): string => visit.method === 'POST' ? typed(visit.raw, 'shown') : visit.at;

/** Refuses what no person sends: a field that is hidden from people filled in, an answer sooner than it can be read, too many from one address. */
export function mustBeSincere(visit: Visit): void {
  const { raw } = visit;
  if (typed(raw, 'website') !== '') objections.refuse('objection-filled');
  const shown = Date.parse(typed(raw, 'shown'));
  if (Number.isFinite(shown) && Date.parse(visit.at) - shown < leastMs) objections.refuse('objection-unseen');
  if (visit.actor.kind === 'anyone' && !limiterOf(visit.office, 'lodge', lodging).allows(visit.address)) objections.refuse('objection-busy');
}
