import { may, reach } from '../access/may.ts';
import { taken } from '../kit/faults.ts';
import { day, text } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { common } from '../kit/refusals.ts';
import { ancestorNo } from '../places/place.ts';
import { placeNames } from '../places/queries.ts';
import { certificateByNo, certificateSubject } from '../rolls/certificates.ts';
import { rolls } from '../rolls/refusals.ts';
import { titleKinds } from '../titles/title.ts';
import { formModel } from '../web/form-model.ts';
import { day as dayWords } from '../web/helpers.ts';
import { qr } from '../web/qr.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { isToTake, plaquesBelow, stepPlaque, type Plaque } from './plaque.ts';
import { awards } from './refusals.ts';

const stepForm = form({ on: day('哪一天'), words: text('挂在哪里、谁经手', { most: 100 }) });

const stateOf = (plaque: Plaque) => isToTake(plaque) ? { icon: 'triangle', kind: 'care', words: '证书不再有效，等摘牌' }
  : plaque.taken !== undefined ? { icon: 'box', kind: '', words: `${dayWords(plaque.taken, 'full')}摘牌` } : plaque.hung !== undefined ? { icon: 'tick', kind: 'done', words: `${dayWords(plaque.hung, 'full')}挂牌` }
    : plaque.state === 'valid' ? { icon: 'circle', kind: 'moving', words: '还没挂牌' } : { icon: 'box', kind: '', words: '没有挂过，证书不再有效' };

async function showPlaques(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const plaques = await plaquesBelow(visit.office.read, reach(visit.actor, 'plaque.keep'), visit.day);
  const asked = visit.params['no'];
  return page('awards/plaques', {
    title: '牌匾', heading: plaques.some(isToTake) ? `有 ${plaques.filter(isToTake).length} 块牌匾要摘` : '信用村、信用乡镇的牌匾', crumbs: [{ label: '年审和变动', href: '/awards' }, { label: '牌匾' }],
    rows: plaques.map(one => ({
      no: one.no, name: one.place, what: titleKinds[one.kind], year: one.year, until: one.valid_until, state: stateOf(one), print: one.state === 'valid' ? `/certificates/${one.no}/plaque` : undefined, open: asked === one.no,
      step: one.hung === undefined && one.state === 'valid' ? { action: `/plaques/${one.no}/hang`, says: '登记挂牌' } : one.hung !== undefined && one.taken === undefined ? { action: `/plaques/${one.no}/take`, says: '登记摘牌' } : undefined,
      form: formModel(stepForm, asked === one.no ? { raw: visit.raw, faults: trouble?.faults ?? [] } : { raw: { on: visit.day } }),
    })),
  });
}

async function takeStep(visit: Visit, step: 'hung' | 'taken'): Promise<Reply> {
  await stepPlaque(visit.office, visit.actor, { no: visit.params['no'] ?? '', step, ...taken(stepForm, visit.raw) });
  return seeOther('/plaques', step === 'hung' ? '挂牌登记好了。' : '摘牌登记好了。');
}

/** What the maker of the plaque copies: A4 across. */
async function printPlaque(visit: Visit): Promise<Reply> {
  const certificate = await certificateByNo(visit.office.read, visit.params['no'] ?? '');
  const leave = may(visit.actor, 'plaque.keep', certificateSubject(certificate));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  if (certificate.kind === 'household') return awards.refuse('plaque-title');
  if (certificate.revoked_on !== null) rolls.refuse('certificate-void');
  const above = ancestorNo(certificate.path, 'county');
  const names = await placeNames(visit.office.read, [certificate.place_no, ...above === undefined ? [] : [above]]);
  return page('awards/plaque', {
    title: '牌匾样张', paper: 'a4-wide', back: { label: '回到牌匾', href: '/plaques' }, what: titleKinds[certificate.kind], name: names.get(certificate.place_no)?.full ?? '', year: certificate.year, no: certificate.no,
    issuer: `${above === undefined ? '' : names.get(above)?.name ?? ''}信用评定领导小组`, on: dayWords(certificate.issued_on, 'full'), until: dayWords(certificate.valid_until, 'full'), qr: qr(`${visit.origin}/certificates/${certificate.no}/check`, '查真伪'),
  });
}

export const plaqueRoutes: readonly Route[] = [
  get('/plaques', { power: 'plaque.keep', handle: visit => showPlaques(visit) }),
  post('/plaques/:no/hang', { power: 'plaque.keep', handle: visit => takeStep(visit, 'hung'), again: showPlaques }),
  post('/plaques/:no/take', { power: 'plaque.keep', handle: visit => takeStep(visit, 'taken'), again: showPlaques }),
  get('/certificates/:no/plaque', { power: 'plaque.keep', handle: printPlaque }),
];
