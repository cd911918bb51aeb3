import { canonical } from '../kit/canonical.ts';
import type { Json } from '../kit/canonical.ts';
import type { Facts } from './facts.ts';
import { itemsOf } from './facts.ts';
import { isMade, stateOf } from './standard.ts';
import type { Standard } from './standard.ts';

/** The one text of a standard: key order and layout of its file make no difference. This is what is kept, hashed and exported. */
export const standardText = (standard: Standard): string => canonical(standard as unknown as Json);

/** The standard's hash; the digest of bytes comes in, because browser and server have different ones. */
export const standardHash = (standard: Standard, sha256: (bytes: Uint8Array) => string): string => sha256(new TextEncoder().encode(standardText(standard)));

/** The facts a rating saw, as one text in which the order of events leaves no mark. Personal: its digest is only ever kept with a salt. */
export function factsText(standard: Standard, facts: Facts): string {
  const known = standard.indicators.flatMap((indicator, slot): [string, Json][] => {
    if (indicator.type === 'events' || isMade(indicator)) return [];
    const state = stateOf(facts.states[slot] ?? 1);
    return state === 'notAsked' ? [] : [[indicator.key, state === 'known' ? facts.values[slot] ?? 0 : state]];
  });
  const events = facts.events.map(event => canonical([standard.indicators[event.slot]?.key ?? '', itemsOf(standard.indicators[event.slot])[event.item]?.key ?? '', event.day, event.amount])).sort();
  return canonical({ facts: Object.fromEntries(known), events });
}
