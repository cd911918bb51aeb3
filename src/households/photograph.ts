import type { Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import { tell } from './event.ts';
import { keepEvidence, type EvidenceSource } from './evidence.ts';
import { changeable, loadHousehold } from './load.ts';
import { householdSubject } from './subject.ts';

/** The photo of a household (the house, never faces asked for); an earlier one stays in the evidence. */
export async function photograph(office: Office, actor: Actor, given: { readonly household: string; readonly source: EvidenceSource }): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const loaded = changeable(await loadHousehold(unit.read, given.household));
    const subject = householdSubject(loaded.key);
    unit.require('household.keep', subject);
    const photo = await keepEvidence(office, unit, { subject: given.household, kind: 'photo', source: given.source });
    unit.change('households', { id: given.household, photo, rev: loaded.row.rev + 1 });
    tell(unit, 'photographed', [{ household: given.household, body: {} }]);
    unit.record({ act: 'household.photographed', power: 'household.keep', subject });
  });
}
