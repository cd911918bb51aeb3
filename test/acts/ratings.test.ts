import test from 'ava';
import type { ExecutionContext } from 'ava';
import type { Refusal } from '../../src/kit/refusal.ts';
import { newId } from '../../src/kit/id.ts';
import { adjust } from '../../src/ratings/adjust.ts';
import { ratingColumns, type Rating } from '../../src/ratings/queries.ts';
import { measured } from '../../src/ratings/yardstick.ts';
import { distribution, gradeOf, gradesTable, ratingInForce, revisionsOf } from '../../src/ratings/queries.ts';
import { goOn, rateRound } from '../../src/ratings/rate.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { recheckRatings } from '../../src/ratings/recheck.ts';
import { countNightly, recheckNightly, resumeRuns } from '../../src/ratings/resume.ts';
import { reopenCase } from '../../src/ratings/reopen.ts';
import { rollUp } from '../../src/ratings/rollup.ts';
import { openRun, runById, stopRun } from '../../src/ratings/run.ts';
import { withdraw } from '../../src/consents/withdraw.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { close } from '../../src/rounds/close.ts';
import { placeSubject, placeByNo } from '../../src/places/queries.ts';
import { keepHouse } from '../../src/store/housekeeping.ts';
import { inUnit } from '../../src/store/unit.ts';
import { change, openCollected, rowOf, toApproval, walk } from '../support/rating.ts';
import type { Collecting } from '../support/collecting.ts';
import { wrongLastSheets } from '../support/last-sheets.ts';
import { households, memberId, placeNos } from '../support/village.ts';

const { zhou, wu, wang, zheng } = households;
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;
const inForce = (village: Collecting, subject: number) => ratingInForce(village.office.read, village.round.no, subject);
const standingOf = async (village: Collecting, subject: number): Promise<string | undefined> => {
  const row: { standing: string } | undefined = await village.office.read('cases').where({ round: village.round.no, subject }).first('standing');
  return row?.standing;
};
const ratingsKept = async (village: Collecting): Promise<readonly Rating[]> => measured(village.office.read).where('r.round', village.round.no).orderBy('r.subject').orderBy('r.revision').select(...ratingColumns);

test('one action rates the whole round, and every case knows', async t => {
  const village = await openCollected(t);
  const seen: number[] = [];
  const run = await rateRound(village.office, await village.actor('gao'), { round: village.round.no }, progress => seen.push(progress.done));
  t.like(run, { phase: 'done', total: 3, done: 3, fresh: 3, skipped: 0 });
  t.is(seen.at(-1), 3);
  t.like(await inForce(village, zhou.no), { revision: 1, points: 8400, grade: 1, outcome: 'graded', credit: 1, run: run.no, sheet: 2, day: '2026-11-23' });
  t.like(await inForce(village, wu.no), { points: 7700, grade: 2 });
  t.is(await inForce(village, zheng.no), undefined);
  t.is(await standingOf(village, zhou.no), 'rated');
  t.is(await standingOf(village, zheng.no), 'open');
  const table = await gradesTable(village.office.read, await roundByNo(village.office.read, village.round.no));
  t.deepEqual(table.household.mark(1), { code: 'AA', words: table.household.rows[1]?.label ?? '', rank: 2 });
  t.is(table.household.mark(-1).rank, null);
  const spread = await distribution(village.office.read, await roundByNo(village.office.read, village.round.no));
  t.deepEqual([spread.rated, spread.credit, spread.provisional, spread.bars.find(bar => bar.code === 'AA')?.now], [3, 3, 0, 2]);
  t.is((await gradeOf(village.office.read, village.round.no, [zhou.no, zheng.no])).size, 1);
});

test('a grid worker cannot start a run, nor a committee for another village; nothing is left behind', async t => {
  const village = await openCollected(t);
  const before = await village.traces();
  const qinghe = (await placeByNo(village.office.read, placeNos.qinghe)).path;
  t.is(await codeOf(t, rateRound(village.office, await village.actor('mei'), { round: village.round.no })), 'not-allowed');
  t.is(await codeOf(t, rateRound(village.office, await village.actor('tan'), { round: village.round.no, scope: qinghe })), 'not-allowed');
  t.is(await codeOf(t, rateRound(village.office, await village.actor('ping'), { round: village.round.no })), 'not-allowed');
  t.is(await codeOf(t, rateRound(village.office, await village.actor('gao'), { round: village.round.no, scope: '/p1/c2/x3/t11/' })), 'not-found');
  t.is(await village.traces(), before);
  t.is((await ratingsKept(village)).length, 0);
});

test('a village rates itself alone', async t => {
  const village = await openCollected(t);
  const qinghe = (await placeByNo(village.office.read, placeNos.qinghe)).path;
  const run = await rateRound(village.office, await village.actor('sun'), { round: village.round.no, scope: qinghe });
  t.is(run.fresh, 2);
  t.is(await inForce(village, wang.no), undefined);
  t.is(await standingOf(village, wang.no), 'collected');
});

test('the same facts make no new revision; one changed household makes one', async t => {
  const village = await openCollected(t);
  const gao = await village.actor('gao');
  await rateRound(village.office, gao, { round: village.round.no });
  const kept = await ratingsKept(village);
  const again = await rateRound(village.office, gao, { round: village.round.no });
  t.like(again, { done: 3, fresh: 0 });
  t.deepEqual(await ratingsKept(village), kept);
  await change(village, 'wu', { debtBurden: 'middle' });
  t.is(await standingOf(village, wu.no), 'collected');
  t.like(await rateRound(village.office, gao, { round: village.round.no }), { fresh: 1 });
  t.like(await inForce(village, wu.no), { revision: 2, points: 8000, grade: 1 });
  t.deepEqual((await revisionsOf(village.office.read, village.round.no, wu.no)).map(row => row.points), [8000, 7700]);
  t.is(await standingOf(village, wu.no), 'rated');
});

test('facts that change and change back are rated again, for a rating names the last sheet it saw', async t => {
  const village = await openCollected(t);
  const gao = await village.actor('gao');
  await rateRound(village.office, gao, { round: village.round.no });
  await change(village, 'zhou', { debtBurden: 'heavy' });
  await change(village, 'zhou', { debtBurden: 'light' });
  t.like(await rateRound(village.office, gao, { round: village.round.no }), { fresh: 1 });
  t.like(await inForce(village, zhou.no), { revision: 2, sheet: 4 });
  t.is(await standingOf(village, zhou.no), 'rated');
});

test('a household that took back its consent is left out', async t => {
  const village = await openCollected(t);
  const row: { id: string } | undefined = await village.office.read('consents').where({ member: memberId('wu') }).first('id');
  await withdraw(village.office, await village.actor('mei'), { consent: row?.id ?? '', how: 'paper', reason: '' });
  const run = await rateRound(village.office, await village.actor('gao'), { round: village.round.no });
  t.like(run, { fresh: 2 });
  t.is(await inForce(village, wu.no), undefined);
  t.is(await codeOf(t, rateOne(village.office, await village.actor('sun'), { round: village.round.no, household: wu.id })), 'no-consent-to-rate');
});

test('an interrupted run goes on where it stopped and comes into force at once', async t => {
  const village = await openCollected(t);
  const { office } = village;
  const gao = await village.actor('gao');
  const run = await openRun(office, gao, { round: village.round.no });
  // As a killed machine leaves it: the first household is done, the others are not.
  const whole = await openCollected(t);
  await rateRound(whole.office, await whole.actor('gao'), { round: whole.round.no });
  const [first] = await ratingsKept(whole).then(rows => rows.filter(row => row.subject === zhou.no));
  t.truthy(first);
  await inUnit(office, gao, [], async unit => {
    const subject = placeSubject(await placeByNo(unit.read, placeNos.anhe));
    unit.require('rating.run', subject);
    if (first !== undefined) unit.insert('ratings', { ...rowOf(first), run: run.no });
    unit.record({ act: 'rating.computed', power: 'rating.run', subject });
  });
  await keepHouse(office, 'change', 'rating_runs', [{ no: run.no, done: 1, fresh: 1, after_no: zhou.no }]);
  t.is(await inForce(village, zhou.no), undefined, 'nothing is in force before the swap');
  const done = await goOn(office, gao, run.id);
  t.like(done, { phase: 'done', done: 3, fresh: 3 });
  t.deepEqual((await ratingsKept(village)).filter(row => row.subject > 100).map(row => [row.subject, row.revision]), [[zhou.no, 1], [wu.no, 1], [wang.no, 1]]);
  t.like(await inForce(village, zhou.no), { points: 8400 });
  t.is(await standingOf(village, zhou.no), 'rated');
  t.like(await goOn(office, gao, run.id), { phase: 'done', fresh: 3 });
});

test('a run that nobody works on any more is carried on by the clock', async t => {
  const village = await openCollected(t);
  const run = await openRun(village.office, await village.actor('gao'), { round: village.round.no });
  await resumeRuns(village.office);
  t.is((await runById(village.office.read, run.id)).phase, 'rating', 'it may be alive elsewhere');
  village.clock.forward(120_000);
  await resumeRuns(village.office);
  t.like(await runById(village.office.read, run.id), { phase: 'done', fresh: 3 });
  t.is(await standingOf(village, wang.no), 'rated');
  await recheckNightly(village.office);
  await countNightly(village.office);
});

test('a stopped run changes nothing that is in force, and the next one does', async t => {
  const village = await openCollected(t);
  const gao = await village.actor('gao');
  const run = await openRun(village.office, gao, { round: village.round.no });
  t.is(await codeOf(t, stopRun(village.office, await village.actor('ping'), run.id)), 'not-allowed');
  await stopRun(village.office, gao, run.id);
  t.is((await goOn(village.office, gao, run.id)).phase, 'stopped');
  t.is(await inForce(village, zhou.no), undefined);
  t.is((await rateRound(village.office, gao, { round: village.round.no })).fresh, 3);
});

test('two runs never work on the same households', async t => {
  const village = await openCollected(t);
  const gao = await village.actor('gao');
  const run = await openRun(village.office, gao, { round: village.round.no });
  t.is((await openRun(village.office, gao, { round: village.round.no })).id, run.id);
  const qinghe = (await placeByNo(village.office.read, placeNos.qinghe)).path;
  t.is(await codeOf(t, openRun(village.office, await village.actor('sun'), { round: village.round.no, scope: qinghe })), 'run-under-way');
  const [one, other] = await Promise.all([goOn(village.office, gao, run.id), goOn(village.office, gao, run.id)]);
  t.is(one, other);
  t.is((await ratingsKept(village)).filter(row => row.subject > 100).length, 3);
});

test('nothing to rate and a closed round are said', async t => {
  const village = await openCollected(t);
  const gao = await village.actor('gao');
  await rateRound(village.office, gao, { round: village.round.no });
  await walk(village, [zhou.no, wu.no, wang.no], ['preliminary']);
  t.is(await codeOf(t, rateRound(village.office, gao, { round: village.round.no })), 'nothing-to-rate');
  await walk(village, [zhou.no], ['undone']);
  await close(village.office, gao, village.round.no);
  for (const act of [rateRound(village.office, gao, { round: village.round.no }), rateOne(village.office, gao, { round: village.round.no, household: zhou.id }), reopenCase(village.office, gao, { round: village.round.no, household: wu.id, reason: '晚了' })]) {
    t.is(await codeOf(t, act), 'round-closed');
  }
});

test('one household is rated again by itself', async t => {
  const village = await openCollected(t);
  const sun = await village.actor('sun');
  const given = { round: village.round.no, household: zhou.id };
  t.is(await codeOf(t, rateOne(village.office, await village.actor('mei'), given)), 'not-allowed');
  t.like(await rateOne(village.office, sun, given), { points: 8400, revision: 1 });
  t.is(await standingOf(village, zhou.no), 'rated');
  const before = await village.traces();
  t.like(await rateOne(village.office, sun, given), { points: 8400, revision: 1 });
  t.is(await village.traces(), before);
  t.is(await codeOf(t, rateOne(village.office, await village.actor('gao'), { round: village.round.no, household: zheng.id })), 'not-rateable');
  t.is(await codeOf(t, rateOne(village.office, sun, { round: village.round.no, household: newId() })), 'not-found');
});

test('a township member moves a grade by one, both values are kept, and it can be moved back', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const lin = await village.actor('lin');
  const given = { round: round.no, household: zhou.id, to: 'A', reason: '评议组反映去年拖欠承包款', seen: 1 };
  t.is(await codeOf(t, adjust(office, lin, given)), 'not-rated');
  await rateRound(office, await village.actor('gao'), { round: round.no });
  t.is(await codeOf(t, adjust(office, await village.actor('sun'), given)), 'not-allowed');
  t.is(await codeOf(t, adjust(office, lin, { ...given, to: 'B' })), 'adjusted-too-far');
  t.is(await codeOf(t, adjust(office, lin, { ...given, seen: 7 })), 'changed-meanwhile');
  t.is((await adjust(office, lin, given)).revision, 2);
  t.like(await inForce(village, zhou.no), { revision: 2, points: 8400, grade: 2, outcome: 'adjusted', adjusted: { points: 8400, grade: 1, outcome: 'graded', reason: given.reason } });
  t.is((await office.read('marks').where('body', 'like', `%${given.reason}%`).select('seq')).length, 0, 'a mark cannot be erased, so it holds no free text');
  t.is(await codeOf(t, adjust(office, lin, { ...given, to: 'B', seen: 2 })), 'adjusted-too-far', 'counted from what was computed');
  t.like(await rateRound(office, await village.actor('gao'), { round: round.no }), { fresh: 0 }, 'the same facts leave the adjustment alone');
  t.is((await adjust(office, lin, { ...given, to: 'AA', seen: 2 })).revision, 3);
  t.like(await inForce(village, zhou.no), { revision: 3, grade: 1, outcome: 'graded', adjusted: undefined });
  t.deepEqual((await recheckRatings(office)).wrong, []);
});

test('a provisional rating cannot be adjusted', async t => {
  const village = await openCollected(t);
  await change(village, 'zhou', { livelihood: { missing: 'notAsked' } });
  await rateRound(village.office, await village.actor('gao'), { round: village.round.no });
  t.like(await inForce(village, zhou.no), { outcome: 'provisional', credit: 0 });
  t.is(await codeOf(t, adjust(village.office, await village.actor('lin'), { round: village.round.no, household: zhou.id, to: 'A', reason: '试一试', seen: 1 })), 'still-provisional');
});

test('a decided case is opened again from above only', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  await rateRound(office, await village.actor('gao'), { round: round.no });
  await walk(village, [zhou.no], toApproval);
  const given = { round: round.no, household: zhou.id, reason: '异议成立' };
  t.is(await codeOf(t, reopenCase(office, await village.actor('sun'), given)), 'not-allowed');
  await reopenCase(office, await village.actor('gao'), given);
  t.is(await standingOf(village, zhou.no), 'collected');
  t.is(await codeOf(t, reopenCase(office, await village.actor('gao'), { ...given, household: wu.id })), 'mark-not-allowed');
});

test('villages and townships are rated from what is confirmed below', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const gao = await village.actor('gao');
  await rateRound(office, gao, { round: round.no });
  const facts = async (subject: number): Promise<string> => JSON.stringify((await office.read('sheets').where({ round: round.no, subject }).orderBy('seq', 'desc').first('body', 'source')));
  t.regex(await facts(placeNos.qinghe), /allHouseholds\\":3.*creditHouseholds\\":0.*ratedHouseholds\\":0/);
  await walk(village, [zhou.no, wu.no], toApproval);
  t.deepEqual(await rollUp(office, gao, { round: round.no }), { villages: 1, townships: 0 });
  t.regex(await facts(placeNos.qinghe), /creditHouseholds\\":2.*ratedHouseholds\\":2.*computed/);
  t.like(await inForce(village, placeNos.qinghe), { revision: 2 });
  t.deepEqual(await rollUp(office, gao, { round: round.no }), { villages: 0, townships: 0 });
  t.deepEqual(await wrongLastSheets(office.read), []);
  t.is(await codeOf(t, rollUp(office, await village.actor('mei'), { round: round.no })), 'not-allowed');
  await close(office, gao, round.no);
  t.is(await codeOf(t, rollUp(office, gao, { round: round.no })), 'round-closed');
});

test('every kept rating is worked out again bit for bit, and a touched one is found', async t => {
  const village = await openCollected(t);
  const { office } = village;
  const gao = await village.actor('gao');
  await rateRound(office, gao, { round: village.round.no });
  await change(village, 'wu', { debtBurden: 'middle' });
  await rateRound(office, gao, { round: village.round.no });
  const report = await recheckRatings(office);
  t.like(report, { checked: (await ratingsKept(village)).length, erased: 0, otherEngine: 0, wrong: [] });
  t.true(report.checked >= 7);
  const fact = office.store.write('current_values').where({ round: village.round.no, subject: wang.no, state: 0 }).orderBy('indicator', 'desc').limit(1).select('indicator');
  await office.store.write('current_values').where({ round: village.round.no, subject: wang.no }).whereIn('indicator', fact).increment('value', 1);
  t.deepEqual((await recheckRatings(office)).wrong, [{ round: village.round.no, subject: wang.no, revision: 1 }], 'what a run reads is what the sheets say');
  await office.store.write('current_values').where({ round: village.round.no, subject: wang.no }).whereIn('indicator', fact).decrement('value', 1);
  await office.store.write('ratings').where({ subject: zhou.no }).update({ points: 9900 });
  t.deepEqual((await recheckRatings(office)).wrong, [{ round: village.round.no, subject: zhou.no, revision: 1 }]);
  await office.store.write('yardsticks').update({ day: '2020-01-01' });
  t.is((await recheckRatings(office)).wrong.length, report.checked, 'what they were measured by no longer has their number');
});
