import test from 'ava';
import { atConsole } from '../../src/access/actor.ts';
import { goOn, rateRound } from '../../src/ratings/rate.ts';
import { ratingInForce } from '../../src/ratings/queries.ts';
import { resumeRuns } from '../../src/ratings/resume.ts';
import { openRun, runById } from '../../src/ratings/run.ts';
import { move } from '../../src/households/move.ts';
import { placeByNo, placeSubject } from '../../src/places/queries.ts';
import { close } from '../../src/rounds/close.ts';
import { caseColumns, mark, type Case } from '../../src/rounds/mark.ts';
import { verify } from '../../src/audit/verify.ts';
import { marksOf } from '../../src/rounds/queries.ts';
import { caseOf } from '../../src/rounds/round.ts';
import { keepHouse } from '../../src/store/housekeeping.ts';
import { inUnit } from '../../src/store/unit.ts';
import { change, openCollected, rowOf, walk } from '../support/rating.ts';
import { households, placeNos } from '../support/village.ts';
import '../../src/areas.ts';   // tells every area whom it follows

const { zhou, wu, wang } = households;

test('a run that was broken off changes nothing for whom a committee passed before it went on', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const gao = await village.actor('gao');
  await rateRound(office, gao, { round: round.no });
  const [one, other] = await Promise.all([zhou, wu].map(each => ratingInForce(office.read, round.no, each.no)));
  const run = await openRun(office, gao, { round: round.no });
  await inUnit(office, gao, [], async unit => {
    const subject = placeSubject(await placeByNo(unit.read, placeNos.anhe));
    unit.require('case.review', subject);
    // What the run had worked out when the machine stopped.
    for (const rating of [one, other].filter(each => each !== undefined)) unit.insert('ratings', { ...rowOf(rating), revision: 2, run: run.no, points: rating.points - 1_000 });
    unit.change('rating_runs', { no: run.no, fresh: 2, done: run.total, after_no: Number.MAX_SAFE_INTEGER });
    mark(unit, await unit.read('cases').where({ round: round.no, subject: zhou.no }).select<Case[]>(...caseColumns), { mark: 'preliminary', track: 'household' });
    unit.record({ act: 'case.walked', power: 'case.review', subject });
  });
  t.is((await goOn(office, gao, run.id)).phase, 'done');
  t.like(await ratingInForce(office.read, round.no, zhou.no), { revision: 1, points: one?.points ?? -1 }, 'what the committee saw');
  t.like(await ratingInForce(office.read, round.no, wu.no), { revision: 2, points: (other?.points ?? 0) - 1_000 });
});

test('the largest sum a sheet may hold is rated like any other', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const money: { indicator: number } | undefined = await office.read('current_values').where({ round: round.no, subject: zhou.no, state: 0 }).orderBy('value', 'desc').first('indicator');
  await office.store.write('current_values').where({ round: round.no, subject: zhou.no, indicator: money?.indicator ?? 0 }).update({ value: 900_000_000_000 });
  t.like(await rateRound(office, await village.actor('gao'), { round: round.no }), { phase: 'done', fresh: 3 });
});

test('a run that cannot go on does not keep the next one waiting', async t => {
  const village = await openCollected(t);
  const { office, round, clock } = village;
  const run = await openRun(office, await village.actor('gao'), { round: round.no });
  await keepHouse(office, 'put', 'rating_runs', [{ ...run, no: 0, id: 'broken', scope: '/p404/' }]);
  clock.forward(120_000);
  await t.throwsAsync(resumeRuns(office), { message: 'not-found' });
  t.is((await runById(office.read, run.id)).phase, 'done');
});

test('a rating that a run made is told in the history of its case, once and in its place', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const gao = await village.actor('gao');
  const run = await rateRound(office, gao, { round: round.no });
  t.is((await goOn(office, gao, run.id)).phase, 'done');
  await walk(village, [zhou.no], ['preliminary']);
  const told = await marksOf(office.read, round.no, zhou.no);
  t.deepEqual(told.map(one => one.mark).slice(-3), ['collected', 'rated', 'preliminary']);
  t.like(told.at(-2), { by: run.by, at: run.finished_at });
  t.deepEqual((await verify(office)).findings, []);
});

test('who came back from the township unchanged is marked again, and keeps the rating', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const gao = await village.actor('gao');
  await rateRound(office, gao, { round: round.no });
  await walk(village, [zhou.no], ['preliminary', 'returned']);
  t.like(await rateRound(office, gao, { round: round.no }), { done: 3, fresh: 0 });
  t.like(await ratingInForce(office.read, round.no, zhou.no), { revision: 1 });
  t.is((await caseOf(office.read, round.no, zhou.no)).standing, 'rated');
  t.like((await marksOf(office.read, round.no, zhou.no)).at(-1), { mark: 'rated' });
});

test('a household whose facts change while a run works keeps the rating it had until the next run', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const gao = await village.actor('gao');
  await rateRound(office, gao, { round: round.no });
  const before = (await caseOf(office.read, round.no, wang.no)).mark_seq;
  const [one, other] = await Promise.all([wu, wang].map(each => ratingInForce(office.read, round.no, each.no)));
  const run = await openRun(office, gao, { round: round.no });
  await inUnit(office, gao, [], async unit => {
    const subject = placeSubject(await placeByNo(unit.read, placeNos.anhe));
    unit.require('rating.run', subject);
    for (const rating of [one, other].filter(each => each !== undefined)) unit.insert('ratings', { ...rowOf(rating), revision: 2, run: run.no });
    unit.change('rating_runs', { no: run.no, fresh: 2, done: run.total, after_no: Number.MAX_SAFE_INTEGER });
    unit.record({ act: 'rating.computed', power: 'rating.run', subject });
  });
  await change(village, 'wu', { debtBurden: 'middle' });
  t.is((await goOn(office, gao, run.id)).phase, 'done');
  t.like(await caseOf(office.read, round.no, wu.no), { standing: 'collected' });
  t.like(await ratingInForce(office.read, round.no, wu.no), { revision: 1 });
  t.like(await caseOf(office.read, round.no, wang.no), { standing: 'rated', mark_seq: before + 1 }, 'whoever looked before is told that it moved');
  await rateRound(office, gao, { round: round.no });
  t.like(await ratingInForce(office.read, round.no, wu.no), { revision: 3 }, 'the number of the one that never came into force is not used again');
});

test('a round that was closed while a run worked keeps the ratings it had', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const gao = await village.actor('gao');
  const run = await openRun(office, gao, { round: round.no });
  await close(office, atConsole, round.no);
  t.like(await goOn(office, gao, run.id), { phase: 'stopped', fresh: 3 });
  t.is(await ratingInForce(office.read, round.no, zhou.no), undefined);
  t.is((await runById(office.read, run.id)).phase, 'stopped');
});

test('a household that moves while a run is under way is counted where it now lives, and so is one that was rated before', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const gao = await village.actor('gao');
  const villageOf = async (no: number): Promise<unknown> => (await office.read('current_ratings').where({ round: round.no, subject: no }).first('village'))?.village;
  const toShuikou = async (household: string) => move(office, gao, { household, rev: (await office.read('households').where({ id: household }).first('rev')).rev, villageNo: placeNos.shuikou, groupNo: null, gridNo: null, address: '' });
  await rateRound(office, gao, { round: round.no });
  await toShuikou(wu.id);
  t.is(await villageOf(wu.no), placeNos.shuikou);
  const before = await ratingInForce(office.read, round.no, zhou.no);
  const run = await openRun(office, gao, { round: round.no });
  await inUnit(office, gao, [], async unit => {
    const subject = placeSubject(await placeByNo(unit.read, placeNos.anhe));
    unit.require('rating.run', subject);
    // Worked out, and not yet in force, when the household moves.
    if (before !== undefined) unit.insert('ratings', { ...rowOf(before), revision: 2, run: run.no });
    unit.change('rating_runs', { no: run.no, fresh: 1, done: run.total, after_no: Number.MAX_SAFE_INTEGER });
    unit.record({ act: 'rating.computed', power: 'rating.run', subject });
  });
  await toShuikou(zhou.id);
  t.is((await goOn(office, gao, run.id)).phase, 'done');
  t.like(await ratingInForce(office.read, round.no, zhou.no), { revision: 2 });
  t.is(await villageOf(zhou.no), placeNos.shuikou);
});
