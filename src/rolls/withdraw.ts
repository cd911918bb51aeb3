import type { Actor } from '../access/actor.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { caseColumns, mark, type Case } from '../rounds/mark.ts';
import { inUnit } from '../store/unit.ts';
import { rolls } from './refusals.ts';
import { revoke } from './revoke.ts';

/** Takes a whole roll down: its page says why, its certificates are void, its cases are approved again and can be published anew. What another roll of the round published stays. */
export async function withdrawRoll(office: Office, actor: Actor, { roll, reason }: { readonly roll: string; readonly reason: string }): Promise<void> {
  const row: { round: number; place_no: number; withdrawn_at: string | null } | undefined = await office.read('rolls').where({ id: roll }).first('round', 'place_no', 'withdrawn_at');
  if (row === undefined) return common.refuse('not-found');
  const place = await placeByNo(office.read, row.place_no);
  await inUnit(office, actor, [`round:${row.round}`, `roll:${row.round}:${row.place_no}`], async unit => {
    const subject = placeSubject(place);
    unit.require('roll.publish', subject);
    const now: { withdrawn_at: string | null } | undefined = await unit.read('rolls').where({ id: roll }).first('withdrawn_at');
    if (now === undefined || now.withdrawn_at !== null) rolls.refuse('roll-withdrawn');
    unit.change('rolls', { id: roll, withdrawn_at: unit.at, withdrawn_reason: reason });
    const published: { unit: number }[] = await unit.read('ledger').where({ subject: subject.id, act: 'roll.published' }).select('unit');
    const cases: (Case & { kind: string })[] = await unit.read('cases').join('subjects', 'subjects.no', 'cases.subject').join('places', 'places.no', 'subjects.place_no')
      .where({ 'cases.round': row.round, 'cases.standing': 'published' }).where('places.path', 'like', `${place.path}%`)
      .whereRaw(`(select max(m.unit) from marks m where m.round = cases.round and m.subject = cases.subject and m.mark = 'published') in (${published.map(() => '?').join(', ')})`, published.map(one => one.unit))
      .select(...caseColumns.map(column => `cases.${column}`), 'subjects.kind');
    const plain = (of: readonly (Case & { kind: string })[]): readonly Case[] => of.map(({ kind: _kind, ...one }) => one);
    mark(unit, plain(cases.filter(one => one.kind === 'household')), { mark: 'unpublished', track: 'household' });
    mark(unit, plain(cases.filter(one => one.kind !== 'household')), { mark: 'unpublished', track: 'title' });
    await revoke(unit, { round: row.round, subjects: cases.map(one => one.subject), why: 'roll' });
    unit.record({ act: 'roll.withdrawn', power: 'roll.publish', subject });
  });
}
