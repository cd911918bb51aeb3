import { actorId } from '../../access/actor.ts';
import { canonical, type Json } from '../../kit/canonical.ts';
import { sha256 } from '../../store/trace.ts';
import type { Unit } from '../../store/unit.ts';
import { isTooLong, mostEntries } from '../extent.ts';
import { longestStandard } from '../read.ts';
import { standards } from '../refusals.ts';
import { common } from '../../kit/refusals.ts';
import { bodyAt, type Draft } from './queries.ts';
import type { Body } from './edit/path.ts';

/** How many former bodies of a draft can be gone back to. */
const mostBodies = 60;

/** Unit-level: the draft has a new body. Answers false when it is the one it had. */
export async function writeStep(unit: Unit, draft: Draft, body: Body, address: string): Promise<boolean> {
  const text = canonical(body as Json);
  if (text.length > longestStandard) common.refuse('too-large', { most: `${longestStandard} 个字符` });
  if (isTooLong(body)) standards.refuse('draft-too-long', { most: mostEntries });
  const before = await bodyAt(unit.read, draft.id, draft.shown);
  if (before !== undefined && canonical(before as Json) === text) return false;
  const seq = draft.seq + 1;
  unit.insert('draft_steps', { draft: draft.id, seq, base: draft.shown, shown: seq, address, digest: sha256(text), at: unit.at, by: actorId(unit.actor) });
  unit.insert('draft_bodies', { draft: draft.id, seq, body: text });
  const stale: { seq: number }[] = await unit.read('draft_bodies').where({ draft: draft.id }).where('seq', '<=', seq - mostBodies).whereNot({ seq: draft.shown }).select('seq');
  if (stale.length > 0) unit.remove('draft_bodies', stale.map(row => ({ draft: draft.id, seq: row.seq })));
  unit.change('drafts', { id: draft.id, seq, shown: seq, title: titleOf(body) });
  return true;
}

/** A draft that is finished or thrown away stays as it is. */
export function requireOpen({ standard, dropped }: Draft): void { if (standard !== null || dropped === 1) standards.refuse('draft-closed'); }

export const titleOf = (body: Body): string => typeof body['title'] === 'string' && body['title'] !== '' ? body['title'].slice(0, 80) : '还没有名称';
export const draftKey = (id: string): string => `draft:${id}`;
