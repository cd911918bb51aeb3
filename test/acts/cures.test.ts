import test from 'ava';
import type { ExecutionContext } from 'ava';
import '../../src/areas.ts';
import { verify } from '../../src/audit/verify.ts';
import type { Actor } from '../../src/access/actor.ts';
import { newId } from '../../src/kit/id.ts';
import type { Faults } from '../../src/kit/faults.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { cureEvent, type Curing } from '../../src/observations/cure.ts';
import { toldNow } from '../../src/observations/observation.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { uncureEvent } from '../../src/observations/uncure.ts';
import { undoSheet } from '../../src/observations/undo.ts';
import { worldOf } from '../../src/observations/world.ts';
import { keptFacts } from '../../src/ratings/kept-facts.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { recheckRatings } from '../../src/ratings/recheck.ts';
import { tellWhy } from '../../src/ratings/why.ts';
import { ratingInForce } from '../../src/ratings/queries.ts';
import { close } from '../../src/rounds/close.ts';
import { open } from '../../src/rounds/open.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { openCollecting, wholeValues, type Collecting } from '../support/collecting.ts';
import { households } from '../support/village.ts';

const { id: household, no: zhou } = households.zhou;
const jpeg = { bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) };
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;
// Told of on paper, before this office kept it.
const damage = { id: newId(), indicator: 'conduct', option: 'publicDamage', day: '2026-10-01', note: '路灯撞坏了', span: { from: '2026-10-14' } };
const praise = { id: newId(), indicator: 'honours', option: 'village', day: '2026-10-02', note: '村里表扬' };

/** The village with one thing of 周's that takes three points, and one that gives some. */
async function withDamage(t: ExecutionContext): Promise<Collecting & { readonly cure: (actor: Actor, own?: Partial<Curing>) => ReturnType<typeof cureEvent>; readonly last: () => Promise<number> }> {
  const village = await openCollecting(t);
  await recordSheet(village.office, await village.actor('mei'), { id: newId(), round: village.round.no, household, base_seq: 0, source: 'grid', values: wholeValues, events: [damage, praise], photos: [damage, praise].map(event => ({ about: event.id, source: jpeg })) });
  return {
    ...village, last: async () => (await worldOf(village.office.read, village.round.no, household)).sheets.at(-1)?.seq ?? 0,
    cure: (actor, own = {}) => cureEvent(village.office, actor, { id: newId(), round: village.round.no, household, event: damage.id, on: '2026-10-20', note: '换了新灯', photos: [], source: 'village', ...own }),
  };
}

test('the village committee marks as put right what the grid worker needs a photo for; it is told everywhere and verifies', async t => {
  const village = await withDamage(t);
  const { office, round } = village;
  const [mei, sun, gao] = [await village.actor('mei'), await village.actor('sun'), await village.actor('gao')];
  await recordMany(office, gao, [{ subject: zhou, values: { loanPerformance: 'normal', guarantees: 'none', taxes: 'none', judgmentDefaulter: false } }], { round: round.no, source: 'bank', batch: newId(), signed: { how: 'paper', reason: '' } });
  const before = await rateOne(office, gao, { round: round.no, household });
  t.is(await codeOf(t, village.cure(mei)), 'cure-unproved');
  const id = newId();
  const { seq } = await village.cure(mei, { id, photos: [jpeg], source: 'grid' });
  t.like(await village.cure(mei, { id, photos: [jpeg] }), { outcome: 'repeated', seq }, 'the same form sent twice');
  t.is(await codeOf(t, village.cure(sun)), 'event-cured');
  const after = await rateOne(office, gao, { round: round.no, household });
  t.is(after.points - before.points, 300, 'what was mended takes nothing any more');
  const rating = await ratingInForce(office.read, round.no, zhou);
  const why = rating === undefined ? undefined : await tellWhy(office.read, rating);
  t.regex(why?.groups.flatMap(group => group.lines).find(line => line.title === '守法文明')?.fact ?? '', /2026-10-01 的“损坏公共设施没有修好”已于 2026-10-20 改正/);
  t.deepEqual((await recheckRatings(office, { round: round.no })).wrong, []);
  await office.store.write('events').where({ id: damage.id }).update({ cured: null });
  t.is((await recheckRatings(office, { round: round.no })).wrong.length, 1, 'a table that does not say what the sheets say is found');
});

test('a cure is dated between the deed and today, of something that takes points, in one’s own village', async t => {
  const village = await withDamage(t);
  const [sun, bo] = [await village.actor('sun'), await village.actor('bo')];
  const traces = await village.traces();
  for (const on of ['2026-09-30', '2027-01-01']) t.is((await t.throwsAsync<Faults>(village.cure(sun, { on })))?.faults[0]?.field, 'on');
  t.is(await codeOf(t, village.cure(sun, { event: praise.id })), 'bad-request');
  t.is(await codeOf(t, village.cure(sun, { event: newId() })), 'event-unknown');
  t.is(await codeOf(t, village.cure(bo, { photos: [jpeg] })), 'not-allowed');
  t.is(await village.traces(), traces);
});

test('a cure can be taken back by who wrote it or by the village, and undone like any save', async t => {
  const village = await withDamage(t);
  const { office, round } = village;
  const [mei, sun] = [await village.actor('mei'), await village.actor('sun')];
  const uncure = (actor: Actor) => uncureEvent(office, actor, { id: newId(), round: round.no, household, event: damage.id, source: 'grid' });
  const cured = async () => (await office.read('events').where({ id: damage.id }).first('cured'))?.cured as string | null;
  t.is(await codeOf(t, uncure(mei)), 'event-not-cured');
  await village.cure(sun);
  t.is(await codeOf(t, uncure(mei)), 'not-allowed', 'the village said so');
  await uncure(sun);
  t.is(await cured(), null);
  await village.cure(mei, { photos: [jpeg] });
  t.is(await cured(), '2026-10-20');
  await undoSheet(office, mei, { round: round.no, household: households.zhou.id, seq: await village.last() });
  t.is(await cured(), null);
  await village.cure(mei, { photos: [jpeg], on: '2026-10-25' });
  await uncure(mei);
  await undoSheet(office, mei, { round: round.no, household: households.zhou.id, seq: await village.last() });
  t.is(await cured(), '2026-10-25', 'taking back that it was not, it is again');
  t.deepEqual((await verify(office)).findings, []);
});

test('what was put right is carried on as such while it still counts for anything', async t => {
  const village = await withDamage(t);
  const { office, round } = village;
  const [sun, gao] = [await village.actor('sun'), await village.actor('gao')];
  await village.cure(sun);
  await close(office, gao, round.no);
  const { id: _, ...before } = await roundByNo(office.read, round.no);
  const { no } = await open(office, gao, { ...before, place: before.place_no, year: 2027, name: '2027年度', valid_until: '2028-12-31' });
  const world = await worldOf(office.read, no, household);
  t.like([...world.picture.events.values()].map(toldNow).find(event => event.id === damage.id), { cured: { on: '2026-10-20', note: '换了新灯' } });
  const facts = (await keptFacts(office.read, no, [zhou], world.coding)).get(zhou);
  t.is(facts?.events.filter(event => event.cured !== undefined).length, 1, 'the table of events tells it too');
});
