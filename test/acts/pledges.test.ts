import test from 'ava';
import type { ExecutionContext } from 'ava';
import '../../src/areas.ts';
import { give } from '../../src/consents/give.ts';
import { withdraw } from '../../src/consents/withdraw.ts';
import { newId } from '../../src/kit/id.ts';
import type { Faults } from '../../src/kit/faults.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { standingOf } from '../../src/pledges/pledge.ts';
import { hidePledge } from '../../src/pledges/hide.ts';
import { openPledges, pledgeById, pledgesAsking } from '../../src/pledges/queries.ts';
import { reportPledge, type Reporting } from '../../src/pledges/report.ts';
import { settlePledge } from '../../src/pledges/settle.ts';
import { signPledge, type Signing } from '../../src/pledges/sign.ts';
import { declare } from '../../src/recusals/declare.ts';
import { households, memberId, openVillage, placeNos, type Person } from '../support/village.ts';

const household = households.zhou.id;
const today = '2026-11-23';
const jpeg = { bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) };
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;

async function opened(t: ExecutionContext) {
  const village = await openVillage(t);
  const { office } = village;
  const id = newId();
  const signing: Signing = { id, household, member: memberId('zhou'), purpose: 'customs', signedOn: '2026-11-20', how: 'paper', open: false, evidence: jpeg };
  return {
    ...village, id,
    sign: async (who: Person, own: Partial<Signing> = {}) => signPledge(office, await village.actor(who), { ...signing, ...own }),
    report: async (who: Person, own: Partial<Reporting> = {}) => reportPledge(office, await village.actor(who), { pledge: id, outcome: 'broken', words: '摆了四十桌', evidence: jpeg, ...own }),
    settle: async (who: Person, agrees = true) => settlePledge(office, await village.actor(who), { pledge: id, agrees, words: '看过照片' }),
    standing: async () => standingOf(await pledgeById(office.read, id), today),
    published: async () => (await openPledges(office.read, placeNos.qinghe, today)).length,
    agree: async () => give(office, await village.actor('mei'), [{ member: memberId('zhou'), kind: 'publish', givenOn: '2026-10-12', how: 'paper' }]),
  };
}

test('a word is given once by a person of the household, signed, and not for a day to come', async t => {
  const village = await opened(t);
  const traces = await village.traces();
  for (const who of ['bo', 'tan', 'lin', 'wei'] as const) t.is(await codeOf(t, village.sign(who)), 'not-allowed', who);
  t.is(await codeOf(t, village.sign('mei', { evidence: undefined })), 'pledge-unsigned');
  t.is((await t.throwsAsync<Faults>(village.sign('mei', { signedOn: '2026-11-24' })))?.faults[0]?.field, 'signed_on');
  await t.throwsAsync(village.sign('mei', { member: memberId('wu') }));
  t.is(await village.traces(), traces);
  await village.sign('mei');
  await village.sign('mei');
  t.is(await village.traces(), traces + 1, 'the same form sent twice is taken once');
  t.is(await codeOf(t, village.sign('hua', { id: newId() })), 'pledge-standing');
  await village.sign('hua', { id: newId(), purpose: 'yard', how: 'drawn' });
  t.like(await pledgeById(village.office.read, village.id), { kept_until: '2027-11-20', text_version: 'pledge-customs-2026-1' });
});

test('whether it was kept two people say, on evidence; what was not kept is on no public page', async t => {
  const village = await opened(t);
  await village.agree();
  await village.sign('mei', { open: true });
  t.is(await village.published(), 1);
  t.is(await codeOf(t, village.report('mei', { evidence: undefined })), 'pledge-unproved');
  t.is(await codeOf(t, village.settle('sun')), 'pledge-settled', 'nothing was reported');
  await village.report('sun');
  t.is(await village.standing(), 'reported');
  t.is((await pledgesAsking(village.office.read, ['/p1/c2/x3/t10/v20/'], today, 10)).length, 1);
  t.is(await codeOf(t, village.report('mei')), 'pledge-settled');
  t.is(await codeOf(t, village.settle('sun')), 'not-allowed', 'nobody agrees with the own word');
  await declare(village.office, await village.actor('lin'), { household, ground: 'kin' });
  t.is(await codeOf(t, village.settle('lin')), 'not-allowed');
  await village.settle('gao', false);
  t.is(await village.standing(), 'running', 'not agreed: it goes on');
  await village.report('mei');
  await village.settle('sun');
  t.is(await village.standing(), 'broken');
  t.is(await village.published(), 0);
  t.deepEqual(await pledgesAsking(village.office.read, ['/'], today, 10), []);
});

test('it is public only while the person wants it and agrees to be named', async t => {
  const village = await opened(t);
  t.is(await codeOf(t, village.sign('mei', { open: true })), 'pledge-closed');
  await village.agree();
  await village.sign('mei', { open: true });
  t.deepEqual(await openPledges(village.office.read, placeNos.shuikou, today), []);
  t.is((await openPledges(village.office.read, placeNos.qinghe, '2027-11-21')).length, 0, 'its time is over');
  t.is(standingOf(await pledgeById(village.office.read, village.id), '2027-11-21'), 'over');
  const consent: { id: string } = await village.office.read('consents').where({ kind: 'publish' }).first('id');
  await withdraw(village.office, await village.actor('mei'), { consent: consent.id });
  t.is(await village.published(), 0, 'the consent was taken back');
  await village.agree();
  await give(village.office, await village.actor('mei'), [{ member: memberId('zhou'), kind: 'publish', givenOn: today, how: 'paper' }]);
  t.is(await village.published(), 1);
  t.is(await codeOf(t, hidePledge(village.office, await village.actor('tan'), village.id)), 'not-allowed');
  await hidePledge(village.office, await village.actor('hua'), village.id);
  t.is(await village.published(), 0);
  t.is(await codeOf(t, hidePledge(village.office, await village.actor('hua'), village.id)), 'pledge-hidden');
  t.is(await village.standing(), 'running', 'the word stands');
});
