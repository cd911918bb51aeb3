import { may } from '../access/may.ts';
import { common } from '../kit/refusals.ts';
import { limits } from '../kit/limits.ts';
import { placeById, placeNames, placeSubject } from '../places/queries.ts';
import { roundsOver } from '../rounds/round.ts';
import { gradesOf } from '../panels/grades.ts';
import { gradeLetters, gradeSign } from '../standards/standard.ts';
import { page, type Reply } from '../web/reply.ts';
import { qr } from '../web/qr.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { certificateByNo, certificatesIn, certificateSubject, holders, stateOf, type Certificate } from './certificates.ts';
import { longDay } from './public-pages.ts';
import { rolls } from './refusals.ts';
import { ancestorNo } from '../places/place.ts';

const titles = { household: '信用户证', village: '信用村证书', township: '信用乡镇证书' } as const;
const kinds = { household: '信用户', village: '信用村', township: '信用乡镇' } as const;

/** One certificate on A5. It carries the full name: only an officer whose post reaches prints it. */
async function showCertificate(visit: Visit): Promise<Reply> {
  const certificate = await certificateByNo(visit.office.read, visit.params['no'] ?? '');
  const leave = may(visit.actor, 'certificate.print', certificateSubject(certificate));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  if (certificate.revoked_on !== null) rolls.refuse('certificate-void');
  return sheets(visit, [certificate], { label: '回到光荣榜管理', href: '/rolls' });
}

/** All certificates of a village, one sheet each. */
async function showVillage(visit: Visit): Promise<Reply> {
  const place = await placeById(visit.office.read, visit.params['place'] ?? '');
  const leave = may(visit.actor, 'certificate.print', placeSubject(place));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  const round = (await roundsOver(visit.office.read, place.path)).find(one => String(one.year) === visit.params['year']);
  const certificates = round === undefined ? [] : await certificatesIn(visit.office.read, round.no, place.no);
  if (certificates.length === 0) common.refuse('not-found');
  return sheets(visit, certificates.slice(0, limits.householdsPerUnit), { label: '回到光荣榜管理', href: '/rolls' });
}

async function sheets(visit: Visit, certificates: readonly Certificate[], back: { label: string; href: string }): Promise<Reply> {
  const { read } = visit.office;
  const held = await holders(read, certificates);
  const grades = (await gradesOf(read, certificates[0]?.standard ?? '')).rows;
  const issuers = await placeNames(read, certificates.map(one => ancestorNo(one.path, 'township') ?? one.place_no));
  return page('rolls/certificate', {
    title: titles[certificates[0]?.kind ?? 'household'], paper: 'a5', back,
    certificates: certificates.map(one => ({
      heading: titles[one.kind], kind: kinds[one.kind], no: one.no, name: held.get(one.no)?.name ?? '', where: held.get(one.no)?.where ?? '', year: one.year, isHousehold: one.kind === 'household',
      ...lettersAndLabel(grades.find(grade => grade.code === one.grade_code)), issuedOn: longDay(one.issued_on), validUntil: longDay(one.valid_until),
      issuer: issuers.get(ancestorNo(one.path, 'township') ?? one.place_no)?.name ?? '', qr: qr(`${visit.origin}/certificates/${one.no}/check`, '查真伪'),
    })),
  });
}

/** A title has no grade, and then a star stands for it. */
const lettersAndLabel = (grade: { readonly code: string; readonly label: string } | undefined) => grade === undefined ? { code: '', label: '' } : { code: gradeLetters(grade), label: grade.label };

/** Is this certificate real and still good? Says that and the village, never whose it is. */
async function check(visit: Visit): Promise<Reply> {
  const certificate = await certificateByNo(visit.office.read, visit.params['no'] ?? '');
  const names = await placeNames(visit.office.read, [certificate.place_no]);
  const grade = (await gradesOf(visit.office.read, certificate.standard)).rows.find(one => one.code === certificate.grade_code);
  const state = stateOf(certificate, visit.day);
  // Void numbers are listed for all to see: where it was and what it said, its holder reads on the paper.
  const isVoid = state === 'revoked' || state === 'replaced';
  return page('rolls/certificate-check', {
    title: '查证书', no: certificate.no, state, kind: kinds[certificate.kind], code: grade === undefined || isVoid ? '' : gradeSign(grade), year: certificate.year,
    where: isVoid ? '' : names.get(certificate.place_no)?.full ?? '', validUntil: certificate.valid_until, issuedOn: certificate.issued_on, revokedOn: isVoid ? null : certificate.revoked_on,
  }, { cache: 'public' });
}

export const certificateRoutes: readonly Route[] = [
  get('/certificates/:no', { power: 'certificate.print', handle: showCertificate }),
  get('/certificates/:no/check', { power: 'anyone', open: true, handle: check }),
  get('/rolls/:place/:year/certificates', { power: 'certificate.print', handle: showVillage }),
];
