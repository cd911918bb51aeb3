import test from 'ava';
import type { ExecutionContext } from 'ava';
import type { Refusal } from '../../src/kit/refusal.ts';
import { anyone, atConsole } from '../../src/access/actor.ts';
import { forget } from '../../src/households/forget.ts';
import { split } from '../../src/households/split.ts';
import { register } from '../../src/households/register.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { newId } from '../../src/kit/id.ts';
import { answerObjection } from '../support/answering.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { docketOf } from '../../src/panels/docket.ts';
import { passCases, passRest, type DocketAt } from '../../src/panels/pass.ts';
import { returnCases } from '../../src/panels/return.ts';
import { asideOf } from '../../src/people/sessions.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { adjust } from '../../src/ratings/adjust.ts';
import { declare, order } from '../../src/recusals/declare.ts';
import { end } from '../../src/recusals/end.ts';
import { recusalsFollowHouseholds } from '../../src/recusals/follow.ts';
import { othersFor, recusalsFrom } from '../../src/recusals/queries.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { openCollecting } from '../support/collecting.ts';
import { family } from '../support/people.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { households, officerId, openVillage, placeNos, type Village } from '../support/village.ts';

const { zhou, wu } = households;
const day = '2026-11-23';
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;
const inVillage = async (village: Village, stage: 'village' | 'township' = 'village'): Promise<DocketAt> => ({ round: await roundByNo(village.office.read, roundNo), village: await placeByNo(village.office.read, placeNos.qinghe), stage });

test('declared once, it is checked at the vote: the household leaves the rest, nobody passes it for whoever stands aside, a colleague does', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'rated', grade: 1 }, wu: { standing: 'rated', grade: 1 } });
  await declare(office, await village.actor('sun'), { household: zhou.id, ground: 'kin' });
  t.is(await village.traces(), 1);
  const sun = await village.actor('sun');
  const sitting = await inVillage(village);
  const docket = await docketOf(office.read, { ...sitting, actor: sun });
  t.deepEqual([docket.alone.map(row => [row.subject, row.reasons[0]?.code, row.blocked]), docket.rest.map(row => row.subject)], [[[zhou.no, 'recused', true]], [wu.no]]);
  t.is(await codeOf(t, passCases(office, sun, { ...sitting, cases: [{ subject: zhou.no, id: zhou.id, mark_seq: 1 }] })), 'not-allowed');
  t.is(await codeOf(t, passRest(office, sun, { ...sitting, seen: (await docketOf(office.read, sitting)).seen, looked: true })), 'changed-meanwhile', 'the list of a colleague is not the own');
  t.is((await passRest(office, sun, { ...sitting, seen: docket.seen, looked: true })).count, 1);
  t.is((await caseOf(office.read, roundNo, zhou.no)).standing, 'rated');
  t.is((await passCases(office, { ...sun, id: officerId('hua'), aside: [] }, { ...sitting, cases: [{ subject: zhou.no, id: zhou.id, mark_seq: 1 }] })).count, 1);
});

test('and at the review, the adjustment and the sheet', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'village-noticed', grade: 1 } });
  await declare(office, await village.actor('lin'), { household: zhou.id, ground: 'interest', words: '合伙养鱼' });
  const lin = await village.actor('lin');
  const before = await village.traces();
  t.is(await codeOf(t, returnCases(office, lin, { ...await inVillage(village, 'township'), cases: [{ subject: zhou.no, id: zhou.id, mark_seq: 1 }], reason: '再看看' })), 'not-allowed');
  t.is(await codeOf(t, adjust(office, lin, { round: roundNo, household: zhou.id, to: 'AAA', reason: '应当更高', seen: 1 })), 'not-allowed');
  t.is(await village.traces(), before);
});

test('nor does a grid worker take down the facts of kin', async t => {
  const village = await openCollecting(t);
  const { office } = village;
  await declare(office, await village.actor('mei'), { household: zhou.id, ground: 'kin' });
  const mei = await village.actor('mei');
  const sheet = { id: newId(), round: village.round.no, household: zhou.id, base_seq: 0, source: 'grid' as const, values: {} };
  t.is(await codeOf(t, recordSheet(office, mei, sheet)), 'not-allowed');
  await t.notThrowsAsync(recordSheet(office, mei, { ...sheet, household: wu.id }));
});

test('nor is an objection answered by kin', async t => {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, { zhou: { standing: 'village-noticed', grade: 1 } });
  const id = newId();
  await lodgeObjection(office, anyone, { id, round: roundNo, subject: zhou.no, notice: null, about: 'rating', words: '家里劳力少算了一个', name: undefined, contact: undefined, how: 'web' });
  const answer = { id, outcome: 'kept' as const, words: '核过，没有少算' };
  await declare(office, await village.actor('sun'), { household: zhou.id, ground: 'kin' });
  const before = await village.traces();
  t.is(await codeOf(t, answerObjection(office, await village.actor('sun'), answer)), 'not-allowed');
  t.is(await village.traces(), before);
});

test('whoever could do it instead is proposed: the same power, within reach, not standing aside', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const subject = { id: zhou.id, paths: [(await placeByNo(office.read, placeNos.qinghe)).path] };
  const names = async (): Promise<readonly string[]> => (await othersFor(office.read, 'case.review', subject, { day, but: officerId('lin') })).map(one => one.name);
  t.deepEqual(await names(), ['高文斌']);
  await declare(office, await village.actor('gao'), { household: zhou.id, ground: 'own' });
  t.deepEqual(await names(), [], 'the chair of the next township is no substitute');
});

test('the chair decides on others and says who asked; a colleague may not, and nobody orders himself', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const asked = { household: zhou.id, ground: 'kin' as const, officer: officerId('sun'), words: '本户提出' };
  for (const who of ['lin', 'sun', 'ping', 'tan', 'wei'] as const) t.is(await codeOf(t, order(office, await village.actor(who), { ...asked, officer: officerId('mei') })), 'not-allowed', who);
  t.is(await village.traces(), 0);
  const gao = await village.actor('gao');
  t.is(await codeOf(t, (async () => order(office, gao, { ...asked, officer: officerId('gao') }))()), 'recusal-own');
  await order(office, gao, asked);
  t.deepEqual(await asideOf(office.read, officerId('sun')), [zhou.id]);
  t.is(await codeOf(t, declare(office, await village.actor('sun'), { household: zhou.id, ground: 'kin' })), 'recused-already');
});

test('a mistake is taken back on its day; later, and what was ordered, somebody else decides', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const sun = await village.actor('sun');
  const id = await declare(office, sun, { household: zhou.id, ground: 'kin' });
  t.is(await codeOf(t, end(office, await village.actor('lin'), { id, words: '不是亲属' })), 'not-allowed');
  await end(office, sun, { id, words: '点错了户' });
  await end(office, sun, { id, words: '点错了户' });
  t.deepEqual([await asideOf(office.read, officerId('sun')), await village.traces()], [[], 2], 'twice is once');
  const again = await declare(office, sun, { household: zhou.id, ground: 'kin' });
  const ordered = await order(office, await village.actor('gao'), { household: wu.id, ground: 'interest', officer: officerId('sun'), words: '本户提出' });
  t.is(await codeOf(t, end(office, sun, { id: ordered, words: '没有这回事' })), 'recusal-settled');
  village.clock.set('2026-11-24T01:00:00.000Z');
  t.is(await codeOf(t, end(office, sun, { id: again, words: '想回来办' })), 'recusal-settled');
  await end(office, await village.actor('gao'), { id: again, words: '核过，不是亲属' });
  t.deepEqual(await asideOf(office.read, officerId('sun')), [wu.id]);
});

test('kin stay kin when the household splits; who is forgotten leaves no word of it', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const made = await register(office, await village.actor('mei'), family('周小海'));
  await declare(office, await village.actor('lin'), { household: made.id, ground: 'kin', words: '表弟家' });
  const [, wife = ''] = made.members;
  const parted = await split(office, await village.actor('gao'), { household: made.id, members: [wife], head: wife, groupNo: placeNos.group1, gridNo: placeNos.grid1, address: '庄台路 9 号', rev: 1 }, [recusalsFollowHouseholds]);
  t.deepEqual((await asideOf(office.read, officerId('lin'))).toSorted(), [made.id, parted.id].toSorted());
  await forget(office, await village.actor('gao'), { household: made.id });
  t.is((await recusalsFrom(office.read, [made.id])).length, 0);
  t.is((await office.read('recusals').where({ household: made.id })).length, 0);
});

test('the command line orders too', async t => {
  const village = await openVillage(t);
  await order(village.office, atConsole, { household: zhou.id, ground: 'kin', officer: officerId('sun'), words: '纸上登记过' });
  t.deepEqual(await asideOf(village.office.read, officerId('sun')), [zhou.id]);
});
