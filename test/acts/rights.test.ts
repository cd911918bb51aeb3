import test from 'ava';
import type { ExecutionContext } from 'ava';
import '../../src/areas.ts';
import { keepTerms } from '../../src/calendar/keep-terms.ts';
import { consentsOf } from '../../src/consents/queries.ts';
import { forget } from '../../src/households/forget.ts';
import { join } from '../../src/households/people.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { declare } from '../../src/recusals/declare.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { answerRight } from '../../src/rights/answer.ts';
import { dropRight } from '../../src/rights/drop.ts';
import { handReply } from '../../src/rights/hand.ts';
import { openRight, type Opening } from '../../src/rights/open.ts';
import { mustBeOpen } from '../../src/rights/own-report.ts';
import { rightById, rightsAwaited, rightsToHand } from '../../src/rights/queries.ts';
import { standingOf, type Outcome } from '../../src/rights/right.ts';
import { passCases } from '../../src/panels/pass.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { openCollecting, wholeValues } from '../support/collecting.ts';
import { households, memberId, officerId, placeNos, type Person } from '../support/village.ts';

const { id: household, no: zhou } = households.zhou;
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;

async function opened(t: ExecutionContext) {
  const village = await openCollecting(t);
  const { office, round } = village;
  const asking = (own: Partial<Opening>): Opening => ({ id: newId(), household, member: memberId('zhou'), kind: 'correct', words: '我家住在庄台路 2 号', identified: 'card', ...own });
  return {
    ...village, asking,
    open: async (who: Person, own: Partial<Opening> = {}): Promise<string> => { const one = asking(own); await openRight(office, await village.actor(who), one); return one.id; },
    answer: async (who: Person, id: string, outcome: Outcome = 'granted') => answerRight(office, await village.actor(who), { id, outcome, words: '看过户口簿，已经改了' }),
    standing: async (id: string) => standingOf(await rightById(office.read, id)),
    rated: async () => {
      await recordSheet(office, await village.actor('mei'), { id: newId(), round: round.no, household, base_seq: 0, source: 'grid', values: wholeValues });
      await recordMany(office, await village.actor('gao'), [{ subject: zhou, values: { loanPerformance: 'normal', guarantees: 'none', taxes: 'none', judgmentDefaulter: false } }], { round: round.no, source: 'bank', batch: newId(), signed: { how: 'paper', reason: '' } });
      await rateOne(office, await village.actor('gao'), { round: round.no, household });
    },
  };
}

test('a correction is asked for in person, answered in writing by somebody else, and handed over', async t => {
  const village = await opened(t);
  const { office } = village;
  for (const who of ['mei', 'lin', 'tan', 'wei', 'su'] as const) t.is(await codeOf(t, village.open(who)), 'not-allowed', who);
  const traces = await village.traces();
  t.is(await codeOf(t, village.open('hua', { words: '' })), 'faults');
  t.is(await codeOf(t, village.open('hua', { identified: 'mandate' })), 'faults', 'whoever comes for another is named');
  t.is(await village.traces(), traces);
  const asking = village.asking({ complainedOf: officerId('sun') });
  await openRight(office, await village.actor('hua'), asking);
  await openRight(office, await village.actor('hua'), asking);
  t.is(await village.traces(), traces + 1, 'the same form sent twice is taken once');
  t.is(await codeOf(t, village.open('hua')), 'right-asked');
  t.like(await rightById(office.read, asking.id), { lodged_on: '2026-11-23', due_on: '2026-12-14', identified: 'card', kind: 'correct' });
  t.is((await rightsAwaited(office.read, ['/p1/c2/x3/t10/v20/'], 10)).length, 1);
  t.is((await rightsAwaited(office.read, ['/p1/c2/x3/t10/v21/'], 10)).length, 0);
  for (const who of ['hua', 'su', 'tan', 'ping'] as const) t.is(await codeOf(t, village.answer(who, asking.id)), 'not-allowed', who);
  t.is(await codeOf(t, village.answer('sun', asking.id)), 'not-allowed', 'whom it is about does not answer');
  await declare(office, await village.actor('lin'), { household, ground: 'kin', words: '表兄弟' });
  t.is(await codeOf(t, village.answer('lin', asking.id)), 'not-allowed', 'kin stand aside');
  t.is(await codeOf(t, handReply(office, await village.actor('hua'), { id: asking.id, words: '本人' })), 'right-settled');
  await village.answer('gao', asking.id);
  t.is(await codeOf(t, village.answer('gao', asking.id)), 'right-settled');
  t.is(await codeOf(t, dropRight(office, await village.actor('hua'), { id: asking.id })), 'right-settled');
  t.is((await rightsToHand(office.read, ['/'], 10)).length, 1);
  await handReply(office, await village.actor('hua'), { id: asking.id, words: '周大山本人' });
  t.deepEqual([(await rightsAwaited(office.read, ['/'], 10)).length, (await rightsToHand(office.read, ['/'], 10)).length], [0, 0]);
  t.is(await village.standing(asking.id), 'granted');
  const next = await village.open('sun');
  t.is(await codeOf(t, dropRight(office, await village.actor('gao'), { id: next })), 'not-allowed');
  await dropRight(office, await village.actor('hua'), { id: next });
  t.is(await village.standing(next), 'dropped');
});

test('a consent is taken back at once, in the same unit; once, and by its own person', async t => {
  const village = await opened(t);
  const { office } = village;
  const [rate] = (await consentsOf(office.read, [household])).filter(one => one.kind === 'rate');
  t.is(await codeOf(t, village.open('hua', { kind: 'withdraw' })), 'faults', 'which one?');
  t.is(await codeOf(t, village.open('hua', { kind: 'withdraw', about: (await consentsOf(office.read, [households.wu.id]))[0]?.id })), 'faults', 'not the own');
  const id = await village.open('hua', { kind: 'withdraw', about: rate?.id });
  t.is(await village.standing(id), 'granted');
  t.is((await consentsOf(office.read, [household])).find(one => one.id === rate?.id)?.withdrawn_on, '2026-11-23');
  t.is((await caseOf(office.read, village.round.no, zhou)).standing, 'excused', 'the case left the round with it');
  t.is(await codeOf(t, village.open('hua', { kind: 'withdraw', about: rate?.id })), 'faults');
});

test('a second look is taken by nobody who had a hand in the result, and a wrong one goes back', async t => {
  const village = await opened(t);
  const { office, round } = village;
  t.is(await codeOf(t, village.open('hua', { kind: 'review' })), 'faults', 'of which round?');
  t.is(await codeOf(t, village.open('hua', { kind: 'review', about: 'no-such-round' })), 'faults');
  await village.rated();
  const id = await village.open('hua', { kind: 'review', about: round.id, words: '工分少算了' });
  t.is(await codeOf(t, village.answer('sun', id, 'partly')), 'faults', 'a look finds it right or wrong');
  t.is((await caseOf(office.read, round.no, zhou)).standing, 'rated');
  await village.answer('lin', id, 'refused');
  t.is((await caseOf(office.read, round.no, zhou)).standing, 'rated', 'an answer alone changes no grade');
  const { mark_seq } = await caseOf(office.read, round.no, zhou);
  await passCases(office, await village.actor('sun'), { round: await roundByNo(office.read, round.no), village: await placeByNo(office.read, placeNos.qinghe), stage: 'village', cases: [{ subject: zhou, id: household, mark_seq }] });
  const again = await village.open('sun', { kind: 'review', about: round.id, words: '还是少算了' });
  t.is(await codeOf(t, village.answer('sun', again)), 'not-allowed', 'who passed it does not look again');
  await village.answer('gao', again);
  t.is((await caseOf(office.read, round.no, zhou)).standing, 'collected');
});

test('deleting is the chair\'s to allow; what was asked goes with the person', async t => {
  const village = await opened(t);
  const { office } = village;
  const id = await village.open('hua', { kind: 'delete', words: '不想留了' });
  t.is(await codeOf(t, village.answer('sun', id)), 'not-allowed');
  await village.answer('gao', id);
  await forget(office, await village.actor('gao'), { household });
  t.is(await codeOf(t, rightById(office.read, id)), 'not-found');
  t.deepEqual(await office.read('rights_steps').where({ request: id }), []);
});

test('the report is read on the day, by who took it down; a child asks through a grown-up', async t => {
  const village = await opened(t);
  const right = await rightById(village.office.read, await village.open('hua', { kind: 'report', words: undefined }));
  const now = { day: '2026-11-23', by: officerId('hua') };
  t.notThrows(() => mustBeOpen(right, now));
  for (const other of [{ ...now, day: '2026-11-24' }, { ...now, by: officerId('sun') }]) t.is(t.throws<Refusal>(() => mustBeOpen(right, other))?.code, 'right-over');
  const child = await join(village.office, await village.actor('sun'), { household, rev: 1, member: { name: '周小禾', relation: 'daughter', sex: 'female', birthYear: 2018 } });
  t.is(await codeOf(t, village.open('hua', { member: child })), 'right-child');
});

test('the office sets the days in which it answers', async t => {
  const village = await opened(t);
  await keepTerms(village.office, await village.actor('guan'), { answer: 5, accept: 3, decide: 10, reply: 3 });
  t.is((await rightById(village.office.read, await village.open('hua'))).due_on, '2026-11-26');
  t.is(await codeOf(t, village.open('hua', { member: memberId('wu') })), 'not-a-member');
});
