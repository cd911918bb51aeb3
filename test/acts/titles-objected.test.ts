import test from 'ava';
import type { ExecutionContext } from 'ava';
import { anyone } from '../../src/access/actor.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { answerObjection, checking } from '../support/answering.ts';
import { lodgeObjection, type Lodged } from '../../src/objections/lodge.ts';
import { objectionByReceipt, objectionsAwaited, objectionsBelow } from '../../src/objections/queries.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { publish } from '../../src/rolls/publish.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { takeStep } from '../../src/titles/decide.ts';
import { titlesHanging } from '../../src/titles/notice.ts';
import { titleOf } from '../../src/titles/queries.ts';
import type { TitleStep } from '../../src/titles/title.ts';
import { openDoors } from '../support/visit.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { openVillage, placeId, placeNos, type Person, type Village } from '../support/village.ts';

const { anhe, qinghe } = placeNos;
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;
const objecting = (subject: number, own: Partial<Lodged> = {}): Lodged => ({ id: newId(), round: roundNo, subject, notice: null, about: 'rating', words: '还有两户欠着款', name: undefined, contact: undefined, how: 'web', ...own });
const titleNow = (village: Village, no: number) => titleOf(village.office.read, roundNo, no);
const step = async (village: Village, who: Person, no: number, what: TitleStep): Promise<void> =>
  takeStep(village.office, await village.actor(who), { round: await roundByNo(village.office.read, roundNo), place: await placeByNo(village.office.read, no), mark_seq: (await titleNow(village, no)).mark_seq, step: what });
const answer = async (village: Village, who: Person, id: string, outcome: 'kept' | 'upheld') => answerObjection(village.office, await village.actor(who), { id, outcome, words: '逐户对过了银行的数。' });

/** Qinghe and the township reviewed one level up, so that both hang. */
async function hanging(t: ExecutionContext, cases: Parameters<typeof roundUnderWay>[1] = {}): Promise<Village> {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, cases);
  for (const [no, above] of [[qinghe, anhe], [anhe, placeNos.county]] as const) {
    await office.store.write('cases').insert({ round: roundNo, subject: no, village: above, standing: 'rated', held: 0, mark_seq: 1, changed_at: '2026-11-20T01:00:00.000Z', revision: 1, points: 0, grade: 0, outcome: 'graded', credit: 1 });
  }
  await step(village, 'gao', anhe, 'apply');   // First, for a township waits for villages that have applied.
  await step(village, 'ling', anhe, 'review');
  await step(village, 'sun', qinghe, 'apply');
  await step(village, 'lin', qinghe, 'review');
  return village;
}
const over = '2026-12-10T01:00:00.000Z';

test('a reviewed title hangs for the township\'s days; an objection holds it alone, and it is not named until answered', async t => {
  const village = await hanging(t);
  const { office } = village;
  t.deepEqual((await titlesHanging(office.read, '/', '2026-11-23')).map(one => [one.title.place.name, one.notice.until]), [['安和镇', '2026-11-30'], ['清河村', '2026-11-30']]);
  t.is(await codeOf(t, step(village, 'zhang', qinghe, 'approve')), 'title-hanging');
  const given = objecting(qinghe);
  const receipt = await lodgeObjection(office, anyone, given);
  t.is(await lodgeObjection(office, anyone, given), receipt, 'the same form twice');
  t.like(await titleNow(village, qinghe), { standing: 'reviewed', held: 1 });
  t.like(await titleNow(village, anhe), { held: 0 });
  village.clock.set(over);
  t.deepEqual(await titlesHanging(office.read, '/', '2026-12-10'), []);
  t.is(await codeOf(t, step(village, 'zhang', qinghe, 'approve')), 'title-objected');
  await answer(village, 'gao', given.id, 'kept');
  await step(village, 'zhang', qinghe, 'approve');
  await step(village, 'zhang', anhe, 'approve');
  t.is((await titleNow(village, qinghe)).standing, 'approved');
});

test('answered one level up, by nobody who applied, reviewed or comes from another place', async t => {
  const village = await hanging(t);
  const { office } = village;
  const [ofVillage, ofTownship] = [objecting(qinghe), objecting(anhe)];
  await lodgeObjection(office, anyone, ofVillage);
  await lodgeObjection(office, anyone, ofTownship);
  const before = await village.traces();
  for (const who of ['sun', 'lin', 'ping', 'ling', 'hua'] as const) t.is(await codeOf(t, answer(village, who, ofVillage.id, 'kept')), 'not-allowed', who);
  for (const who of ['gao', 'lin', 'ling'] as const) t.is(await codeOf(t, answer(village, who, ofTownship.id, 'kept')), 'not-allowed', who);
  t.is(await village.traces(), before, 'nothing is left behind');
  const township = (await placeByNo(office.read, anhe)).path;
  const waiting = async (answer: readonly string[], settle: readonly string[]) => (await objectionsAwaited(office.read, { answer, settle }, 10)).map(one => one.id);
  t.deepEqual(await waiting([township], []), [ofVillage.id]);
  t.deepEqual(await waiting([], ['/']), [ofTownship.id]);
  t.deepEqual(await waiting([], []), []);
  t.deepEqual((await objectionsBelow(office.read, [township], { answered: false, most: 10 })).map(one => `${one.kind} ${one.place_no} ${one.head_name ?? '-'}`).toSorted(), [`township ${anhe} -`, `village ${qinghe} -`]);
  await answer(village, 'zhang', ofTownship.id, 'kept');
  t.deepEqual(await answer(village, 'gao', ofVillage.id, 'upheld'), { subject: placeId(qinghe), reopened: true });
  t.like(await titleNow(village, qinghe), { standing: 'rated', held: 0 }, 'back to be reckoned and applied for anew');
});

test('who is not content appeals once to the next level, which has the last word here', async t => {
  const village = await hanging(t);
  const { office } = village;
  const first = objecting(qinghe);
  await lodgeObjection(office, anyone, first);
  t.is(await codeOf(t, lodgeObjection(office, anyone, objecting(qinghe, { appeals: first.id }))), 'objection-no-appeal', 'not answered yet');
  await answer(village, 'gao', first.id, 'kept');
  t.is(await codeOf(t, lodgeObjection(office, anyone, objecting(anhe, { appeals: first.id }))), 'objection-no-appeal', 'of another title');
  const second = objecting(qinghe, { appeals: first.id });
  const receipt = await lodgeObjection(office, anyone, second);
  t.is((await objectionByReceipt(office.read, receipt))?.seat_no, placeNos.county);
  t.is((await titleNow(village, qinghe)).held, 1);
  t.is(await codeOf(t, lodgeObjection(office, anyone, objecting(qinghe, { appeals: first.id }))), 'objection-no-appeal', 'only once');
  t.is(await codeOf(t, answer(village, 'gao', second.id, 'kept')), 'not-allowed', 'nobody answers an appeal against themselves');
  await answer(village, 'ling', second.id, 'kept');
  t.is(await codeOf(t, lodgeObjection(office, anyone, objecting(qinghe, { appeals: second.id }))), 'objection-highest');
});

test('from the board to the form, the receipt, the answer and the appeal, without an account', async t => {
  const village = await hanging(t);
  const { id: round } = await roundByNo(village.office.read, roundNo);
  const doors = await openDoors(t, village);
  const [guest, gao, sun, zhang, hua] = [await doors(), await doors('gao'), await doors('sun'), await doors('zhang'), await doors('hua')];
  const [shown, form] = [`/titles/${round}/${placeId(qinghe)}/public`, `/object/${round}/${placeId(qinghe)}`];
  for (const board of ['/', `/board/${placeId(qinghe)}`, '/notices']) t.true((await guest.get(board)).body.includes(shown), board);
  t.true((await guest.get(shown)).body.includes(form));
  t.regex((await gao.get(`/titles/${round}/${placeId(qinghe)}`)).body, /公示期满以后，由县领导小组组长命名/, 'whoever has nothing to do is told who has');
  t.is((await guest.get(`/object/${round}/${placeId(placeNos.shuikou)}`)).status, 404, 'a title that does not hang');
  t.is((await sun.get(`/titles/${round}/${placeId(qinghe)}/print`)).status, 200);
  const given = { id: newId(), about: 'rating', words: '还有两户欠着款', name: '', contact: '', shown: '' };
  const faulty = await guest.post(form, { ...given, words: '' });
  t.is(faulty.status, 422);
  t.is(faulty.field('words').fault, '请填写您的意见。');
  const lodged = await guest.post(form, given);
  t.is((await guest.post(form, given)).location, lodged.location, 'pressed twice, one receipt');
  const page = `/objections/${given.id}`;
  for (const [who, able] of [[gao, true], [sun, false]] as const) t.is((await who.get(page)).body.includes(`${page}/answer`), able);
  t.true((await zhang.get(`/titles/${round}/${placeId(qinghe)}`)).body.includes('1 件异议还没答复'));
  t.is((await sun.post(`${page}/answer`, { ...checking, outcome: 'kept', words: '没有欠款' })).status, 403);
  t.is((await gao.post(`${page}/answer`, { ...checking, outcome: 'kept', words: '两户都已还清' })).status, 303);
  const receipt = await guest.get(lodged.location ?? '');
  t.true(receipt.body.includes('两户都已还清') && receipt.body.includes('请样板县再核查'));
  const appealed = await guest.post(`${lodged.location ?? ''}/appeal`, { id: newId(), words: '还清的是另外两户', shown: '' });
  t.is(appealed.status, 303);
  t.true((await guest.get(lodged.location ?? '')).body.includes('已经往上一级再提'));
  t.true((await zhang.get('/')).status < 400);
  t.true((await zhang.get('/desk')).body.includes('答复不服的异议'));
  t.is((await hua.get(`/objections/new?subject=${placeId(qinghe)}`)).status, 200);
  t.is((await hua.post('/objections', { ...given, id: newId(), round, subject: placeId(qinghe), how: 'phone' })).status, 303, 'taken down at the hall');
});

test('a title on the roll can be objected to as well; if that is right it leaves the roll in the same moment', async t => {
  const village = await hanging(t, { zhou: { standing: 'approved', grade: 0 } });
  const { office } = village;
  village.clock.set(over);
  for (const no of [qinghe, anhe]) await step(village, 'zhang', no, 'approve');
  const round = await roundByNo(office.read, roundNo);
  await publish(office, await village.actor('gao'), { round, place: await placeByNo(office.read, anhe) });
  const guest = await (await openDoors(t, village))();
  const form = `/object/${round.id}/${placeId(qinghe)}`;
  t.true((await guest.get(`/board/${placeId(qinghe)}`)).body.includes(form));
  t.true((await guest.get(`/board/${placeId(anhe)}`)).body.includes(`/object/${round.id}/${placeId(anhe)}`));
  t.regex((await guest.get(form)).body, /已经命名、上了光荣榜/);
  const id = newId();
  t.is((await guest.post(form, { id, about: 'rating', words: '有两户是后来补的', name: '', contact: '', shown: '' })).status, 303);
  t.like(await titleNow(village, qinghe), { standing: 'published', held: 1 });
  await answer(village, 'gao', id, 'upheld');
  t.like(await titleNow(village, qinghe), { standing: 'rated', held: 0 });
  const board = (await guest.get(`/board/${placeId(qinghe)}`)).body;
  t.false(board.includes('清河村是信用村') || board.includes(form));
  t.like(await titleNow(village, anhe), { standing: 'published' }, 'the township is another matter');
});
