import test from 'ava';
import type { ExecutionContext } from 'ava';
import '../../src/areas.ts';
import { keepTerms } from '../../src/calendar/keep-terms.ts';
import { newId } from '../../src/kit/id.ts';
import type { Faults } from '../../src/kit/faults.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { cureEvent } from '../../src/observations/cure.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { undoSheet } from '../../src/observations/undo.ts';
import { worldOf } from '../../src/observations/world.ts';
import { recheckRatings } from '../../src/ratings/recheck.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { declare } from '../../src/recusals/declare.ts';
import { confirmEvent } from '../../src/tellings/confirm.ts';
import { tellingsOf, waitingBelow } from '../../src/tellings/queries.ts';
import { saidIn } from '../../src/rounds/statements.ts';
import { toldIn } from '../../src/tellings/telling.ts';
import { takeBackTelling } from '../../src/tellings/untell.ts';
import { giveStatement } from '../../src/statements/give.ts';
import { takeBackStatement } from '../../src/statements/take-back.ts';
import { verify } from '../../src/audit/verify.ts';
import { tellPerson } from '../../src/tellings/tell.ts';
import { openCollecting, wholeValues, type Collecting } from '../support/collecting.ts';
import { households, type Person } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const { id: household, no: zhou } = households.zhou;
const jpeg = { bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) };
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;
const litter = () => ({ id: newId(), indicator: 'conduct', option: 'litter', day: '2026-11-10', note: '往沟里倒建筑垃圾' });

/** 周, rated, with one thing that takes two points written down by `by`. */
async function withLitter(t: ExecutionContext, by: Person = 'mei') {
  const village = await openCollecting(t);
  const { office, round } = village;
  const event = litter();
  await recordSheet(office, await village.actor('mei'), { id: newId(), round: round.no, household, base_seq: 0, source: 'grid', values: wholeValues });
  await recordMany(office, await village.actor('gao'), [{ subject: zhou, values: { loanPerformance: 'normal', guarantees: 'none', taxes: 'none', judgmentDefaulter: false } }], { round: round.no, source: 'bank', batch: newId(), signed: { how: 'paper', reason: '' } });
  const { points } = await rateOne(office, await village.actor('gao'), { round: round.no, household });
  await recordSheet(office, await village.actor(by), { id: newId(), round: round.no, household, base_seq: 2, source: 'village', events: [event], photos: [{ about: event.id, source: jpeg }] });
  const about = { round: round.no, household, event: event.id };
  return { ...village, event, about, before: points, rated: async () => (await rateOne(office, await village.actor('gao'), { round: round.no, household })).points, ...actsOn(village, about) };
}
const actsOn = ({ office, actor }: Collecting, about: { readonly round: number; readonly household: string; readonly event: string }) => ({
  confirm: async (who: Person, holds = true) => confirmEvent(office, await actor(who), { ...about, holds, words: '到沟边看过，垃圾还在', photos: [] }),
  tell: async (who: Person, on = '2026-11-23') => tellPerson(office, await actor(who), { ...about, on, how: 'handed', words: '周大山' }),
});

test('it counts nothing until somebody else has confirmed it, the person was told, and the days to answer are over; it verifies all the way', async t => {
  const village = await withLitter(t);
  t.is(await village.rated(), village.before, 'as written down it only waits');
  t.is(await codeOf(t, village.tell('sun')), 'telling-unconfirmed');
  await village.confirm('sun');
  t.is(await codeOf(t, village.confirm('lin')), 'telling-settled');
  t.is(await village.rated(), village.before, 'confirmed is not told');
  t.is(await village.tell('mei'), '2026-12-01', 'Monday, five working days to answer, the next day');
  t.is(await codeOf(t, village.tell('mei')), 'telling-settled');
  t.is(await village.rated(), village.before, 'the person may still answer');
  village.clock.set('2026-11-30T15:59:00.000Z');
  t.is(await village.rated(), village.before, 'at 23:59 of the last day to answer');
  village.clock.set('2026-11-30T16:00:00.000Z');
  t.is(await village.rated(), village.before - 200);
  t.deepEqual((await recheckRatings(village.office, { round: village.round.no })).wrong, []);
  await village.office.store.write('events').where({ id: village.event.id }).update({ counts_from: '2026-12-02' });
  t.not((await recheckRatings(village.office, { round: village.round.no })).wrong.length, 0, 'a table that does not say what the sheets say is found');
});

test('nobody confirms the own word, nor what is of kin, nor without anything that shows it', async t => {
  const village = await withLitter(t, 'sun');
  const { office, about } = village;
  const traces = await village.traces();
  t.is(await codeOf(t, village.confirm('sun')), 'not-allowed');
  t.is(await codeOf(t, village.confirm('mei')), 'not-allowed', 'a grid worker confirms nothing');
  t.is(await codeOf(t, village.confirm('ping')), 'not-allowed', 'of another township');
  t.is(await village.traces(), traces);
  await declare(office, await village.actor('lin'), { household, ground: 'kin' });
  t.is(await codeOf(t, village.confirm('lin')), 'not-allowed');
  const bare = litter();
  await recordMany(office, await village.actor('sun'), [{ subject: zhou, values: {}, events: [bare] }], { round: about.round, source: 'village', batch: newId() , power: 'observation.record' });
  t.is(await codeOf(t, confirmEvent(office, await village.actor('gao'), { ...about, event: bare.id, holds: true, words: '看过', photos: [] })), 'telling-unproved');
  await confirmEvent(office, await village.actor('gao'), { ...about, event: bare.id, holds: true, words: '看过', photos: [jpeg] });
  t.truthy((await tellingsOf(office.read, bare.id))[0]?.evidence);
});

test('what does not hold is struck, with its reason, and takes nothing', async t => {
  const village = await withLitter(t);
  await village.confirm('sun', false);
  const { picture } = await worldOf(village.office.read, village.round.no, household);
  t.is(picture.events.get(village.event.id)?.voided?.why, '核实不成立：到沟边看过，垃圾还在');
  t.is(await codeOf(t, village.tell('sun')), 'event-voided');
  t.is(await village.rated(), village.before);
  t.deepEqual(await waitingBelow(village.office.read, ['/'], '2026-11-23', 10), []);
});

test('a telling has its right day and place, keeps who would not take it, and cannot be undone by a slip', async t => {
  const village = await withLitter(t);
  const { office, about } = village;
  await village.confirm('sun');
  for (const on of ['2026-11-22', '2026-11-24']) t.is((await t.throwsAsync<Faults>(village.tell('mei', on)))?.faults[0]?.field, 'on');
  for (const who of ['bo', 'tan', 'wei'] as const) t.is(await codeOf(t, village.tell(who)), 'not-allowed', who);
  await tellPerson(office, await village.actor('mei'), { ...about, on: '2026-11-23', how: 'refused', words: '见证人 苏长贵' });
  t.like((await tellingsOf(office.read, village.event.id)).at(-1), { step: 'told', how: 'refused', words: '见证人 苏长贵', counts_from: '2026-12-01' });
  const { sheets } = await worldOf(office.read, village.round.no, household);
  t.is(await codeOf(t, undoSheet(office, await village.actor('mei'), { round: about.round, household, seq: sheets.at(-1)?.seq ?? 0 })), 'undo-late');
});

test('what takes points is written down without the name of anybody of another household: it is printed on the letter', async t => {
  const village = await withLitter(t);
  const { office, about } = village;
  const before = await village.traces();
  const id = newId();
  const write = async (note: string) => recordSheet(office, await village.actor('mei'), { id: newId(), round: about.round, household, base_seq: 99, source: 'grid', events: [{ id, indicator: 'conduct', option: 'litter', day: '2026-11-12', note }], photos: [{ about: id, source: jpeg }] });
  t.like((await t.throwsAsync<Faults>(write('吴秀兰看见他家倒的')))?.faults[0], { field: 'note', code: 'named' });
  t.is(await village.traces(), before);
  await write('邻居看见他家倒的');
});

test('a telling registered wrongly is taken back with its reason: the thing waits again, and counts nothing until the person is really told', async t => {
  const village = await withLitter(t);
  const { office, about } = village;
  const recall = (who: Person) => village.actor(who).then(actor => takeBackTelling(office, actor, { ...about, words: '登记到别家去了' }));
  const from = async () => (await worldOf(office.read, about.round, household)).picture.events.get(village.event.id)?.entry.span?.from;
  await village.confirm('sun');
  t.is(await codeOf(t, recall('mei')), 'telling-untold');
  await village.tell('mei');
  t.is(await from(), '2026-12-01');
  const before = await village.traces();
  t.is(await codeOf(t, recall('tan')), 'not-allowed');
  t.is(await village.traces(), before);
  await recall('mei');
  t.is(await from(), '9999-12-31');
  t.is(await codeOf(t, recall('mei')), 'telling-untold', 'once');
  t.is(toldIn(await tellingsOf(office.read, village.event.id)), undefined);
  await village.tell('mei');
  t.is(await from(), '2026-12-01', 'told again');
  t.is(toldIn(await tellingsOf(office.read, village.event.id))?.step, 'told');
  // Once it counts, taking it back gives points: not by who registered it, not by whoever has no judge's post, not by kin.
  village.clock.set('2026-12-02T02:00:00.000Z');
  t.is(await codeOf(t, recall('mei')), 'telling-own');
  t.is(await codeOf(t, recall('bo')), 'not-allowed');
  await declare(office, await village.actor('lin'), { household, ground: 'kin' });
  t.is(await codeOf(t, recall('lin')), 'not-allowed');
  await recall('sun');
  t.is(await from(), '9999-12-31');
});

test('what the person says is written down in the own words and stays with it, until it is taken back for good', async t => {
  const village = await withLitter(t);
  const { office, about } = village;
  const given = { id: newId(), round: about.round, household, about: `event:${village.event.id}`, words: '不是我家倒的' };
  const hua = await village.actor('hua');
  const said = async () => [...(await saidIn(office.read, about.round, households.zhou.no)).values()].flat();
  const before = await village.traces();
  t.is(await codeOf(t, giveStatement(office, await village.actor('tan'), given)), 'not-allowed');
  for (const nothing of [`event:${newId()}`, 'value:nothing']) t.is(await codeOf(t, giveStatement(office, hua, { ...given, about: nothing })), 'statement-about-nothing');
  t.is(await village.traces(), before);
  for (const _ of [1, 2]) await giveStatement(office, hua, given);
  t.like(await said(), [{ about: given.about, indicator: 'conduct', words: '不是我家倒的' }]);
  t.is((await said()).length, 1, 'the same form sent twice');
  t.is(await codeOf(t, takeBackStatement(office, await village.actor('tan'), given)), 'not-allowed');
  t.is(await codeOf(t, takeBackStatement(office, hua, { household: households.wu.id, id: given.id })), 'not-found', 'of another household');
  await takeBackStatement(office, hua, given);
  t.is(await codeOf(t, takeBackStatement(office, hua, given)), 'not-found');
  t.deepEqual(await said(), []);
  t.deepEqual((await verify(office)).findings, []);
});

test('the list tells what waits, below the own place only', async t => {
  const village = await withLitter(t);
  const { office } = village;
  const below = (path: string, day = '2026-11-23') => waitingBelow(office.read, [path], day, 10);
  const [one] = await below('/p1/c2/x3/t10/v20/n40/');
  t.like(one, { household, name: '周大山', number: '001', confirmed: false });
  t.is(one?.happening.label, '随意倾倒垃圾');
  t.deepEqual(await below('/p1/c2/x3/t10/v21/'), []);
  await village.confirm('sun');
  t.true((await below('/'))[0]?.confirmed);
  await village.tell('sun');
  t.is((await below('/'))[0]?.counts_from, '2026-12-01', 'until the days to answer are over');
  t.deepEqual(await below('/', '2026-12-01'), []);
});

test('what was told is struck, or taken as put right without a photo, by somebody other than who wrote it down', async t => {
  const village = await withLitter(t, 'sun');
  const { office, about } = village;
  await village.confirm('lin');
  await village.tell('sun');
  const strike = async (who: Person) => recordSheet(office, await village.actor(who), { id: newId(), round: about.round, household, base_seq: 9, source: 'village', voided: [{ id: about.event, why: '记错了户' }] });
  t.is(await codeOf(t, strike('sun')), 'event-told');
  const cure = async (who: Person) => cureEvent(office, await village.actor(who), { id: newId(), ...about, on: '2026-11-20', note: '清走了', photos: [], source: 'village' });
  t.is(await codeOf(t, cure('sun')), 'cure-unproved');
  await strike('mei');
  t.is((await worldOf(office.read, about.round, household)).picture.events.get(about.event)?.voided?.why, '记错了户');
});

test('the office sets the days to answer, never fewer than three; who was told already keeps theirs', async t => {
  const village = await withLitter(t);
  const { office, actor } = village;
  t.is(await codeOf(t, keepTerms(office, await actor('gao'), { answer: 10, accept: 3, decide: 10, reply: 15 })), 'not-allowed');
  await keepTerms(office, await actor('guan'), { answer: 10, accept: 3, decide: 10, reply: 15 });
  const traces = await village.traces();
  await keepTerms(office, await actor('guan'), { answer: 10, accept: 3, decide: 10, reply: 15 });
  t.is(await village.traces(), traces, 'nothing new');
  await village.confirm('sun');
  t.is(await village.tell('mei'), '2026-12-08', 'ten working days');
  const guan = await (await openDoors(t, village))('guan');
  t.is((await guan.post('/calendar/terms', { answer: '2', accept: '3', decide: '10', reply: '15' })).status, 422);
  t.is((await guan.post('/calendar/terms', { answer: '3', accept: '3', decide: '10', reply: '15' })).status, 303);
  t.true((await guan.get('/calendar')).body.includes('/calendar/terms'));
  t.is((await tellingsOf(office.read, village.event.id)).at(-1)?.counts_from, '2026-12-08');
});
