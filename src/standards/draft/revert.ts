import { actorId, type Actor } from '../../access/actor.ts';
import { canonical, type Json } from '../../kit/canonical.ts';
import { placeByNo, placeSubject } from '../../places/queries.ts';
import { sha256 } from '../../store/trace.ts';
import { inUnit, type Desk } from '../../store/unit.ts';
import { standards } from '../refusals.ts';
import { bodyAt, draftById, waysOf } from './queries.ts';
import { draftKey, requireOpen, titleOf } from './step.ts';

/** Takes the last edit back, or puts it there again. That is a step of its own: nothing that was written is lost. A page that showed another state is refused. */
export async function revert(office: Desk, actor: Actor, { id, seen, way }: { readonly id: string; readonly seen: number; readonly way: 'back' | 'forth' }): Promise<void> {
  await inUnit(office, actor, [draftKey(id)], async unit => {
    const draft = await draftById(unit.read, id);
    const subject = placeSubject(await placeByNo(unit.read, draft.county_no));
    unit.require('standard.keep', subject);
    requireOpen(draft);
    if (seen !== draft.shown) standards.refuse('draft-moved-on');
    const shown = (await waysOf(unit.read, draft))[way];
    const body = shown === undefined ? undefined : await bodyAt(unit.read, id, shown);
    if (shown === undefined || body === undefined) return standards.refuse('nothing-to-go-back');
    const seq = draft.seq + 1;
    unit.insert('draft_steps', { draft: id, seq, base: draft.shown, shown, address: 'head', digest: sha256(canonical(body as Json)), at: unit.at, by: actorId(actor) });
    unit.change('drafts', { id, seq, shown, title: titleOf(body) });
    unit.record({ act: 'standard.reverted', power: 'standard.keep', subject });
    return undefined;
  });
}
