import test from 'ava';
import type { ExecutionContext } from 'ava';
import '../../src/areas.ts';
import { verify } from '../../src/audit/verify.ts';
import { agreeable, agreeAll, seenOf } from '../../src/awards/agree.ts';
import { decide } from '../../src/awards/decide.ts';
import { openCheck, takeBackCheck } from '../../src/awards/check.ts';
import { stepPlaque } from '../../src/awards/plaque.ts';
import { drop, hear, invite } from '../../src/awards/hear.ts';
import { propose, proposeKept } from '../../src/awards/propose.ts';
import { changeById, openChanges } from '../../src/awards/queries.ts';
import { gradeInForce } from '../../src/coop/queries.ts';
import { move } from '../../src/households/move.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import type { Faults } from '../../src/kit/faults.ts';
import { newId } from '../../src/kit/id.ts';
import { today } from '../../src/kit/time.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { ratingInForce } from '../../src/ratings/queries.ts';
import { entriesOf, rollsAt } from '../../src/rolls/queries.ts';
import { marksOf } from '../../src/rounds/queries.ts';
import { close } from '../../src/rounds/close.ts';
import { unfinished } from '../../src/rounds/follow-cases.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { takeBack } from '../../src/observations/take-back.ts';
import { undoSheet } from '../../src/observations/undo.ts';
import { worldOf } from '../../src/observations/world.ts';
import { answerObjection } from '../support/answering.ts';
import { fallsBack, openAwarded } from '../support/awarded.ts';
import type { Collecting } from '../support/collecting.ts';
import { households, placeId, placeNos, type Person } from '../support/village.ts';

const { zhou, wu } = households;
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;
const qinghe = placeId(placeNos.qinghe);

const actsOn = ({ office, actor, round }: Collecting, actorOf = actor) => ({
  propose: async (who: Person, household: 'zhou' | 'wu', seen: 'keep' | 'raise' | 'lower' | 'cancel', annual?: string) => propose(office, await actor(who), { round: round.no, target: households[household].id, seen, words: '照记录', ...annual === undefined ? {} : { annual } }),
  decide: async (who: Person, id: string, agreed = true) => decide(office, await actor(who), { id, agreed, words: agreed ? '' : '再看一看' }),
  check: async (who: Person = 'gao') => openCheck(office, await actor(who), { round: round.no, place: placeNos.anhe, until: '2027-12-20', valid_until: '2028-12-31' }),
  /** Agrees to all that the page would list for the chair of that very moment. */
  agree: async (who: Person = 'gao', place: number = placeNos.qinghe, seen?: string) => {
    const [actor, village] = [await actorOf(who), await placeByNo(office.read, place)];
    const list = await agreeable({ read: office.read, dialect: office.store.dialect }, await actorOf('gao'), { round: await roundByNo(office.read, round.no), village, day: today(office.clock) });
    return agreeAll(office, actor, { round: round.no, village, seen: seen ?? seenOf(list) });
  },
  certificates: async () => (await office.read('certificates').orderBy('no').select<{ no: string; subject: number; grade_code: string; valid_until: string; revoked_on: string | null; replaced_by: string | null }[]>('no', 'subject', 'grade_code', 'valid_until', 'revoked_on', 'replaced_by')),
  roll: async () => { const [roll] = await rollsAt(office.read, await placeByNo(office.read, placeNos.qinghe)); return { names: (await entriesOf(office.read, roll?.id ?? '')).map(entry => `${entry.shown} ${entry.grade_code}`), byGrade: roll?.figures.villages.find(one => one.no === placeNos.qinghe)?.byGrade }; },
});

test('annual check: what did not change is put forward in one act, agreed to by another, and valid for longer under the same number', async t => {
  const village = await openAwarded(t);
  const { office, round } = village;
  const on = actsOn(village);
  const [sun, gao] = [await village.actor('sun'), await village.actor('gao')];
  for (const who of ['sun', 'lin', 'ping', 'mei'] as const) t.is(await codeOf(t, on.check(who)), 'not-allowed', who);
  t.deepEqual((await t.throwsAsync<Faults>(openCheck(office, gao, { round: round.no, place: placeNos.anhe, until: '2026-11-01', valid_until: '2028-12-31' })))?.faults.map(one => one.field), ['until']);
  t.deepEqual((await t.throwsAsync<Faults>(openCheck(office, gao, { round: round.no, place: placeNos.anhe, until: '2027-12-20', valid_until: '2099-12-31' })))?.faults.map(one => one.code), ['late'], 'no longer than the standard lets a roll hang');
  const annual = await on.check();
  t.is(await codeOf(t, on.check()), 'annual-open');
  t.is(await codeOf(t, takeBackCheck(office, await village.actor('lin'), annual)), 'not-allowed');
  t.is(await codeOf(t, proposeKept(office, await village.actor('tan'), { annual, village: qinghe })), 'not-allowed', 'a foreign village');
  t.is(await proposeKept(office, sun, { annual, village: qinghe }), 2);
  t.is(await codeOf(t, proposeKept(office, sun, { annual, village: qinghe })), 'award-none', 'nobody twice');
  t.is(await codeOf(t, takeBackCheck(office, gao, annual)), 'annual-begun');
  for (const who of ['sun', 'lin', 'ping'] as const) t.is(await codeOf(t, on.agree(who)), 'not-allowed', who);
  t.is(await codeOf(t, on.agree('gao', placeNos.qinghe, 'another list')), 'changed-meanwhile');
  t.is(await on.agree(), 2);
  t.is(await codeOf(t, on.agree()), 'award-none');
  t.deepEqual((await on.certificates()).map(one => [one.grade_code, one.valid_until, one.revoked_on]), [['AA', '2028-12-31', null], ['AA', '2028-12-31', null]]);
  t.is((await ratingInForce(office.read, round.no, zhou.no))?.revision, 1, 'the same result is not written twice');
  t.deepEqual((await marksOf(office.read, round.no, zhou.no)).at(-1)?.mark, 'checked');
  t.deepEqual((await verify(office)).findings, []);
});

test('raised by what was done since: a new paper under a new number, the roll says so, and the reasons are kept like any other', async t => {
  const village = await openAwarded(t);
  const { office, round } = village;
  const on = actsOn(village);
  await recordSheet(office, await village.actor('mei'), { id: newId(), round: round.no, household: zhou.id, base_seq: 99, source: 'grid', events: [{ id: newId(), indicator: 'publicSpirit', option: 'neighbourHelp', day: '2026-11-22', note: '帮邻居收麦' }] });
  t.is((await caseOf(office.read, round.no, zhou.no)).standing, 'published', 'what happens after the award is written down and moves nothing by itself');
  t.is(await codeOf(t, recordSheet(office, await village.actor('mei'), { id: newId(), round: round.no, household: zhou.id, base_seq: 99, source: 'grid', values: { labourCount: 1 } })), 'facts-locked', 'what it rests on stays locked');
  const told = async (source: 'bank' | 'paper') => recordMany(office, await village.actor('gao'), [{ subject: zhou.no, values: { loanPerformance: 'normal' } }], { round: round.no, source, batch: newId() });
  t.deepEqual([(await told('paper')).left.map(one => one.why), (await told('bank')).left], [['facts-locked'], []], 'a bank goes on telling');
  t.is(await codeOf(t, on.propose('sun', 'zhou', 'keep')), 'changed-meanwhile', 'the record says what may be put forward');
  const id = await on.propose('lin', 'zhou', 'raise');
  t.is(await codeOf(t, on.propose('sun', 'zhou', 'raise')), 'award-proposed');
  t.is(await codeOf(t, hear(office, await village.actor('sun'), { id, words: '好' })), 'award-settled', 'nobody has to be heard about a gain');
  await on.decide('gao', id);
  t.deepEqual((await on.certificates()).filter(one => one.subject === zhou.no).map(one => [one.no.slice(-5), one.grade_code, one.revoked_on, one.replaced_by?.slice(-5)]), [['00002', 'AA', '2026-11-23', '00003'], ['00003', 'AAA', null, undefined]]);
  t.deepEqual(await on.roll(), { names: ['吴＊兰 AA', '周＊山 AAA'], byGrade: [1, 1, 0] });
  const rating = await ratingInForce(office.read, round.no, zhou.no);
  t.deepEqual([rating?.revision, rating?.points, rating?.grade], [2, 9_100, 0]);
  t.is((await gradeInForce(office.read, zhou.no, '2026-11-23'))?.grade_code, 'AAA', 'a bank reads the one in force');
  t.deepEqual((await verify(office)).findings, []);
});

test('lowered only after the person was heard, by somebody else than who put it forward, and only while the record still says so', async t => {
  const village = await openAwarded(t);
  const { office, round } = village;
  const on = actsOn(village);
  await fallsBack(village, 'wu');
  const today = village.clock.now().slice(0, 10);
  const id = await on.propose('sun', 'wu', 'lower');
  t.is(await codeOf(t, on.decide('gao', id)), 'award-unheard');
  t.is(await codeOf(t, on.agree()), 'award-none', 'nothing is taken in bulk');
  t.is(await codeOf(t, hear(office, await village.actor('hua'), { id, words: '没有意见' })), 'award-uninvited', 'nobody was heard who was not asked');
  t.is(await codeOf(t, invite(office, await village.actor('tan'), { id, on: today, words: '吴秀兰' })), 'not-allowed');
  t.deepEqual((await t.throwsAsync<Faults>(invite(office, await village.actor('hua'), { id, on: '2026-12-31', words: '吴秀兰' })))?.faults.map(one => one.code), ['late']);
  const until = await invite(office, await village.actor('hua'), { id, on: today, words: '吴秀兰本人' });
  t.is(until, '2026-12-14', 'five working days');
  t.is(await codeOf(t, invite(office, await village.actor('hua'), { id, on: today, words: '再送' })), 'award-settled');
  t.is(await codeOf(t, on.decide('gao', id)), 'award-unheard', 'the days are still running');
  for (const words of ['是周大山家撞的', '打我电话 13800000000']) t.deepEqual((await t.throwsAsync<Faults>(hear(office, await village.actor('hua'), { id, words })))?.faults.map(one => one.field), ['words'], 'it goes onto a letter');
  for (let pressed = 0; pressed < 2; pressed++) await hear(office, await village.actor('hua'), { id, words: '路灯已经赔了' });
  t.is((await changeById(office.read, id)).steps.filter(step => step.step === 'heard').length, 1, 'pressed twice, said once');
  t.is(await codeOf(t, on.decide('sun', id)), 'not-allowed');
  await on.decide('gao', id, false);
  t.is(await codeOf(t, on.decide('gao', id)), 'award-settled');
  t.deepEqual((await on.certificates()).find(one => one.subject === wu.no)?.grade_code, 'AA', 'not agreed to: everything stays');
  const again = await on.propose('sun', 'wu', 'lower');
  await drop(office, await village.actor('sun'), { id: again, words: '提错了' });
  const third = await on.propose('sun', 'wu', 'lower');
  await invite(office, await village.actor('hua'), { id: third, on: today, words: '吴秀兰本人' });
  village.clock.set('2026-12-14T02:00:00.000Z');
  t.is(await codeOf(t, on.decide('gao', third)), 'award-unheard', 'on the last day they may still come');
  village.clock.set('2026-12-15T02:00:00.000Z');
  await on.decide('gao', third);
  t.deepEqual((await on.certificates()).filter(one => one.subject === wu.no).map(one => [one.grade_code, one.revoked_on]), [['AA', '2026-12-15'], ['A', null]]);
  t.deepEqual(await on.roll(), { names: ['周＊山 AA', '吴＊兰 A'], byGrade: [0, 1, 1] });
  t.deepEqual((await changeById(office.read, third)).steps.map(step => step.step), ['invited', 'agreed']);
  t.is((await ratingInForce(office.read, round.no, wu.no))?.grade, 2);
  t.deepEqual((await verify(office)).findings, []);
});

test('cancelled: off the roll and void, the case stays approved without a title; an objection, or a record that moved, stops it', async t => {
  const village = await openAwarded(t);
  const { office, round } = village;
  const on = actsOn(village);
  await fallsBack(village, 'wu', 'strawBurning', 3);
  const today = village.clock.now().slice(0, 10);
  const id = await on.propose('lin', 'wu', 'cancel');
  await invite(office, await village.actor('sun'), { id, on: today, words: '吴秀兰' });
  await hear(office, await village.actor('sun'), { id, words: '没有要说的' });
  await recordSheet(office, await village.actor('mei'), { id: newId(), round: round.no, household: wu.id, base_seq: 99, source: 'grid', events: [{ id: newId(), indicator: 'publicSpirit', option: 'neighbourHelp', day: '2026-11-22', note: '帮邻居' }] });
  t.is(await codeOf(t, on.decide('gao', id)), 'award-moved', 'what was put forward is what is decided');
  await drop(office, await village.actor('lin'), { id, words: '又有新的情况' });
  const next = await on.propose('lin', 'wu', 'cancel');
  await invite(office, await village.actor('sun'), { id: next, on: today, words: '吴秀兰' });
  await hear(office, await village.actor('sun'), { id: next, words: '没有要说的' });
  const objection = await lodgeObjection(office, await village.actor('hua'), { id: newId(), round: round.no, subject: wu.no, notice: null, about: 'rating', words: '烧秸秆的不是我家', name: undefined, contact: undefined, how: 'hall' });
  t.truthy(objection);
  t.is(await codeOf(t, on.decide('gao', next)), 'award-disputed');
  t.is(await codeOf(t, on.propose('sun', 'wu', 'cancel')), 'award-disputed');
  await office.store.write('cases').where({ subject: wu.no }).update({ held: 0 });   // As if it had been answered: answering is tested where it lives.
  await on.decide('gao', next);
  t.deepEqual((await on.certificates()).filter(one => one.subject === wu.no).map(one => [one.revoked_on === null, one.replaced_by]), [[false, null]]);
  t.deepEqual(await on.roll(), { names: ['周＊山 AA'], byGrade: [0, 1, 0] });
  t.is((await caseOf(office.read, round.no, wu.no)).standing, 'approved');
  t.is(await gradeInForce(office.read, wu.no, village.clock.now().slice(0, 10)), undefined, 'a bank reads nothing');
});

test('who put it forward does not decide; what cannot be reckoned is not put forward', async t => {
  const village = await openAwarded(t);
  const on = actsOn(village);
  const id = await on.propose('gao', 'zhou', 'keep');
  t.is(await codeOf(t, on.decide('gao', id)), 'award-own');
  await village.office.store.write('current_values').where({ subject: wu.no }).delete();   // As if nothing had been asked.
  t.is(await codeOf(t, on.propose('sun', 'wu', 'keep')), 'award-unclear');
});

test('a title is looked at where it was reviewed and taken where it was named; its plaque comes down after it', async t => {
  const village = await openAwarded(t);
  const { office, round } = village;
  const { no: subject } = await office.read('subjects').where({ place_no: placeNos.qinghe, kind: 'village' }).first('no') as { no: number };
  // Named last spring, when its shares were met: the steps to it are walked in titles.test.ts.
  await office.store.write('cases').where({ round: round.no, subject }).update({ standing: 'published' });
  const no = '320899101-2026-00009';
  await office.store.write('certificates').insert({ no, round: round.no, subject, grade_code: '', issued_on: '2026-11-01', valid_until: '2027-12-31', revoked_on: null, revoked_reason: null, replaced_by: null, at: '2026-11-01T01:00:00.000Z', by: 'console', unit: 0 });
  const step = async (who: Person, given: 'hung' | 'taken', on = '2026-11-20', of = no) => stepPlaque(office, await village.actor(who), { no: of, step: given, on, words: '村部门口' });
  t.is(await codeOf(t, step('tan', 'hung')), 'not-allowed');
  t.is(await codeOf(t, step('sun', 'hung', '2026-11-20', '320899101-2026-00001')), 'plaque-title');
  t.is(await codeOf(t, step('sun', 'taken')), 'plaque-step', 'it does not hang yet');
  await step('sun', 'hung');
  t.is(await codeOf(t, step('sun', 'hung')), 'plaque-step');

  const give = async (who: Person, seen: 'keep' | 'cancel') => propose(office, await village.actor(who), { round: round.no, target: qinghe, seen, words: '信用户占比不到标准' });
  t.is(await codeOf(t, give('sun', 'cancel')), 'not-allowed', 'not the village itself');
  const id = await give('lin', 'cancel');
  t.is(await codeOf(t, invite(office, await village.actor('sun'), { id, on: '2026-11-23', words: '村评议小组' })), 'not-allowed');
  await invite(office, await village.actor('lin'), { id, on: '2026-11-23', words: '村评议小组' });
  await hear(office, await village.actor('lin'), { id, words: '还有三户正在评' });
  for (const who of ['gao', 'lin', 'ling', 'sun'] as const) t.is(await codeOf(t, decide(office, await village.actor(who), { id, agreed: true, words: '' })), 'not-allowed', who);
  await decide(office, await village.actor('zhang'), { id, agreed: true, words: '' });
  t.is((await caseOf(office.read, round.no, subject)).standing, 'refused');
  await lodgeObjection(office, await village.actor('hua'), { id: newId(), round: round.no, subject, notice: null, about: 'rating', words: '占比算错了', name: undefined, contact: undefined, how: 'hall' });
  t.is((await caseOf(office.read, round.no, subject)).held, 1, 'as its letter says, one may object to it');
  t.is((await office.read('certificates').where({ no }).first('revoked_on') as { revoked_on: string }).revoked_on, '2026-11-23');
  await step('sun', 'taken', '2026-11-23');
  t.is(await codeOf(t, step('sun', 'taken', '2026-11-23')), 'plaque-step');
});

test('a household that moved is looked at where its case lies, and an ended round asks nobody any more', async t => {
  const village = await openAwarded(t);
  const { office, round } = village;
  const on = actsOn(village);
  await move(office, await village.actor('gao'), { household: zhou.id, rev: (await office.read('households').where({ id: zhou.id }).first('rev') as { rev: number }).rev, villageNo: placeNos.shuikou, groupNo: placeNos.group3, gridNo: placeNos.grid3, address: '庄台路 2 号' });
  t.is((await caseOf(office.read, round.no, zhou.no)).village, placeNos.shuikou);
  const annual = await on.check();
  t.is(await proposeKept(office, await village.actor('sun'), { annual, village: qinghe }), 1);
  t.is(await proposeKept(office, await village.actor('tan'), { annual, village: placeId(placeNos.shuikou) }), 1);
  t.is(await on.agree('gao', placeNos.shuikou), 1);
  t.is((await openChanges(office.read, ['/'], 10)).length, 1);
  t.deepEqual(await unfinished(office.read, round.no), ['1 件年审、变动还没有定，结束以后不能再定。'], 'who ends it is told');
  await close(office, await village.actor('gao'), round.no);
  t.is((await openChanges(office.read, ['/'], 10)).length, 0);
});

test('a check opened with wrong days is taken back and opened again; one household that moved on does not hold up the rest', async t => {
  const village = await openAwarded(t);
  const { office, round } = village;
  const on = actsOn(village);
  await takeBackCheck(office, await village.actor('gao'), await on.check());
  const annual = await on.check();
  await proposeKept(office, await village.actor('sun'), { annual, village: qinghe });
  await recordSheet(office, await village.actor('mei'), { id: newId(), round: round.no, household: zhou.id, base_seq: 99, source: 'grid', events: [{ id: newId(), indicator: 'publicSpirit', option: 'neighbourHelp', day: '2026-11-22', note: '帮邻居收麦' }] });
  t.is(await on.agree(), 1, 'what was put forward of 周 is not what the record says now');
  t.deepEqual((await openChanges(office.read, ['/'], 10)).map(one => one.subject), [zhou.no]);
  t.deepEqual((await verify(office)).findings, []);
});

test('a bank reads no older grade where the newest was cancelled', async t => {
  const village = await openAwarded(t);
  const { office, round } = village;
  const older = { ...await office.read('certificates').where({ subject: wu.no }).first('*') as Record<string, unknown>, no: '320899101-2025-00001', round: 77 };
  await office.store.write('rounds').insert({ ...await office.read('rounds').where({ no: round.no }).first('*') as Record<string, unknown>, no: 77, id: newId(), year: 2025, closed_on: '2025-12-31' });
  await office.store.write('certificates').insert(older);
  await office.store.write('certificates').where({ round: round.no, subject: wu.no }).update({ revoked_on: '2026-11-23', revoked_reason: 'reopened' });
  t.is((await gradeInForce(office.read, wu.no, '2026-11-23'))?.year, 2025, 'what is looked at anew says nothing of the year before');
  await office.store.write('certificates').where({ round: round.no, subject: wu.no }).update({ revoked_reason: 'checked' });
  t.is(await gradeInForce(office.read, wu.no, '2026-11-23'), undefined);
});

test('what was written down since the award can be struck out, and a rightful objection to it takes nothing from anybody', async t => {
  const village = await openAwarded(t);
  const { office, round } = village;
  village.clock.set('2026-11-23T02:00:00.000Z');
  const [mei, sun] = [await village.actor('mei'), await village.actor('sun')];
  const at = { round: round.no, household: zhou.id, base_seq: 99 };
  const write = async () => { const id = newId(); const { seq } = await recordSheet(office, mei, { ...at, id: newId(), source: 'grid', events: [{ id, indicator: 'publicSpirit', option: 'neighbourHelp', day: '2026-11-22', note: '帮邻居收麦' }] }); return { id, seq }; };
  const events = async () => (await worldOf(office.read, round.no, zhou.id)).picture.events;
  const strike = async (id: string) => recordSheet(office, sun, { ...at, id: newId(), source: 'village', voided: [{ id, why: '记错了家' }] });
  const [old] = [...(await events()).keys()];
  await undoSheet(office, mei, { round: round.no, household: zhou.id, seq: (await write()).seq });
  const second = await write();
  await strike(second.id);
  t.truthy((await events()).get(second.id)?.voided);
  t.is(await codeOf(t, strike(old ?? '')), 'facts-locked', 'what the award rests on stays');
  const [batch, gao] = [newId(), await village.actor('gao')];
  await office.store.write('imports').insert({ id: batch, kind: 'values', file_name: '银行.csv', round: round.no, source: 'bank', rows: 1, loaded: 1, unmatched: 0, at: '2026-11-23T02:00:00.000Z', by: 'console', unit: 0 });
  await recordMany(office, gao, [{ subject: zhou.no, values: { guarantees: 'kept' } }], { round: round.no, source: 'bank', batch });
  t.deepEqual(await takeBack(office, gao, batch), { restored: 1, kept: [] }, 'a bank that told something wrong takes it back');
  const third = await write();
  const objection = newId();
  await lodgeObjection(office, await village.actor('hua'), { id: objection, round: round.no, subject: zhou.no, notice: null, about: `event:${third.id}`, words: '不是我家', name: undefined, contact: undefined, how: 'hall' });
  t.deepEqual((await answerObjection(office, sun, { id: objection, outcome: 'upheld', words: '核过，是隔壁家' })).reopened, false);
  t.truthy((await events()).get(third.id)?.voided);
  t.is((await caseOf(office.read, round.no, zhou.no)).standing, 'published');
  t.deepEqual((await actsOn(village).certificates()).map(one => one.revoked_on), [null, null]);
  t.deepEqual((await verify(office)).findings, []);
});
