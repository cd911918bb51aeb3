import type { Knex } from 'knex';
import { actorId, type Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { below } from '../places/below.ts';
import { certificateByNo, certificateSubject, stateOf, type CertificateState } from '../rolls/certificates.ts';
import { inUnit } from '../store/unit.ts';
import { awards } from './refusals.ts';

/** 牌匾: it bears the number of its certificate, and hangs no longer than that holds. */
export interface Plaque { readonly no: string; readonly place: string; readonly path: string; readonly kind: 'village' | 'township'; readonly year: number; readonly valid_until: Day; readonly state: CertificateState; readonly hung: Day | undefined; readonly taken: Day | undefined }

interface Row extends Omit<Plaque, 'state' | 'hung' | 'taken'> { readonly revoked_on: Day | null; readonly replaced_by: string | null }

/** Titles below some paths that have a certificate, the newest first, and where their plaque is. */
export async function plaquesBelow(read: Knex, paths: readonly string[], day: Day): Promise<readonly Plaque[]> {
  const rows: Row[] = await read('certificates').join('subjects', 'subjects.no', 'certificates.subject').join('places', 'places.no', 'subjects.place_no').join('rounds', 'rounds.no', 'certificates.round').whereIn('subjects.kind', ['village', 'township']).where(below(paths, 'places.path'))
    .orderBy('rounds.year', 'desc').orderBy('certificates.no').select('certificates.no', 'places.name as place', 'places.path', 'subjects.kind', 'rounds.year', 'certificates.valid_until', 'certificates.revoked_on', 'certificates.replaced_by');
  const steps: { certificate: string; step: string; day: Day }[] = rows.length === 0 ? [] : await read('plaque_steps').whereIn('certificate', rows.map(row => row.no)).orderBy('at').select('certificate', 'step', 'day');
  const dayOf = (no: string, step: string): Day | undefined => steps.findLast(one => one.certificate === no && one.step === step)?.day;
  return rows.map(({ revoked_on, replaced_by, ...row }) => ({ ...row, state: stateOf({ valid_until: row.valid_until, revoked_on, replaced_by }, day), hung: dayOf(row.no, 'hung'), taken: dayOf(row.no, 'taken') }));
}

/** It hangs although its certificate holds no longer. */
export const isToTake = (plaque: Pick<Plaque, 'state' | 'hung' | 'taken'>): boolean => plaque.hung !== undefined && plaque.taken === undefined && plaque.state !== 'valid';

/** Put up, or taken down: when, and where or by whom. */
export async function stepPlaque(office: Office, actor: Actor, given: { readonly no: string; readonly step: 'hung' | 'taken'; readonly on: Day; readonly words: string }): Promise<void> {
  await inUnit(office, actor, [`certificate:${given.no}`], async unit => {
    const certificate = await certificateByNo(unit.read, given.no);
    const subject = certificateSubject(certificate);
    unit.require('plaque.keep', subject);
    if (certificate.kind === 'household') awards.refuse('plaque-title');
    const [plaque] = (await plaquesBelow(unit.read, [certificate.path], unit.day)).filter(one => one.no === given.no);
    if (plaque === undefined || (given.step === 'hung' ? plaque.hung !== undefined || plaque.state !== 'valid' : plaque.hung === undefined || plaque.taken !== undefined)) awards.refuse('plaque-step');
    if (given.on > unit.day) fault('on', 'late', '这一天还没到，可能是按错了。');
    if (given.on < (given.step === 'hung' ? certificate.issued_on : plaque?.hung ?? '')) fault('on', 'early', given.step === 'hung' ? '挂牌不能早于发证。' : '摘牌不能早于挂牌。');
    unit.insert('plaque_steps', { id: newId(), certificate: given.no, step: given.step, day: given.on, words: given.words, at: unit.at, by: actorId(actor) });
    unit.record({ act: `plaque.${given.step}`, power: 'plaque.keep', subject });
  });
}
