import type { Actor } from '../../access/actor.ts';
import { canonical, type Json } from '../../kit/canonical.ts';
import { placeByNo, placeSubject } from '../../places/queries.ts';
import { inUnit, type Desk } from '../../store/unit.ts';
import { standards } from '../refusals.ts';
import { held, type Change, type Path } from './edit/path.ts';
import { bodyAt, draftById } from './queries.ts';
import { draftKey, requireOpen, writeStep } from './step.ts';

/** `seen` is the step that the page showed; `path` is what the page is about, and no members where nothing that stands can be overwritten. `isTyped`: the page will show again what was typed. */
export interface Revision { readonly id: string; readonly seen: number; readonly path: Path; readonly members?: readonly string[]; readonly address: string; readonly isTyped?: boolean; readonly change: Change }

/**
 * One edit of a draft. Two people on different pages do not disturb each other; what somebody else changed on the same page since is never
 * overwritten: the later one is refused, sees both, and decides.
 */
export async function revise(office: Desk, actor: Actor, { id, seen, path, members, address, isTyped = false, change }: Revision): Promise<void> {
  await inUnit(office, actor, [draftKey(id)], async unit => {
    const draft = await draftById(unit.read, id);
    const subject = placeSubject(await placeByNo(unit.read, draft.county_no));
    unit.require('standard.keep', subject);
    requireOpen(draft);
    const body = await bodyAt(unit.read, id, draft.shown) ?? {};
    if (seen !== draft.shown) {
      const base = await bodyAt(unit.read, id, seen);
      const part = (whole: unknown): string => { const own = held(whole, path); return canonical((members === undefined ? own ?? null : members.map(member => held(own, [member]) ?? null)) as Json); };
      if (base === undefined || part(base) !== part(body)) standards.refuse(isTyped ? 'draft-changed' : 'draft-moved-on');
    }
    if (!await writeStep(unit, draft, change(body), address)) return unit.nothingNew(undefined);
    unit.record({ act: 'standard.revised', power: 'standard.keep', subject });
    return undefined;
  });
}
