import test from 'ava';
import type { Refusal } from '../../src/kit/refusal.ts';
import { lacking, standing } from '../../src/consents/consent.ts';
import { give, giveMany } from '../../src/consents/give.ts';
import { consentsOf, mayPublish, mayRate, mayShare } from '../../src/consents/queries.ts';
import { withdraw } from '../../src/consents/withdraw.ts';
import type { Withdrawn } from '../../src/consents/follow.ts';
import { register } from '../../src/households/register.ts';
import { correct } from '../../src/households/people.ts';
import { family, person } from '../support/people.ts';
import { households, memberId, openVillage } from '../support/village.ts';

const code = async (t: { throwsAsync: (run: () => Promise<unknown>) => Promise<unknown> }, run: () => Promise<unknown>): Promise<string> => ((await t.throwsAsync(run)) as Refusal).code;
const day = '2026-11-23';
const rate = (member: string) => ({ member, kind: 'rate' as const, givenOn: '2026-10-12', how: 'paper' as const });

test('a household may be rated once its head and every adult living there consented', async t => {
  const village = await openVillage(t);
  const mei = await village.actor('mei');
  const made = await register(village.office, mei, family('周小海'));
  const [head = '', wife = ''] = made.members;
  await give(village.office, mei, [rate(head)]);
  t.deepEqual([...await mayRate(village.office.read, [made.no], day)], []);
  t.deepEqual(lacking(await consentsOf(village.office.read, [made.id]), [head, wife], { kind: 'rate' }, day), [wife]);
  await give(village.office, mei, [rate(wife)]);
  t.deepEqual([...await mayRate(village.office.read, [made.no, households.zhou.no], day)], [made.no]);
  t.deepEqual([...await mayPublish(village.office.read, [made.no], day)], []);
  t.deepEqual([...await mayRate(village.office.read, [made.no], '2026-10-01')], [], 'not before it was given');
});

test('an adult who is long away is not asked; the head always is', async t => {
  const village = await openVillage(t);
  const mei = await village.actor('mei');
  const made = await register(village.office, mei, family('周小海'));
  const [head = '', wife = ''] = made.members;
  await give(village.office, mei, [rate(head)]);
  await correct(village.office, mei, { household: made.id, rev: 1, id: wife, member: { ...person('周小梅', { relation: 'spouse', sex: 'female', birthYear: 1982, idNumber: '', phone: '' }), away: true } });
  t.deepEqual([...await mayRate(village.office.read, [made.no], day)], [made.no]);
});

test('a consent said twice is one; withdrawn it stands no longer, and later areas hear of it', async t => {
  const village = await openVillage(t);
  const mei = await village.actor('mei');
  const member = memberId('zhou');
  t.is(await give(village.office, mei, [rate(member)]), 1);
  t.is(await give(village.office, mei, [rate(member)]), 0);
  t.is(await village.traces(), 1);
  const [consent] = await consentsOf(village.office.read, [households.zhou.id]);
  const heard: Withdrawn[] = [];
  const followers = [{ withdrawn: async (_unit: unknown, what: Withdrawn) => { heard.push(what); } }];
  t.is(await code(t, async () => withdraw(village.office, await village.actor('bo'), { consent: consent?.id ?? '' }, followers)), 'not-allowed');
  await withdraw(village.office, mei, { consent: consent?.id ?? '' }, followers);
  await withdraw(village.office, mei, { consent: consent?.id ?? '' }, followers);
  t.deepEqual(heard, [{ subjectNo: households.zhou.no, household: households.zhou.id, kind: 'rate', bank: '' }]);
  t.is((await mayRate(village.office.read, [households.zhou.no], day)).size, 0);
  t.is((await mayRate(village.office.read, [households.zhou.no], '2026-11-22')).size, 1, 'what was done under it stays right');
  const after = await consentsOf(village.office.read, [households.zhou.id]);
  t.is(standing(after, { member, kind: 'rate' }, day), undefined);
  t.is(await give(village.office, mei, [{ ...rate(member), givenOn: day }]), 1, 'it can be given anew');
});

test('sharing names one bank and reaches no other', async t => {
  const village = await openVillage(t);
  const mei = await village.actor('mei');
  const share = { member: memberId('zhou'), kind: 'share' as const, givenOn: day, how: 'paper' as const };
  t.is(await code(t, () => give(village.office, mei, [share])), 'bank-unknown');
  t.is(await code(t, () => give(village.office, mei, [{ ...share, bank: 'bank-9' }])), 'bank-unknown');
  await give(village.office, mei, [{ ...share, bank: 'bank-1' }]);
  t.is((await mayShare(village.office.read, [households.zhou.no], 'bank-1', day)).size, 1);
  t.is((await mayShare(village.office.read, [households.zhou.no], 'bank-2', day)).size, 0);
});

test('consents are refused from strangers, minors, the future, and by agents without a paper', async t => {
  const village = await openVillage(t);
  const mei = await village.actor('mei');
  const made = await register(village.office, mei, family('周小海'));
  t.is(await code(t, async () => give(village.office, await village.actor('bo'), [rate(memberId('zhou'))])), 'not-allowed');
  t.is(await code(t, () => give(village.office, mei, [rate('nobody')])), 'not-their-own');
  t.is(await code(t, () => give(village.office, mei, [rate(made.members[2] ?? '')])), 'consent-of-minor');
  t.is(await code(t, () => give(village.office, mei, [{ ...rate(memberId('zhou')), givenOn: '2026-12-01' }])), 'faults');
  t.is(await code(t, () => give(village.office, mei, [{ ...rate(memberId('zhou')), how: 'mandate' }])), 'mandate-missing');
  t.is(await code(t, () => give(village.office, mei, [{ ...rate(memberId('zhou')), textVersion: 'share-2026-1' }])), 'faults');
  t.is((await village.office.read('consents')).length, 0);
});

test('papers of many households are keyed in as one', async t => {
  const village = await openVillage(t);
  t.is(await giveMany(village.office, await village.actor('sun'), (['zhou', 'wu', 'zheng'] as const).flatMap(one => (['rate', 'publish'] as const).map(kind => ({ ...rate(memberId(one)), kind })))), 6);
  t.deepEqual([...await mayPublish(village.office.read, [101, 102, 103, 104], day)].sort((a, b) => a - b), [101, 102, 103]);
  t.is(await village.traces(), 3);
});
