import { actorId, type Actor } from '../../access/actor.ts';
import { canonical, type Json } from '../../kit/canonical.ts';
import { newId } from '../../kit/id.ts';
import { placeByNo, placeSubject } from '../../places/queries.ts';
import { sha256 } from '../../store/trace.ts';
import { inUnit, type Desk } from '../../store/unit.ts';
import type { Body } from './edit/path.ts';
import { titleOf } from './step.ts';

/** Begins a draft for a county: it has the next free version of its name, and the county's own place. Answers its id. */
export async function startDraft(office: Desk, actor: Actor, given: { readonly county: number; readonly body: Body; readonly origin: string }): Promise<string> {
  const id = newId();
  return inUnit(office, actor, [`standards:${given.county}`], async unit => {
    const county = await placeByNo(unit.read, given.county);
    const subject = placeSubject(county);
    unit.require('standard.keep', subject);
    const kept: { version: string }[] = typeof given.body['key'] === 'string' ? await unit.read('standards').where({ county_no: county.no, key: given.body['key'] }).select('version') : [];
    const version = Math.max(0, ...kept.map(row => Number(row.version))) + 1;
    const body: Body = { ...given.body, version, place: { code: county.code ?? '', name: county.name } };
    const text = canonical(body as Json);
    unit.insert('drafts', { id, county_no: county.no, origin: given.origin, title: titleOf(body), seq: 1, shown: 1, standard: null, dropped: 0, at: unit.at, by: actorId(actor) });
    unit.insert('draft_steps', { draft: id, seq: 1, base: 0, shown: 1, address: 'head', digest: sha256(text), at: unit.at, by: actorId(actor) });
    unit.insert('draft_bodies', { draft: id, seq: 1, body: text });
    unit.record({ act: 'standard.drafted', power: 'standard.keep', subject });
    return id;
  });
}
