import type { Actor } from '../../access/actor.ts';
import { later } from '../../kit/later.ts';
import { placeByNo, placeSubject } from '../../places/queries.ts';
import { inUnit, type Desk } from '../../store/unit.ts';
import { keepingKeys, keepStandard } from '../import.ts';
import { standards } from '../refusals.ts';
import { bodyAt, draftById } from './queries.ts';
import { draftKey, requireOpen } from './step.ts';
import { findingsOn, toMend } from './troubles.ts';

const yaml = later<typeof import('yaml')>('yaml');

/** 定稿: the draft becomes a kept standard, whose bytes never change again. What must be mended is mended first; a topic that needs a written basis is decided at the adoption. Answers its hash. */
export async function finishDraft(office: Desk, actor: Actor, { id, seen }: { readonly id: string; readonly seen: number }): Promise<string> {
  const county = (await draftById(office.read, id)).county_no;
  return inUnit(office, actor, [draftKey(id), ...keepingKeys(county)], async unit => {
    const draft = await draftById(unit.read, id);
    const place = await placeByNo(unit.read, draft.county_no);
    const subject = placeSubject(place);
    unit.require('standard.keep', subject);
    if (draft.standard !== null) return unit.nothingNew(draft.standard);
    requireOpen(draft);
    if (seen !== draft.shown) standards.refuse('draft-moved-on');
    const body = await bodyAt(unit.read, id, draft.shown) ?? {};
    const open = toMend((await findingsOn(unit.read, body)).troubles);
    if (open.length > 0) standards.refuse('draft-not-ready', { count: open.length });
    const { hash } = await keepStandard(unit, place, yaml().stringify(body, { lineWidth: 0 }));
    unit.change('drafts', { id, standard: hash });
    unit.record({ act: 'standard.finished', power: 'standard.keep', subject });
    return hash;
  });
}
