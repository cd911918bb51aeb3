import type { Actor } from '../../access/actor.ts';
import { placeByNo, placeSubject } from '../../places/queries.ts';
import { inUnit, type Desk } from '../../store/unit.ts';
import { standards } from '../refusals.ts';
import { draftById } from './queries.ts';
import { draftKey } from './step.ts';

/** Puts a draft out of sight, or brings it back: nothing of it is lost. */
export async function dropDraft(office: Desk, actor: Actor, { id, isDropped }: { readonly id: string; readonly isDropped: boolean }): Promise<void> {
  await inUnit(office, actor, [draftKey(id)], async unit => {
    const draft = await draftById(unit.read, id);
    const subject = placeSubject(await placeByNo(unit.read, draft.county_no));
    unit.require('standard.keep', subject);
    if (draft.standard !== null) standards.refuse('draft-closed');
    if ((draft.dropped === 1) === isDropped) return unit.nothingNew(undefined);
    unit.change('drafts', { id, dropped: isDropped ? 1 : 0 });
    unit.record({ act: isDropped ? 'standard.dropped' : 'standard.recovered', power: 'standard.keep', subject });
    return undefined;
  });
}
