import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { newId } from '../kit/id.ts';
import { gradesOf } from '../panels/grades.ts';
import { placeNames } from '../places/queries.ts';
import { roundByNo } from '../rounds/round.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { publicForm } from './form.ts';
import { letterNumber } from './letter.ts';
import { limiterOf } from './limiter.ts';
import { lodgeObjection } from './lodge.ts';
import { ratingTopic, readReceipt } from './objection.ts';
import { linesOf, noticeShown, objectionByReceipt } from './queries.ts';
import { objections } from './refusals.ts';
import { topicsOf } from './topic.ts';

/** From one address in an hour. A village hall shares one address, so this is far above what one village says in a day. */
const lodging = { most: 10, minutes: 60 };
const looking = { most: 60, minutes: 60 };
/** Nobody reads the form and writes a sentence in less. */
const leastMs = 3_000;

/** The form behind the QR code: no account, no name asked, everything kept that was typed. */
async function showForm(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const notice = await noticeShown(read, visit.params['notice'] ?? '');
  const round = await roundByNo(read, notice.round);
  const grades = await gradesOf(read, round.household_standard);
  const lines = await linesOf(read, notice.id);
  const place = (await placeNames(read, [notice.place_no])).get(notice.place_no)?.full ?? '';
  // Who hung is shown here as long as on the notice's own page; who is not named is found by the number on the letter, so that no gap in a list tells on anybody.
  const hangs = notice.unposted_on === null && (visit.day <= notice.until || notice.stage === 'final');
  const named = hangs ? lines.filter(line => line.shown !== '') : [];
  const asked = visit.query['row'] ?? '';
  const isNamed = named.some(line => String(line.seq) === asked);
  const raw = visit.method === 'POST' ? visit.raw : { id: newId(), row: isNamed ? asked : '', letter: isNamed ? '' : asked, about: ratingTopic };
  const model = formModel(publicForm(await topicsOf(read, round)), { raw, faults: trouble?.faults ?? [] });
  const row = typed(raw, 'row');
  return page('objections/object', {
    title: `对公示提意见 ${place}`, heading: `对${place}的公示提意见`, until: notice.until, over: visit.day > notice.until || notice.unposted_on !== null, phone: notice.phone, form: model, action: `/object/${notice.id}`, backHref: `/notices/${notice.id}/public`,
    id: typed(raw, 'id'), shown: visit.method === 'POST' ? typed(visit.raw, 'shown') : visit.at,
    letter: { ...model.by['letter'], optional: named.length > 0 },
    rows: named.length === 0 ? undefined : { ...model.by['row'], kind: 'select', label: '是哪一户', optional: false, options: [{ value: '', label: '请选择', checked: row === '' }, ...named.map(line => ({
      value: String(line.seq), checked: row === String(line.seq), label: `${line.group_name} ${line.shown} ${grades.mark(line.grade).code || (grades.mark(line.grade).words ?? '')}`,
    }))] },
  });
}

async function lodge(visit: Visit): Promise<Reply> {
  const notice = await noticeShown(visit.office.read, visit.params['notice'] ?? '');
  const round = await roundByNo(visit.office.read, notice.round);
  const { row, letter, ...given } = taken(publicForm(await topicsOf(visit.office.read, round)), visit.raw);
  if (typed(visit.raw, 'website') !== '') objections.refuse('objection-filled');
  const line = (await linesOf(visit.office.read, notice.id)).find(each => (each.shown === '' ? letterNumber(each) : each.seq) === (row ?? letter));
  if (line === undefined) return objections.refuse('objection-not-now', { field: row === undefined ? 'letter' : 'row' });
  const shown = Date.parse(typed(visit.raw, 'shown'));
  if (Number.isFinite(shown) && Date.parse(visit.at) - shown < leastMs) objections.refuse('objection-unseen');
  if (visit.actor.kind === 'anyone' && !limiterOf(visit.office, 'lodge', lodging).allows(visit.address)) objections.refuse('objection-busy');
  const receipt = await lodgeObjection(visit.office, visit.actor, { ...given, round: notice.round, subject: line.subject, notice: notice.id, how: 'web' });
  return seeOther(`/receipts/${receipt}`, '收到了您的意见。这一户先停下，别家照常。');
}

async function findReceipt(visit: Visit): Promise<Reply> {
  const asked = visit.query['no'] ?? '';
  const receipt = readReceipt(asked);
  if (receipt !== undefined) return seeOther(`/receipts/${receipt}`);
  return page('objections/receipts', { title: '查受理号', field: { name: 'no', kind: 'text', label: '受理号', hint: '受理单上的十位字母和数字，例如 7KQM-2TXH-9R', value: asked, most: 20, autocomplete: 'off', ...asked === '' ? {} : { fault: '受理号是十位字母和数字，没有 0、1、I、L、O、U，请对着受理单再看一遍。' } } }, asked === '' ? {} : { status: 422 });
}

/** What became of it, for whoever holds the receipt: nothing about the household but the answer's own words. */
async function showReceipt(visit: Visit): Promise<Reply> {
  if (visit.actor.kind === 'anyone' && !limiterOf(visit.office, 'receipts', looking).allows(visit.address)) objections.refuse('objection-busy');
  const receipt = readReceipt(visit.params['receipt'] ?? '');
  const found = receipt === undefined ? undefined : await objectionByReceipt(visit.office.read, receipt);
  if (found === undefined) return objections.refuse('receipt-unknown');
  const { secrets } = visit.office;
  return page('objections/receipt', {
    title: '受理单', heading: found.outcome === null ? '您的意见收到了，正在核查' : '您的意见已经答复', receipt: found.receipt, lodgedOn: found.lodged_on, dueOn: found.due_on, words: secrets.open(found.words_sealed),
    late: found.outcome === null && visit.day > found.due_on, answer: found.outcome === null || found.answer_sealed === null ? undefined : { says: found.outcome === 'upheld' ? '您说得对，这一户重新核实' : found.outcome === 'kept' ? '核实过了，结果不变' : '已经按您说的撤回', words: secrets.open(found.answer_sealed), on: found.answered_on },
  });
}

export const publicRoutes: readonly Route[] = [
  get('/object/:notice', { power: 'anyone', handle: showForm }),
  post('/object/:notice', { power: 'objection.lodge', handle: lodge, again: showForm }),
  get('/receipts', { power: 'anyone', handle: findReceipt }),
  get('/receipts/:receipt', { power: 'anyone', handle: showReceipt }),
];
