import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { newId } from '../kit/id.ts';
import { gradesOf } from '../panels/grades.ts';
import { placeByNo, placeNames } from '../places/queries.ts';
import { standingAfter } from '../rounds/case.ts';
import { caseOf, roundByNo } from '../rounds/round.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { checkOf } from './check.ts';
import { disputedByNo, seatFor } from './disputed.ts';
import { appealForm, publicForm } from './form.ts';
import { letterNumber } from './letter.ts';
import { limiterOf } from './limiter.ts';
import { lodgeObjection } from './lodge.ts';
import { isLook } from './look.ts';
import { disputedWords, lookWords, ratingTopic, readReceipt } from './objection.ts';
import { answererOf, appealOf, linesOf, noticeShown, objectionByReceipt, type ObjectionRow } from './queries.ts';
import { objections } from './refusals.ts';
import { mustBeSincere, shownAt } from './sincere.ts';
import { topicsOf } from './topic.ts';

/** Receipts that one address may look at in an hour. */
const looking = { most: 60, minutes: 60 };

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
  const model = formModel(publicForm(await topicsOf(read, round, 'household')), { raw, faults: trouble?.faults ?? [] });
  const row = typed(raw, 'row');
  return page('objections/object', {
    title: `对公示提意见 ${place}`, heading: `对${place}的公示提意见`, until: notice.until, over: visit.day > notice.until || notice.unposted_on !== null, phone: notice.phone, form: model, action: `/object/${notice.id}`, backHref: `/notices/${notice.id}/public`,
    id: typed(raw, 'id'), shown: shownAt(visit),
    letter: { ...model.by['letter'], optional: named.length > 0 },
    rows: named.length === 0 ? undefined : { ...model.by['row'], kind: 'select', label: '是哪一户', optional: false, options: [{ value: '', label: '请选择', checked: row === '' }, ...named.map(line => ({
      value: String(line.seq), checked: row === String(line.seq), label: `${line.group_name} ${line.shown} ${grades.mark(line.grade).code || (grades.mark(line.grade).words ?? '')}`,
    }))] },
  });
}

async function lodge(visit: Visit): Promise<Reply> {
  const notice = await noticeShown(visit.office.read, visit.params['notice'] ?? '');
  const round = await roundByNo(visit.office.read, notice.round);
  const { row, letter, ...given } = taken(publicForm(await topicsOf(visit.office.read, round, 'household')), visit.raw);
  const line = (await linesOf(visit.office.read, notice.id)).find(each => (each.shown === '' ? letterNumber(each) : each.seq) === (row ?? letter));
  if (line === undefined) return objections.refuse('objection-not-now', { field: row === undefined ? 'letter' : 'row' });
  mustBeSincere(visit);
  const receipt = await lodgeObjection(visit.office, visit.actor, { ...given, round: notice.round, subject: line.subject, notice: notice.id, how: 'web' });
  return seeOther(`/receipts/${receipt}`, '收到了您的意见。这一户先停下，别家照常。');
}

async function findReceipt(visit: Visit): Promise<Reply> {
  const asked = visit.query['no'] ?? '';
  const receipt = readReceipt(asked);
  if (receipt !== undefined) return seeOther(`/receipts/${receipt}`);
  return page('objections/receipts', { title: '查受理号', field: { name: 'no', kind: 'text', label: '受理号', hint: '受理单上的十位字母和数字，例如 7KQM-2TXH-9R', value: asked, most: 20, autocomplete: 'off', ...asked === '' ? {} : { fault: '受理号是十位字母和数字，没有 0、1、I、L、O、U，请对着受理单再看一遍。' } } }, asked === '' ? {} : { status: 422 });
}

async function opened(visit: Visit): Promise<ObjectionRow> {
  if (visit.actor.kind === 'anyone' && !limiterOf(visit.office, 'receipts', looking).allows(visit.address)) objections.refuse('objection-busy');
  const receipt = readReceipt(visit.params['receipt'] ?? '');
  return (receipt === undefined ? undefined : await objectionByReceipt(visit.office.read, receipt)) ?? objections.refuse('receipt-unknown');
}

/** What became of it, for whoever holds the receipt: nothing about the household but the answer's own words. Who is not content goes on to the next level from here. */
async function showReceipt(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const found = await opened(visit);
  const { office: { read, secrets } } = visit;
  const disputed = await disputedByNo(read, found.subject);
  const { it } = isLook(found.about) ? lookWords : disputedWords[disputed.kind];
  const [seat, after] = [await placeByNo(read, found.seat_no), await appealOf(read, found.id)];
  const above = seatFor(disputed, found.bank === null ? seat.kind : 'village');
  const isOpen = found.outcome === 'kept' && after === undefined && (isLook(found.about) || standingAfter(disputed.track, (await caseOf(read, found.round, found.subject)).standing, 'objected', false) !== undefined);
  const raw = visit.method === 'POST' ? visit.raw : { id: newId() };
  return page('objections/receipt', {
    title: '受理单', heading: found.outcome === null ? '您的意见收到了，正在核查' : '您的意见已经答复', receipt: found.receipt, lodgedOn: found.lodged_on, dueOn: found.due_on, words: secrets.open(found.words_sealed),
    late: found.outcome === null && visit.day > found.due_on, seat: await answererOf(read, found), check: checkOf(secrets, found), answer: found.outcome === null || found.answer_sealed === null ? undefined : { says: found.outcome === 'upheld' ? isLook(found.about) ? '您说得对，银行改正' : `您说得对，${it}重新核实` : found.outcome === 'kept' ? '核实过了，结果不变' : '已经按您说的撤回', words: secrets.open(found.answer_sealed), on: found.answered_on },
    afterHref: after === undefined ? undefined : `/receipts/${after.receipt}`,
    appeal: !isOpen || above === undefined ? undefined : { to: (await placeByNo(read, above)).name, action: `/receipts/${found.receipt}/appeal`, id: typed(raw, 'id'), shown: shownAt(visit), form: formModel(appealForm, { raw, faults: trouble?.faults ?? [] }) },
  });
}

async function appeal(visit: Visit): Promise<Reply> {
  const before = await opened(visit);
  const given = taken(appealForm, visit.raw);
  mustBeSincere(visit);
  const { open } = visit.office.secrets;
  const receipt = await lodgeObjection(visit.office, visit.actor, {
    ...given, round: before.round, subject: before.subject, notice: before.notice, about: before.about, how: 'web', appeals: before.id,
    name: before.name_sealed === null ? undefined : open(before.name_sealed), contact: before.contact_sealed === null ? undefined : open(before.contact_sealed),
  });
  return seeOther(`/receipts/${receipt}`, '收到了，由上一级重新核查。请记下新的受理号。');
}

export const publicRoutes: readonly Route[] = [
  get('/object/:notice', { power: 'anyone', handle: showForm }),
  post('/object/:notice', { power: 'objection.lodge', handle: lodge, again: showForm }),
  get('/receipts', { power: 'anyone', handle: findReceipt }),
  get('/receipts/:receipt', { power: 'anyone', handle: showReceipt }),
  post('/receipts/:receipt/appeal', { power: 'objection.lodge', handle: appeal, again: showReceipt }),
];
