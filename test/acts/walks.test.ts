import test from 'ava';
import type { ExecutionContext } from 'ava';
import '../../src/areas.ts';
import { verify } from '../../src/audit/verify.ts';
import { moves } from '../support/model.ts';
import { postgresServer } from '../support/postgres.ts';
import { collect } from '../support/rating.ts';
import { openCollecting } from '../support/collecting.ts';
import { Walk } from '../support/walker.ts';

/** TRIAL_RUNS walks, or 200 in a trial, from TRIAL_SEED on; without a trial the same five, and fewer where the acts were walked before. */
const isTrial = process.env['TRIAL'] !== undefined || process.env['TRIAL_RUNS'] !== undefined;
const runs = Number(process.env['TRIAL_RUNS'] ?? (isTrial ? 200 : postgresServer() === undefined ? 5 : 2));
const seed = isTrial ? Number(process.env['TRIAL_SEED'] ?? 20_261_124) : 20_261_124;
const length = 90;

async function walk(t: ExecutionContext, from: number, table = moves): Promise<Walk> {
  const village = await openCollecting(t);
  for (const who of ['zhou', 'wu', 'wang'] as const) await collect(village, who);
  const walking = new Walk(village, { seed: from, moves: table });
  for (let at = 0; at < length; at++) {
    try { await walking.step(); } catch (error) { throw new Error(`TRIAL_SEED=${from}\n${walking.trail.map((line, no) => `${no + 1} ${line}`).join('\n')}\n${String(error)}`, { cause: error }); }
  }
  const judged: { by: string; household: string }[] = await village.office.read('marks').join('households', 'households.no', 'marks.subject').whereIn('marks.mark', ['preliminary', 'reviewed', 'approved', 'returned']).join('recusals', join => join.on('recusals.officer', 'marks.by').andOn('recusals.household', 'households.id').andOn('recusals.unit', '<', 'marks.unit')).select('marks.by', 'households.id as household');
  t.deepEqual(judged, [], 'nobody who stands aside decided');
  t.deepEqual((await verify(village.office)).findings, []);
  return walking;
}

test('random officers do random acts: nobody does what they may not, no standing is out of order, no mark is lost', async t => {
  t.log(`TRIAL_SEED=${seed} TRIAL_RUNS=${runs}`);
  let published = 0;
  for (let at = 0; at < runs; at++) published += (await walk(t, seed + at)).published;
  t.true(published > 0, 'some walk reached the roll');
});

test('the walk bites: one wrong line in the model is found', async t => {
  const wrong = { ...moves, village: { ...moves.village, rated: 'village-noticed' } };
  const error = await t.throwsAsync(walk(t, seed, wrong));
  t.regex(error?.message ?? '', /ought to be village-noticed|refused/);
});
