import test from 'ava';
import type { ExecutionContext } from 'ava';
import '../../src/areas.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { cureEvent } from '../../src/observations/cure.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { worldOf } from '../../src/observations/world.ts';
import { draftNightly } from '../../src/ratings/lapsed/draft.ts';
import { endedItems } from '../../src/ratings/lapsed/ended.ts';
import { recomputationsBelow } from '../../src/ratings/lapsed/recomputations.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { recheckRatings } from '../../src/ratings/recheck.ts';
import { declare } from '../../src/recusals/declare.ts';
import { acceptRepair } from '../../src/repairs/accept.ts';
import { applyForRepair, type Applying } from '../../src/repairs/apply.ts';
import { decideRepair, recallRepair } from '../../src/repairs/decide.ts';
import { handPapers } from '../../src/repairs/hand.ts';
import { lookBack } from '../../src/repairs/look-back.ts';
import { repairById, repairsAwaited, stateItemsOf } from '../../src/repairs/queries.ts';
import { standingOf } from '../../src/repairs/repair.ts';
import { keepStateItem } from '../../src/repairs/see-state.ts';
import { close } from '../../src/rounds/close.ts';
import { open } from '../../src/rounds/open.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { confirmEvent } from '../../src/tellings/confirm.ts';
import { tellPerson } from '../../src/tellings/tell.ts';
import { openCollecting, wholeValues } from '../support/collecting.ts';
import { households, memberId, type Person } from '../support/village.ts';

const { id: household, no: zhou } = households.zhou;
const jpeg = { bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) };
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;

/** 周, rated with five points less: straw was burnt in June, mei wrote it down, and 周 was told in July. Told of on paper, so that the least time of three months is over. */
async function opened(t: ExecutionContext, { option = 'strawBurning', day = '2026-06-10', from = '2026-07-01' } = {}) {
  const village = await openCollecting(t);
  const { office, round } = village;
  const event = { id: newId(), indicator: 'conduct', option, day, note: '在禁烧区烧麦秸', span: { from } };
  await recordSheet(office, await village.actor('mei'), { id: newId(), round: round.no, household, base_seq: 0, source: 'grid', values: wholeValues, events: [event], photos: [{ about: event.id, source: jpeg }] });
  await recordMany(office, await village.actor('gao'), [{ subject: zhou, values: { loanPerformance: 'normal', guarantees: 'none', taxes: 'none', judgmentDefaulter: false } }], { round: round.no, source: 'bank', batch: newId(), signed: { how: 'paper', reason: '' } });
  const rated = async (): Promise<number> => (await rateOne(office, await village.actor('gao'), { round: round.no, household })).points;
  const id = newId();
  const applying: Applying = { id, round: round.no, household, event: event.id, member: memberId('zhou'), words: '地翻了，秸秆打捆卖了', how: 'paper', signature: jpeg };
  return {
    ...village, event, id, rated,
    cure: async () => cureEvent(office, await village.actor('mei'), { id: newId(), round: round.no, household, event: event.id, on: '2026-11-01', note: '秸秆打捆了', photos: [jpeg], source: 'grid' }),
    apply: async (who: Person, own: Partial<Applying> = {}) => applyForRepair(office, await village.actor(who), { ...applying, ...own }),
    accept: async (who: Person, isWhole = true) => acceptRepair(office, await village.actor(who), { id, isWhole, words: '少一张照片' }),
    decide: async (who: Person, grants = true) => decideRepair(office, await village.actor(who), { id, grants, words: '去看过，确实改了' }),
    standing: async () => standingOf((await repairById(office.read, id)).steps),
    span: async (of = round.no) => (await worldOf(office.read, of, household)).picture.events.get(event.id)?.entry.span,
    drafted: async () => (await recomputationsBelow(office.read, ['/'])).map(one => [one.households, one.bases]),
  };
}

test('asked for, taken up, granted: from that day on it counts no more, and everything still recomputes', async t => {
  const village = await opened(t);
  const { office } = village;
  const before = await village.rated();
  t.is(await codeOf(t, village.apply('hua')), 'repair-early', 'it was not put right yet');
  await village.cure();
  t.is(await codeOf(t, village.apply('hua', { signature: undefined })), 'repair-unsigned');
  for (const who of ['bo', 'tan', 'lin', 'wei'] as const) t.is(await codeOf(t, village.apply(who)), 'not-allowed', who);
  await village.apply('hua');
  const traces = await village.traces();
  await village.apply('hua');
  t.is(await village.traces(), traces, 'the same form sent twice is taken once');
  t.is(await codeOf(t, village.apply('hua', { id: newId() })), 'repair-asked');
  t.like(await repairById(office.read, village.id), { class: 'general', accept_by: '2026-11-26', decide_by: '2026-12-10' });
  t.is((await repairsAwaited(office.read, ['/p1/c2/x3/t10/v20/'], 10)).length, 1);
  t.is(await codeOf(t, village.decide('gao')), 'repair-settled', 'nothing is decided before it is taken up');
  await village.accept('sun');
  t.is(await village.rated(), before, 'asking changes nothing');
  await village.decide('gao');
  t.is(await village.rated(), before + 500);
  t.deepEqual(await village.span(), { from: '2026-07-01', until: '2026-11-23' });
  t.deepEqual((await recheckRatings(office, { round: village.round.no })).wrong, []);
  t.deepEqual(await repairsAwaited(office.read, ['/'], 10), []);
  t.is(await codeOf(t, village.decide('lin')), 'repair-settled');
  await handPapers(office, await village.actor('hua'), { id: village.id, words: '周大山本人' });
  t.is(await codeOf(t, handPapers(office, await village.actor('hua'), { id: village.id, words: '周大山本人' })), 'repair-settled');
  t.is(await village.standing(), 'granted');
});

test('nobody decides who wrote it down, confirmed it or handed the application in, nor kin; a refusal has its reason, and the person may ask again', async t => {
  const village = await opened(t);
  const { office } = village;
  await village.cure();
  await village.apply('sun');
  await village.accept('lin');
  t.is(await codeOf(t, village.decide('sun')), 'not-allowed', 'sun handed it in');
  t.is(await codeOf(t, village.decide('mei')), 'not-allowed', 'mei wrote it down');
  t.is(await codeOf(t, village.decide('ping')), 'not-allowed', 'of another township');
  await declare(office, await village.actor('lin'), { household, ground: 'kin' });
  t.is(await codeOf(t, village.decide('lin')), 'not-allowed');
  await village.decide('gao', false);
  t.is(await village.standing(), 'refused');
  t.deepEqual(await village.span(), { from: '2026-07-01' }, 'it goes on counting');
  await village.apply('hua', { id: newId() });

  const other = await opened(t, { option: 'publicDamage' });
  await other.cure();
  await other.apply('hua');
  await other.accept('sun', false);
  t.is(await other.standing(), 'returned');
  t.is(await codeOf(t, other.decide('gao')), 'repair-settled');
  t.is((await repairsAwaited(other.office.read, ['/'], 10)).length, 0);
});

test('whoever confirmed a thing does not decide on its repair', async t => {
  const village = await opened(t, { option: 'litter', day: '2026-10-20', from: '9999-12-31' });
  const { office, event, round, clock } = village;
  await confirmEvent(office, await village.actor('sun'), { round: round.no, household, event: event.id, holds: true, words: '看过', photos: [] });
  await village.cure();
  t.is(await codeOf(t, village.apply('hua')), 'repair-early', 'what does not count needs no repair');
  t.is(await codeOf(t, village.apply('hua', { event: newId() })), 'event-unknown');
  await tellPerson(office, await village.actor('mei'), { round: round.no, household, event: event.id, on: '2026-11-23', how: 'handed', words: '' });
  clock.set('2027-02-28T01:00:00.000Z');
  t.is(await codeOf(t, village.apply('hua')), 'repair-early', 'counting since 1 December: on 28 February the three months are not over');
  clock.set('2027-03-01T01:00:00.000Z');
  await village.apply('hua');
  await village.accept('sun');
  t.is(await codeOf(t, village.decide('sun')), 'not-allowed');
  await village.decide('lin');
});

test('a pledge that was not true lets it count again, to the end of its time', async t => {
  const village = await opened(t);
  const { office } = village;
  await village.cure();
  await village.apply('hua');
  await village.accept('sun');
  t.is(await codeOf(t, recallRepair(office, await village.actor('gao'), { id: village.id, words: '又烧了' })), 'repair-settled');
  await village.decide('gao');
  const repaired = await village.rated();
  await recallRepair(office, await village.actor('gao'), { id: village.id, words: '又烧了' });
  t.is(await village.rated(), repaired - 500);
  t.is(await village.standing(), 'recalled');
});

test('on its last day it ends by itself: what rests on it is drafted once, however many nights were missed', async t => {
  const village = await opened(t);
  const { office, clock } = village;
  const before = await village.rated();
  clock.set('2027-06-09T15:59:00.000Z');
  await draftNightly(office);
  t.deepEqual(await village.drafted(), [], 'on the day before, at 23:59');
  clock.set('2027-06-12T18:40:00.000Z');   // Two nights were missed.
  const traces = await village.traces();
  await draftNightly(office);
  await draftNightly(office);
  t.is(await village.traces(), traces + 1, 'once');
  t.deepEqual(await village.drafted(), [[1, [endedItems]]]);
  t.is(await village.rated(), before + 500, 'it comes out without it');
  await draftNightly(office);
  t.deepEqual(await village.drafted(), [], 'and is crossed off');
});

test('a repair reaches the round before, whose result somebody may rely on', async t => {
  const village = await opened(t);
  const { office, round } = village;
  await village.rated();
  await village.cure();
  const gao = await village.actor('gao');
  await close(office, gao, round.no);
  const { household_standard, village_standard, township_standard, place_no } = await roundByNo(office.read, round.no);
  const next = await open(office, gao, { place: place_no, year: 2027, name: '2027年度', household_standard, village_standard, township_standard, collect_until: '2026-12-04', village_days: 5, township_days: 5, valid_until: '2028-12-31' });
  await village.apply('hua', { round: next.no });
  await village.accept('sun');
  village.clock.set('2026-11-24T01:00:00.000Z');
  await village.decide('gao');
  t.deepEqual([await village.span(), await village.span(next.no)], [{ from: '2026-07-01', until: '2026-11-24' }, { from: '2026-07-01', until: '2026-11-24' }]);
  village.clock.set('2026-11-24T18:40:00.000Z');
  await draftNightly(office);
  t.deepEqual(await village.drafted(), [[1, [endedItems]]]);
  t.deepEqual((await recheckRatings(office)).wrong, []);
});

test('what is shown no longer opens with a reason that is kept; of state platforms only how it stands is kept', async t => {
  const { office, actor, traces } = await openCollecting(t);
  const before = await traces();
  for (const who of ['mei', 'hua', 'tan', 'wei'] as const) t.is(await codeOf(t, lookBack(office, await actor(who), { household, reason: '核对' })), 'not-allowed', who);
  for (const who of ['lin', 'tan'] as const) t.is(await codeOf(t, keepStateItem(office, await actor(who), { household, member: memberId('zhou'), platform: 'creditchina', standing: 'shown', seenOn: '2026-11-23' })), 'not-allowed', who);
  t.is(await traces(), before);
  await lookBack(office, await actor('sun'), { household, reason: '本人提了异议' });
  t.like(await office.read('lookbacks').first(), { household, reason: '本人提了异议' });
  for (const standing of ['shown', 'repaired'] as const) await keepStateItem(office, await actor('hua'), { household, member: memberId('zhou'), platform: 'creditchina', standing, seenOn: standing === 'shown' ? '2026-11-01' : '2026-11-23' });
  t.deepEqual((await stateItemsOf(office.read, household)).map(one => one.standing), ['repaired'], 'how it stands now');
  await t.throwsAsync(keepStateItem(office, await actor('hua'), { household, member: memberId('zhou'), platform: 'tax', standing: 'none', seenOn: '2026-11-24' }));
});
