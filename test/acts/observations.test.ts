import test from 'ava';
import type { ExecutionContext } from 'ava';
import type { Actor } from '../../src/access/actor.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import type { Faults } from '../../src/kit/faults.ts';
import { newId } from '../../src/kit/id.ts';
import { recordSheet, type Given } from '../../src/observations/record.ts';
import { settleContest } from '../../src/observations/settle.ts';
import { signSheet } from '../../src/observations/sign.ts';
import { verify } from '../../src/audit/verify.ts';
import { undoSheet } from '../../src/observations/undo.ts';
import { worldOf } from '../../src/observations/world.ts';
import { factsIn } from '../../src/observations/observation.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import type { Mark } from '../../src/rounds/case.ts';
import { mark } from '../../src/rounds/mark.ts';
import { caseOf } from '../../src/rounds/round.ts';
import { inUnit } from '../../src/store/unit.ts';
import { close } from '../../src/rounds/close.ts';
import { excuse } from '../../src/rounds/excuse.ts';
import { openCollecting, wholeValues, type Collecting } from '../support/collecting.ts';
import { households, placeId, placeNos } from '../support/village.ts';

const zhou = households.zhou.no;
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;

const save = (village: Collecting, actor: Actor, given: Partial<Given>) =>
  recordSheet(village.office, actor, { id: newId(), round: village.round.no, household: households.zhou.id, base_seq: 0, source: 'grid', ...given });

const rowsOf = async (village: Collecting, table: string, subject: number = zhou): Promise<Record<string, unknown>[]> =>
  village.office.read(table).where({ round: village.round.no, subject }).select();

/** The compact rows in the standard's words again, read back through the tables alone. */
const standingOf = async (village: Collecting, subject: number = zhou): Promise<string> =>
  String((await rowsOf(village, 'cases', subject))[0]?.['standing']);

test('what Mei saw is kept, counts, and leaves one entry', async t => {
  const village = await openCollecting(t);
  const before = await village.traces();
  const outcome = await save(village, await village.actor('mei'), { values: { memberCount: 4, livelihood: 'steady', debtBurden: { missing: 'refused' } } });
  const { picture, standard: _, ...said } = outcome;
  t.deepEqual(said, { outcome: 'current', seq: 1, contested: [] });
  t.deepEqual(factsIn(picture), { memberCount: 4, livelihood: 'steady', debtBurden: { missing: 'refused' } });
  t.is(await village.traces(), before + 1);
  const rows = await rowsOf(village, 'current_values');
  t.is(rows.length, 3);
  t.deepEqual(rows.map(row => Number(row['state'])).sort((a, b) => a - b), [0, 0, 2]);
  t.deepEqual(factsIn((await worldOf(village.office.read, village.round.no, households.zhou.id)).picture), { memberCount: 4, livelihood: 'steady', debtBurden: { missing: 'refused' } });
});

test('Bo cannot record in Mei’s grid, and nothing is left behind', async t => {
  const village = await openCollecting(t);
  const before = await village.traces();
  t.is(await codeOf(t, save(village, await village.actor('bo'), { values: { memberCount: 4 } })), 'not-allowed');
  t.is(await codeOf(t, save(village, await village.actor('lin'), { values: { memberCount: 4 } })), 'not-allowed');
  t.is(await village.traces(), before);
  t.is((await rowsOf(village, 'sheets')).length, 0);
});

test('the same save sent twice is taken once', async t => {
  const village = await openCollecting(t);
  const mei = await village.actor('mei');
  const id = newId();
  await save(village, mei, { id, values: { memberCount: 4 } });
  const before = await village.traces();
  t.is((await save(village, mei, { id, values: { memberCount: 4 } })).outcome, 'repeated');
  t.is((await save(village, mei, { base_seq: 1, values: { memberCount: 4 } })).outcome, 'repeated');
  t.is(await village.traces(), before);
  t.is((await rowsOf(village, 'sheets')).length, 1);
  t.is(await codeOf(t, save(village, mei, { id, household: households.wu.id, values: { memberCount: 4 } })), 'changed-meanwhile');
});

test('two people at one household: different fields merge, one field said twice counts for nothing until the village settles it', async t => {
  const village = await openCollecting(t);
  const [mei, sun, bo] = [await village.actor('mei'), await village.actor('sun'), await village.actor('bo')];
  await save(village, mei, { values: { memberCount: 4, labourCount: 2 } });
  t.is((await save(village, sun, { source: 'village', values: { livelihood: 'seasonal' } })).outcome, 'current');
  const second = await save(village, sun, { source: 'village', values: { labourCount: 3 } });
  t.deepEqual([second.outcome, second.contested], ['contested', ['labourCount']]);
  t.is((await rowsOf(village, 'contests')).length, 1);
  t.is((await rowsOf(village, 'current_values')).length, 2, 'the contested value counts for nothing');
  const settling = { id: newId(), round: village.round.no, household: households.zhou.id, indicator: 'labourCount', side: 'ours' as const };
  t.is(await codeOf(t, settleContest(village.office, mei, settling)), 'not-allowed');
  t.is(await codeOf(t, settleContest(village.office, bo, settling)), 'not-allowed');
  await settleContest(village.office, sun, settling);
  t.is((await rowsOf(village, 'contests')).length, 0);
  t.is(factsIn((await worldOf(village.office.read, village.round.no, households.zhou.id)).picture)['labourCount'], 3);
  await settleContest(village.office, sun, settling);
  t.is((await rowsOf(village, 'sheets')).length, 4, 'settled once');
  t.is(await codeOf(t, settleContest(village.office, sun, { ...settling, id: newId() })), 'contest-settled');
});

test('a decision that is taken back leaves the contest as it was, on the work list and in the compact values', async t => {
  const village = await openCollecting(t);
  const [mei, sun] = [await village.actor('mei'), await village.actor('sun')];
  await save(village, mei, { values: { labourCount: 2 } });
  await save(village, sun, { source: 'village', values: { labourCount: 3 } });
  const contest = async (): Promise<unknown> => (await rowsOf(village, 'contests')).map(row => [row['theirs'], row['ours']]);
  const before = await contest();
  const { seq } = await settleContest(village.office, sun, { id: newId(), round: village.round.no, household: households.zhou.id, indicator: 'labourCount', side: 'ours' });
  t.deepEqual([(await rowsOf(village, 'current_values')).length, await contest()], [1, []]);
  t.is(await codeOf(t, undoSheet(village.office, mei, { round: village.round.no, household: households.zhou.id, seq })), 'undo-late');
  await undoSheet(village.office, sun, { round: village.round.no, household: households.zhou.id, seq });
  t.deepEqual([await rowsOf(village, 'current_values'), await contest()], [[], before]);
  await settleContest(village.office, sun, { id: newId(), round: village.round.no, household: households.zhou.id, indicator: 'labourCount', side: 'theirs' });
  t.is(factsIn((await worldOf(village.office.read, village.round.no, households.zhou.id)).picture)['labourCount'], 2);
  t.deepEqual((await verify(village.office)).findings, []);
});

test('who had seen the other’s value follows it; two who come to say the same agree', async t => {
  const village = await openCollecting(t);
  const [mei, sun] = [await village.actor('mei'), await village.actor('sun')];
  await save(village, mei, { values: { memberCount: 4 } });
  t.is((await save(village, sun, { source: 'village', base_seq: 1, values: { memberCount: 5 } })).outcome, 'current');
  t.is((await save(village, mei, { base_seq: 1, values: { memberCount: 6 } })).outcome, 'contested');
  t.is((await save(village, mei, { base_seq: 3, values: { memberCount: 5 } })).outcome, 'current');
  t.is((await rowsOf(village, 'contests')).length, 0);
});

test('bad values are told at their fields, all at once', async t => {
  const village = await openCollecting(t);
  const mei = await village.actor('mei');
  const faults = await t.throwsAsync<Faults>(save(village, mei, { values: { memberCount: 99, tradeSince: 2062, livelihood: 'never', loanPerformance: 'normal', labourShare: 1, sorcery: 2 } }));
  t.deepEqual(faults?.faults.map(each => each.field), ['v-memberCount', 'v-tradeSince', 'v-livelihood', 'v-loanPerformance', 'v-labourShare', 'v-sorcery']);
  t.regex(faults?.faults[1]?.say ?? '', /2062 年还没到/);
  const joint = await t.throwsAsync<Faults>(save(village, mei, { values: { memberCount: 2, labourCount: 3 } }));
  t.deepEqual(joint?.faults.map(each => each.field), ['v-labourCount']);
  t.is((await rowsOf(village, 'sheets')).length, 0);
});

test('whole and signed, the case is collected; a change sends it back to be looked at', async t => {
  const village = await openCollecting(t);
  const mei = await village.actor('mei');
  const sign = (how: 'paper' | 'absent' | 'drawn') => signSheet(village.office, mei, { round: village.round.no, household: households.zhou.id, how, reason: '' });
  await save(village, mei, { values: { memberCount: 4 } });
  t.is(await codeOf(t, sign('paper')), 'sheet-incomplete');
  await save(village, mei, { base_seq: 1, values: wholeValues });
  t.is(await standingOf(village), 'open');
  t.is(await codeOf(t, sign('drawn')), 'signature-missing');
  t.is(await codeOf(t, signSheet(village.office, await village.actor('bo'), { round: village.round.no, household: households.zhou.id, how: 'paper', reason: '' })), 'not-allowed');
  t.deepEqual(await sign('paper'), { collected: true });
  t.is(await standingOf(village), 'collected');
  t.is(await codeOf(t, sign('paper')), 'signed-already');
  await save(village, mei, { base_seq: 2, values: { labourCount: 3 } });
  t.is(await standingOf(village), 'collected');
  t.is((await rowsOf(village, 'marks')).at(-1)?.['mark'], 'changed');
  t.deepEqual(await sign('absent'), { collected: true });
});

test('the last save can be taken back by who made it, and only while nobody wrote after', async t => {
  const village = await openCollecting(t);
  const [mei, sun] = [await village.actor('mei'), await village.actor('sun')];
  const undo = (actor: Actor, seq: number) => undoSheet(village.office, actor, { round: village.round.no, household: households.zhou.id, seq });
  await save(village, mei, { values: { memberCount: 4 } });
  const event = { id: newId(), indicator: 'publicSpirit', option: 'volunteering', day: '2026-11-01', amount: 4, note: '清沟' };
  await save(village, mei, { base_seq: 1, values: { memberCount: 5, livelihood: 'steady' }, events: [event] });
  t.is(await codeOf(t, undo(mei, 1)), 'undo-late');
  t.is(await codeOf(t, undo(sun, 2)), 'undo-late');
  t.is(await codeOf(t, undo(await village.actor('bo'), 2)), 'not-allowed');
  await undo(mei, 2);
  const { picture } = await worldOf(village.office.read, village.round.no, households.zhou.id);
  t.deepEqual(factsIn(picture), { memberCount: 4 });
  t.is((await rowsOf(village, 'events'))[0]?.['voided'], 3);
  t.is((await rowsOf(village, 'current_values')).length, 1);
});

test('events: negative ones need evidence, all need a right day and amount; a void needs a reason and is kept', async t => {
  const village = await openCollecting(t);
  const sun = await village.actor('sun');
  const event = { id: newId(), indicator: 'conduct', option: 'litter', day: '2026-11-01', note: '路口' };
  t.is(await codeOf(t, save(village, sun, { source: 'village', events: [event] })), 'evidence-wanted');
  const late = await t.throwsAsync<Faults>(save(village, sun, { source: 'village', events: [{ ...event, option: 'none' }, { ...event, day: '2027-01-01' }] }));
  t.deepEqual(late?.faults.map(each => each.field), ['item', 'day']);
  const help = { id: newId(), indicator: 'publicSpirit', option: 'volunteering', day: '2026-11-01', note: '' };
  const noAmount = await t.throwsAsync<Faults>(save(village, sun, { source: 'village', events: [help] }));
  t.deepEqual(noAmount?.faults.map(each => each.field), ['amount']);
  await save(village, sun, { source: 'village', events: [{ ...help, amount: 2.5 }] });
  t.is((await rowsOf(village, 'events'))[0]?.['amount'], 250);
  await save(village, sun, { source: 'village', base_seq: 1, voided: [{ id: help.id, why: '记错了户' }] });
  t.is((await rowsOf(village, 'events'))[0]?.['voided'], 2);
  t.is(await codeOf(t, save(village, sun, { source: 'village', base_seq: 2, voided: [{ id: help.id, why: '再撤' }] })), 'event-voided');
  t.is(await codeOf(t, save(village, sun, { source: 'village', base_seq: 2, voided: [{ id: newId(), why: '没有' }] })), 'event-unknown');
});

test('nothing is taken down without consent, for the excused, where content is locked, or in a closed round', async t => {
  const village = await openCollecting(t);
  const [mei, bo, gao] = [await village.actor('mei'), await village.actor('bo'), await village.actor('gao')];
  t.is(await codeOf(t, save(village, bo, { household: households.zheng.id, values: { memberCount: 1 } })), 'consent-missing');
  await excuse(village.office, mei, { round: village.round.no, households: [households.wu.id], reason: 'absent' });
  t.is(await codeOf(t, save(village, mei, { household: households.wu.id, values: { memberCount: 1 } })), 'case-excused');
  await close(village.office, gao, village.round.no);
  t.is(await codeOf(t, save(village, mei, { values: { memberCount: 1 } })), 'round-closed');
  t.is(await codeOf(t, save(village, mei, { round: 99, values: { memberCount: 1 } })), 'not-found');
  t.is(await codeOf(t, save(village, mei, { household: placeId(placeNos.qinghe), values: { memberCount: 1 } })), 'not-found');
});

test('what a preliminary rating rests on is locked', async t => {
  const village = await openCollecting(t);
  const gao = await village.actor('gao');
  await recordMany(village.office, gao, [{ subject: zhou, values: wholeValues }], { round: village.round.no, source: 'paper', batch: 'paper', signed: { how: 'paper', reason: '' } });
  for (const step of ['rated', 'preliminary'] satisfies Mark[]) {
    await inUnit(village.office, { kind: 'console' }, [], async unit => {
      const subject = { id: households.zhou.id, paths: ['/'] };
      unit.require('case.prelim', subject);
      mark(unit, [await caseOf(unit.read, village.round.no, zhou)], { mark: step, track: 'household' });
      unit.record({ act: 'test.marked', power: 'case.prelim', subject });
    });
  }
  const before = await village.traces();
  t.is(await codeOf(t, save(village, await village.actor('mei'), { values: { memberCount: 5 } })), 'facts-locked');
  t.deepEqual((await recordMany(village.office, gao, [{ subject: zhou, values: { memberCount: 5 } }], { round: village.round.no, source: 'paper', batch: 'again' })).left, [{ subject: zhou, why: 'facts-locked' }]);
  t.is(await village.traces(), before);
});
