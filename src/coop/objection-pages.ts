import { actorId } from '../access/actor.ts';
import { may, reach } from '../access/may.ts';
import { numberText } from '../households/household.ts';
import { limits } from '../kit/limits.ts';
import { nameFor } from '../kit/mask.ts';
import { common } from '../kit/refusals.ts';
import { answerObjection, answerSeat } from '../objections/answer.ts';
import { answerIn, answeringModel } from '../objections/answering.ts';
import { checkOf } from '../objections/check.ts';
import { valueNow } from '../objections/came.ts';
import { disputedByNo, placeOf } from '../objections/disputed.ts';
import { isLook, lookOf } from '../objections/look.ts';
import { disputedWords, lookWords, outcomes } from '../objections/objection.ts';
import { objectionById, objectionsOfBank } from '../objections/queries.ts';
import { placeNames } from '../places/queries.ts';
import { bankOf } from '../people/queries.ts';
import { roundByNo } from '../rounds/round.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { coop } from './refusals.ts';

/** Objections to what this bank gave: the value, what is said about it and the answer; nothing else of the household, whoever it shares with. */
async function list(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const bank = await bankOf(read, actorId(visit.actor)) ?? coop.refuse('no-bank');
  const rows = await objectionsOfBank(read, bank.id, reach(visit.actor, 'objection.verify'), limits.rowsPerPageMost);
  const names = await placeNames(read, rows.map(row => row.place_no));
  const open = rows.filter(row => row.outcome === null).length;
  return page('coop/objections', {
    title: '对本行数据的异议', heading: open === 0 ? '没有等答复的异议' : `有 ${open} 件对本行数据的异议等答复`, bank: bank.name,
    rows: rows.map(row => ({ href: `/coop/objections/${row.id}`, no: numberText(row.household_no ?? 0), name: nameFor('coop', row.head_name ?? ''), place: names.get(row.place_no)?.full ?? '', lodgedOn: row.lodged_on, dueOn: row.due_on, outcome: row.outcome === null ? undefined : outcomes[row.outcome], late: row.outcome === null && visit.day > row.due_on })),
  });
}

async function show(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { office: { read, secrets }, actor } = visit;
  const objection = await objectionById(read, visit.params['id'] ?? '');
  const disputed = await disputedByNo(read, objection.subject);
  if (objection.bank === null) return common.refuse('not-found');
  const seat = await answerSeat({ read }, objection, disputed);
  const leave = may(actor, seat.power, seat.subject);
  if (leave !== true) return common.refuse('not-allowed', { why: leave });
  const answered = objection.outcome === null || objection.answer_sealed === null ? undefined : { outcome: outcomes[objection.outcome], words: secrets.open(objection.answer_sealed), on: objection.answered_on, check: checkOf(secrets, objection) };
  return page('coop/objection', {
    title: `异议 ${disputed.name}`, heading: `${disputed.name}有异议`, place: await placeOf(read, disputed), value: isLook(objection.about) ? { title: '查看记录', words: (await lookOf(read, objection.about, objection.subject)).label, on: undefined } : await valueNow(read, objection, await roundByNo(read, objection.round)), words: secrets.open(objection.words_sealed),
    lodgedOn: objection.lodged_on, dueOn: objection.due_on, answered, action: `/coop/objections/${objection.id}/answer`, form: answeringModel(visit, objection, trouble), ...isLook(objection.about) ? { upheld: lookWords.upheld, it: lookWords.it } : { upheld: '这一户回到采集，请把更正的数据交给镇里重新导入', it: disputedWords.household.it }, camera: false,
  });
}

async function answer(visit: Visit): Promise<Reply> {
  const objection = await objectionById(visit.office.read, visit.params['id'] ?? '');
  const { reopened } = await answerObjection(visit.office, visit.actor, answerIn(visit, objection));
  return seeOther(`/coop/objections/${objection.id}`, reopened ? '答复好了。请把更正的数据交给镇里重新导入。' : '答复好了，由村里和窗口告诉提出的人。');
}

export const bankObjectionRoutes: readonly Route[] = [
  get('/coop/objections', { power: 'objection.verify', handle: list }),
  get('/coop/objections/:id', { power: 'objection.verify', handle: show }),
  post('/coop/objections/:id/answer', { power: 'objection.verify', handle: answer, again: show }),
];
