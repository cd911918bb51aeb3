import type { Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { placeEvent } from './establish.ts';
import { codeFault } from './place.ts';
import { placeById, placeByNo, placeSubject, placesUnder, placeWithCode } from './queries.ts';
import { places } from './refusals.ts';

/** A new name, and where the register changed it a new code; what was stays in the history. */
export async function rename(office: Office, actor: Actor, given: { readonly id: string; readonly name: string; readonly code?: string | undefined; readonly day: Day; readonly reason: string }): Promise<void> {
  await inUnit(office, actor, ['places'], async unit => {
    const place = await placeById(unit.read, given.id);
    unit.require('place.keep', placeSubject(place));
    if (place.until !== null) places.refuse('place-ended', { name: place.name });
    if (given.day > unit.day) fault('day', 'late', '还没到这一天，到了那天再来登记。');
    const code = given.code ?? null;
    if (given.name === place.name && code === place.code) return unit.nothingNew(undefined);
    const parent = place.parent_no === null ? undefined : await placeByNo(unit.read, place.parent_no);
    if (parent !== undefined && (await placesUnder(unit.read, parent.no)).some(other => other.no !== place.no && other.kind === place.kind && other.name === given.name)) places.refuse('place-name-taken', { name: given.name, field: 'name' });
    if (code !== null && code !== place.code) {
      const wrong = codeFault(code, place.kind, parent?.code ?? null);
      if (wrong !== undefined) fault('code', 'code', wrong);
      const other = await placeWithCode(unit.read, place.kind, code);
      if (other !== undefined) places.refuse('place-code-taken', { code, name: other.name, field: 'code' });
    }
    unit.change('places', { no: place.no, name: given.name, code });
    unit.insert('place_events', placeEvent(unit, place, { kind: 'renamed', day: given.day, was: { name: place.name, code: place.code }, now: { name: given.name, code }, reason: given.reason }));
    unit.record({ act: 'place.renamed', power: 'place.keep', subject: placeSubject(place) });
    return undefined;
  });
}
