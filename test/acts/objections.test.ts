import test from 'ava';
import type { ExecutionContext } from 'ava';
import { anyone, atConsole } from '../../src/access/actor.ts';
import { newId } from '../../src/kit/id.ts';
import type { Faults } from '../../src/kit/faults.ts';
import { syntheticPhone } from '../../src/kit/phone.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { answerObjection } from '../support/answering.ts';
import { checkOf } from '../../src/objections/check.ts';
import { lodgeObjection, type Lodged } from '../../src/objections/lodge.ts';
import { objectionById, objectionByReceipt, objectionsBelow, objectionsOf, openObjections } from '../../src/objections/queries.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { close, reopen } from '../../src/rounds/close.ts';
import { caseOf } from '../../src/rounds/round.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { households, officerId, openVillage, placeNos, type Village } from '../support/village.ts';

const { zhou, wu } = households;
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;
const objecting = (own: Partial<Lodged> = {}): Lodged => ({ id: newId(), round: roundNo, subject: zhou.no, notice: null, about: 'rating', words: '家里劳力少算了一个', name: '周小山', contact: undefined, how: 'web', ...own });
const caseNow = (village: Village, subject: number = zhou.no) => caseOf(village.office.read, roundNo, subject);

async function noticed(t: ExecutionContext): Promise<Village> {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'village-noticed', grade: 1 }, wu: { standing: 'village-noticed', grade: 1 } });
  return village;
}

test('anybody may object without a name: that household is held, nobody else, and the words are sealed', async t => {
  const village = await noticed(t);
  const { office } = village;
  const given = objecting({ name: undefined });
  const receipt = await lodgeObjection(office, anyone, given);
  t.like(await caseNow(village), { standing: 'village-noticed', held: 1 });
  t.like(await caseNow(village, wu.no), { held: 0 });
  const found = await objectionByReceipt(office.read, receipt);
  t.like(found, { id: given.id, lodged_on: '2026-11-23', due_on: '2026-12-02', name_sealed: null, outcome: null });
  t.false(JSON.stringify(found).includes('劳力'));
  t.is(office.secrets.open(found?.words_sealed ?? ''), given.words);
  t.deepEqual([...(await openObjections(office.read, roundNo, [zhou.no, wu.no])).keys()], [zhou.no]);
  t.is(await village.traces(), 1);
});

test('the same form sent twice is one objection', async t => {
  const village = await noticed(t);
  const given = objecting();
  const receipt = await lodgeObjection(village.office, anyone, given);
  t.is(await lodgeObjection(village.office, anyone, given), receipt);
  t.is(await codeOf(t, lodgeObjection(village.office, anyone, { ...given, subject: wu.no })), 'objection-repeated');
  t.is((await caseNow(village)).held, 1);
  t.is(await village.traces(), 1);
});

test('what is not public yet cannot be objected to', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'collected' } });
  t.is(await codeOf(t, lodgeObjection(village.office, anyone, objecting())), 'objection-not-now');
  t.is(await codeOf(t, lodgeObjection(village.office, anyone, objecting({ subject: 9_999 }))), 'not-found');
  t.is(await village.traces(), 0);
});

test('kept: the household goes on, and the person reads the answer', async t => {
  const village = await noticed(t);
  const { office } = village;
  const given = objecting();
  await lodgeObjection(office, anyone, given);
  const sun = await village.actor('sun');
  t.deepEqual(await answerObjection(office, sun, { id: given.id, outcome: 'kept', words: '核过了，劳力两人没错。' }), { subject: zhou.id, reopened: false });
  t.like(await caseNow(village), { standing: 'village-noticed', held: 0 });
  const found = await objectionById(office.read, given.id);
  t.is(office.secrets.open(found.answer_sealed ?? ''), '核过了，劳力两人没错。');
  t.is(await codeOf(t, answerObjection(office, sun, { id: given.id, outcome: 'upheld', words: '又想了想' })), 'objection-answered');
  t.is((await openObjections(office.read, roundNo, [zhou.no])).size, 0);
});

test('upheld: the household is looked at anew; a second objection is answered wherever it stands', async t => {
  const village = await noticed(t);
  const { office } = village;
  const [one, other] = [objecting(), objecting({ words: '还有一件' })];
  await lodgeObjection(office, anyone, one);
  await lodgeObjection(office, anyone, other);
  t.is((await caseNow(village)).held, 2);
  const lin = await village.actor('lin');
  t.true((await answerObjection(office, lin, { id: one.id, outcome: 'upheld', words: '是少算了。' })).reopened);
  t.like(await caseNow(village), { standing: 'collected', held: 1 });
  await answerObjection(office, lin, { id: other.id, outcome: 'withdrawn', words: '本人撤回。' });
  t.like(await caseNow(village), { standing: 'collected', held: 0 });
  t.deepEqual(new Set((await objectionsOf(office.read, roundNo, zhou.no)).map(row => row.outcome)), new Set(['upheld', 'withdrawn']));
});

test('in a round that is over an objection is upheld only once the round is open again', async t => {
  const village = await noticed(t);
  const { office } = village;
  const [one, other] = [objecting(), objecting({ words: '还有一件' })];
  await lodgeObjection(office, anyone, one);
  await lodgeObjection(office, anyone, other);
  await close(office, atConsole, roundNo);
  const lin = await village.actor('lin');
  const traces = await village.traces();
  t.is(await codeOf(t, answerObjection(office, lin, { id: one.id, outcome: 'upheld', words: '是少算了。' })), 'round-ended');
  t.is(await village.traces(), traces);
  t.is((await objectionById(office.read, one.id)).outcome, null);
  await answerObjection(office, lin, { id: other.id, outcome: 'kept', words: '核过了，没有错。' });
  t.is((await caseNow(village)).held, 1);
  await reopen(office, atConsole, roundNo);
  t.true((await answerObjection(office, lin, { id: one.id, outcome: 'upheld', words: '是少算了。' })).reopened);
  t.like(await caseNow(village), { standing: 'collected', held: 0 });
});

test('who took down what is disputed does not answer, nor does another village', async t => {
  const village = await noticed(t);
  const { office } = village;
  const given = objecting();
  await lodgeObjection(office, anyone, given);
  await office.store.write('sheets').insert({ round: roundNo, subject: zhou.no, seq: 1, id: newId(), source: 'village', base_seq: 0, body: '{}', batch: null, salt: 's', at: '2026-11-02T01:00:00.000Z', by: officerId('sun'), unit: 0 });
  await office.store.write('sheets').insert({ round: roundNo, subject: zhou.no, seq: 2, id: newId(), source: 'bank', base_seq: 1, body: '{}', batch: null, salt: 's', at: '2026-11-02T01:00:00.000Z', by: officerId('lin'), unit: 0 });
  for (const who of ['sun', 'tan', 'mei', 'ping', 'hua'] as const) t.is(await codeOf(t, answerObjection(office, await village.actor(who), { id: given.id, outcome: 'kept', words: '没错' })), 'not-allowed', who);
  t.is((await caseNow(village)).held, 1);
  await answerObjection(office, await village.actor('lin'), { id: given.id, outcome: 'kept', words: '镇里核过了。' });   // The bank's file that he handed in is not his own word.
  t.is((await caseNow(village)).held, 0);
});

test('an answer wants the record of what was looked into since', async t => {
  const village = await noticed(t);
  const { office } = village;
  const given = objecting();
  await lodgeObjection(office, anyone, given);
  const traces = await village.traces();
  const check = { on: '2026-11-23', looked: '到户里看过', asked: ['self'], found: '劳力两人' };
  for (const bad of [undefined, { ...check, on: '2026-11-22' }, { ...check, on: '2026-11-24' }]) t.is(await codeOf(t, answerObjection(office, await village.actor('sun'), { id: given.id, outcome: 'kept', words: '没错', check: bad })), 'objection-unchecked');
  t.is(await village.traces(), traces);
  await answerObjection(office, await village.actor('sun'), { id: given.id, outcome: 'kept', words: '没错', check });
  const row = await objectionById(office.read, given.id);
  t.like(checkOf(office.secrets, row), { on: '2026-11-23', people: '问了本人或家人', found: '劳力两人' });
  t.false(JSON.stringify(row).includes('劳力两人'), 'sealed');
});

test('an answer names nobody of another household, and holds nobody’s number', async t => {
  const village = await noticed(t);
  const { office } = village;
  const given = objecting();
  await lodgeObjection(office, anyone, given);
  const traces = await village.traces();
  const sun = await village.actor('sun');
  const faultOf = async (own: Partial<Parameters<typeof answerObjection>[2]>) => (await t.throwsAsync<Faults>(answerObjection(office, sun, { id: given.id, outcome: 'kept', words: '核过，没有错', ...own })))?.faults[0];
  const check = { on: '2026-11-23', looked: '到户里看过', asked: ['self'], found: '劳力两人' };
  t.like(await faultOf({ words: '吴秀兰家比他家多一个劳力' }), { field: 'words', code: 'named' });
  t.like(await faultOf({ check: { ...check, looked: '问过吴秀兰' } }), { field: 'looked', code: 'named' });
  t.like(await faultOf({ check: { ...check, found: `打了 ${syntheticPhone(7)}` } }), { field: 'found', code: 'number' });
  t.is(await village.traces(), traces);
  await answerObjection(office, sun, { id: given.id, outcome: 'kept', words: '周大山本人说了，邻居也说了，打村部电话 0517-88000000 问', check });
  t.is((await caseNow(village)).held, 0);
});

test('the list goes by due day and stays below one\'s places', async t => {
  const village = await noticed(t);
  const { office, clock } = village;
  await lodgeObjection(office, anyone, objecting());
  clock.set('2026-11-24T01:00:00.000Z');
  await lodgeObjection(office, anyone, objecting({ subject: wu.no }));
  const [qinghe, shuikou] = [await placeByNo(office.read, placeNos.qinghe), await placeByNo(office.read, placeNos.shuikou)];
  t.deepEqual((await objectionsBelow(office.read, [qinghe.path], { answered: false, most: 10 })).map(row => row.head_name), ['周大山', '吴秀兰']);
  t.deepEqual(await objectionsBelow(office.read, [shuikou.path], { answered: false, most: 10 }), []);
  t.deepEqual(await objectionsBelow(office.read, [qinghe.path], { answered: true, most: 10 }), []);
});

test('whoever set the grade by hand does not answer the objection to it; a colleague does', async t => {
  const village = await noticed(t);
  const { office } = village;
  await office.store.write('adjustments').insert({
    id: newId(), round: roundNo, subject: zhou.no, revision: 2, points_before: 8_500, points_after: 8_500, grade_before: 2, grade_after: 1, outcome_before: 'graded',
    reason: '核过以后上调一级', salt: 's', at: '2026-11-20T01:00:00.000Z', by: officerId('lin'), unit: 0,
  });
  const given = objecting();
  await lodgeObjection(office, anyone, given);
  const traces = await village.traces();
  t.is(await codeOf(t, answerObjection(office, await village.actor('lin'), { id: given.id, outcome: 'kept', words: '维持' })), 'not-allowed');
  t.is(await village.traces(), traces);
  await answerObjection(office, await village.actor('gao'), { id: given.id, outcome: 'kept', words: '核过了，维持。' });
  t.like(await caseNow(village), { held: 0 });
});
