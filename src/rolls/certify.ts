import { actorId, type Actor } from '../access/actor.ts';
import type { Place } from '../places/place.ts';
import type { Round } from '../rounds/round.ts';
import type { Unit } from '../store/unit.ts';

/** A published result; `code` is '' for a title, which has no grades. */
export interface Certified { readonly subject: number; readonly code: string; /** Of one that was looked at between two rounds; else the round's. */ readonly until?: string }
interface Held { readonly no: string; readonly subject: number; readonly revoked_on: string | null; readonly grade_code: string }

/**
 * Unit-level: a certificate for each, of township code, year and a running number that is never used again. One that was void meanwhile holds again
 * when the result is what its paper says; another grade has a new number, which the old one names.
 */
export async function certify(unit: Unit, actor: Actor, { round, place, results }: { readonly round: Round; readonly place: Pick<Place, 'no' | 'code'>; readonly results: readonly Certified[] }): Promise<void> {
  const rows: Held[] = await unit.read('certificates').where({ round: round.no }).whereNull('replaced_by').select('no', 'subject', 'revoked_on', 'grade_code');
  const held = new Map(rows.map(row => [row.subject, row]));
  const isSame = (one: Certified): boolean => held.get(one.subject)?.grade_code === one.code;
  const back = new Set(results.filter(isSame).map(one => one.subject));
  const restored = rows.filter(row => row.revoked_on !== null && back.has(row.subject));
  if (restored.length > 0) unit.change('certificates', restored.map(({ no }) => ({ no, revoked_on: null, revoked_reason: null })));
  const fresh = results.filter(one => !isSame(one));
  const prefix = `${place.code ?? place.no}-${round.year}-`;
  const last: { no: string } | undefined = await unit.read('certificates').where('no', 'like', `${prefix}%`).orderBy('no', 'desc').first('no');
  const from = last === undefined ? 0 : Number(last.no.slice(prefix.length));
  const issued = fresh.map((one, at) => ({
    no: `${prefix}${String(from + at + 1).padStart(5, '0')}`, round: round.no, subject: one.subject, grade_code: one.code,
    issued_on: unit.day, valid_until: one.until ?? round.valid_until, revoked_on: null, revoked_reason: null, replaced_by: null, at: unit.at, by: actorId(actor), unit: unit.no,
  }));
  // First the old ones give way: only one of a household's in a round is not replaced.
  const replaced = issued.flatMap(one => { const old = held.get(one.subject); return old === undefined ? [] : [{ no: old.no, replaced_by: one.no }]; });
  if (replaced.length > 0) unit.change('certificates', replaced);
  unit.insert('certificates', issued);
}
