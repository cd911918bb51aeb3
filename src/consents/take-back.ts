import type { Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import { householdsById, householdSubject, type HouseholdKey } from '../households/subject.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { bury } from '../store/bury.ts';
import type { Row } from '../store/dialect.ts';
import { inUnit, type Unit } from '../store/unit.ts';

/** Consents of one import that are no more, and how many stay because they were used or withdrawn since. */
export interface TakenBack { readonly gone: number; readonly kept: number }

/**
 * Takes back the consents that a wrong file brought: nobody gave them. One that something was done upon since (a sheet, a name on a notice,
 * a bank's look) stays, so that the record shows what it was done upon; such a one is withdrawn by hand. Broken off, it goes on where it stopped.
 */
export async function takeBackConsents(office: Office, actor: Actor, importId: string): Promise<TakenBack> {
  const rows: { household: string }[] = await office.read('consents').where({ batch: importId }).distinct('household').select('household');
  const keys: HouseholdKey[] = [];
  for (let at = 0; at < rows.length; at += 5_000) keys.push(...await householdsById(office.read, rows.slice(at, at + 5_000).map(row => row.household)));
  if (keys.some(key => may(actor, 'consent.keep', householdSubject(key)) !== true)) common.refuse('not-allowed', { why: '这次导入有您片区以外的户' });
  const sum = { gone: 0, kept: 0 };
  for (const own of Map.groupBy(keys, key => key.village_no).values()) {
    for (let at = 0; at < own.length; at += limits.householdsPerUnit) {
      const part = own.slice(at, at + limits.householdsPerUnit);
      const { gone, kept } = await inUnit(office, actor, part.map(key => `household:${key.id}`), unit => takePart(unit, importId, part));
      sum.gone += gone;
      sum.kept += kept;
    }
  }
  return sum;
}

interface Brought extends Row { readonly id: string; readonly household: string; readonly kind: string; readonly bank: string; readonly at: string }

async function takePart(unit: Unit, importId: string, part: readonly HouseholdKey[]): Promise<TakenBack> {
  const subject = { id: importId, paths: [part[0]?.path ?? '/'] };
  for (const key of part) unit.require('consent.keep', householdSubject(key));
  unit.require('import.load', subject);
  const brought: Brought[] = await unit.read('consents').where({ batch: importId }).whereIn('household', part.map(key => key.id)).select<Brought[]>('*');
  const noOf = new Map(part.map(key => [key.id, key.no]));
  const since = brought.reduce((first, one) => one.at < first ? one.at : first, brought[0]?.at ?? '');
  const used = await uses(unit, part.map(key => key.no), since);
  const withdrawn = new Set((await unit.read('withdrawals').whereIn('consent', brought.map(one => one.id)).select<{ consent: string }[]>('consent')).map(row => row.consent));
  const going = brought.filter(one => !withdrawn.has(one.id) && !used.has(useKey(noOf.get(one.household) ?? 0, one.kind, one.bank)));
  if (going.length === 0) return unit.nothingNew({ gone: 0, kept: brought.length });
  bury(unit, 'consents', going);
  unit.record({ act: 'consent.taken-back', power: 'import.load', subject });
  return { gone: going.length, kept: brought.length - going.length };
}

const useKey = (subject: number, kind: string, bank: string): string => `${subject} ${kind} ${bank}`;

/** What was done upon each purpose since a moment, for these subjects. */
async function uses({ read }: Unit, nos: readonly number[], since: string): Promise<ReadonlySet<string>> {
  const subjects = [...nos];
  const done = async (kind: string, rows: Promise<readonly { readonly subject: number; readonly bank?: string }[]>): Promise<string[]> => (await rows).map(row => useKey(Number(row.subject), kind, row.bank ?? ''));
  return new Set((await Promise.all([
    done('rate', read('sheets').whereIn('subject', subjects).where('at', '>=', since).distinct('subject')),
    done('rate', read('cases').whereIn('subject', subjects).where('changed_at', '>=', since).where(any => { void any.whereNot('standing', 'open').orWhere('mark_seq', '>', 0); }).distinct('subject')),
    done('publish', read('notice_entries').join('notices', 'notices.id', 'notice_entries.notice').whereIn('notice_entries.subject', subjects).where('notices.at', '>=', since).whereNot('notice_entries.shown', '').distinct('notice_entries.subject')),
    done('publish', read('roll_subjects').join('rolls', 'rolls.id', 'roll_subjects.roll').whereIn('roll_subjects.subject', subjects).where('rolls.at', '>=', since).distinct('roll_subjects.subject')),
    done('share', read('lookups').whereIn('subject', subjects).where('at', '>=', since).distinct('subject', 'bank')),
  ])).flat());
}
