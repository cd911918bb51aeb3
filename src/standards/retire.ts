import { actorId, type Actor } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { inUnit, type Desk } from '../store/unit.ts';
import { standardEvents, standardRow, useOf } from './queries.ts';
import { standards } from './refusals.ts';

/** A county stops using a standard for new rounds. Rounds that were opened with it go on with it: results never change after the fact. */
export async function retire(office: Desk, actor: Actor, given: { readonly hash: string; readonly county: number; readonly day: Day; readonly note: string }): Promise<void> {
  await inUnit(office, actor, [`standard:${given.hash}`], async unit => {
    const row = await standardRow(unit.read, given.hash);
    const county = await placeByNo(unit.read, given.county);
    const subject = placeSubject(county);
    unit.require('standard.keep', subject);
    const events = await standardEvents(unit.read, row.hash);
    const last = events.filter(event => event.county_no === county.no).at(-1);
    if (last?.kind === 'retired') return unit.nothingNew(undefined);
    if (useOf(events, { standard: row.hash, county: county.no, day: unit.day }) === 'kept') standards.refuse('standard-not-in-use');
    unit.insert('standard_events', {
      id: newId(), standard: row.hash, county_no: county.no, kind: 'retired', day: given.day, filing_no: '', note: given.note, basis: '', simulation: null, at: unit.at, by: actorId(actor),
    });
    unit.record({ act: 'standard.retired', power: 'standard.keep', subject });
    return undefined;
  });
}
