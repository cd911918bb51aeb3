import test from 'ava';
import { caseOf } from '../../src/rounds/round.ts';
import { declare } from '../../src/recusals/declare.ts';
import { roundId, roundNo } from '../support/round.ts';
import { openCommittee, pinOf, sit } from '../support/sitting.ts';
import { households, officerId, password, placeId, placeNos, type Person } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const { zhou, wu } = households;
const newAt = `/sittings/new?round=${roundId}&place=${placeId(placeNos.qinghe)}&stage=township`;

test('the committee meets on one tablet, from the docket to the printed minutes', async t => {
  const village = await openCommittee(t, { zhou: { standing: 'village-noticed', grade: 1 }, wu: { standing: 'village-noticed', grade: 1 } });
  await declare(village.office, await village.actor('gao'), { household: wu.id, ground: 'kin' });
  const lin = await (await openDoors(t, village))('lin');
  const docket = await lin.get(`/reviews/${roundId}/${placeId(placeNos.qinghe)}/township`);
  t.true(docket.body.includes('开会议定'));
  const asked = await lin.get(newAt);
  t.true(asked.body.includes('安和镇信用评定委员会') && asked.body.includes('至少 3 人'));
  const faulty = await lin.post(newAt, { day: '2026-11-24', venue: '', chair: officerId('gao'), ballot: 'open' });
  t.is(faulty.status, 422);
  t.is(faulty.field('venue').fault, '请填写在哪里开。');
  const made = await lin.post(newAt, { day: '2026-11-24', venue: '镇会议室', chair: officerId('gao'), ballot: 'open' });
  const here = made.location ?? '';
  t.is((await lin.get(newAt)).location, here, 'one at a time: the way leads to the one that is open');
  t.true((await lin.get('/sittings')).body.includes('有 1 个会没开完'));

  const few = await lin.post(`${here}/roll`, { present: [officerId('lin')], chair: officerId('lin') });
  t.is(few.status, 409);
  t.true(few.body.includes('到会 1 人，至少要 3 人才能开'));
  t.true(new RegExp(`value="${officerId('lin')}"[^>]* checked`).test(few.body), 'who was ticked stays ticked');
  t.is((await lin.post(`${here}/roll`, { present: ['lin', 'gao', 'hua', 'xian'].map(who => officerId(who as 'lin')), chair: officerId('gao') })).status, 303);
  const hands = (who: readonly Person[]) => Object.fromEntries(who.map(one => [`vote_${officerId(one)}`, 'for']));
  const unseen = await lin.post(`${here}/items/0`, hands(['lin', 'gao', 'hua', 'xian']));
  t.is(unseen.status, 422);
  t.true(unseen.body.includes('请先看一看抽到的'));
  t.is((await lin.post(`${here}/items/0`, { ...hands(['lin', 'gao', 'hua', 'xian']), looked: 'yes' })).location, `${here}/items/1`, 'on to the next');
  const item = await lin.get(`${here}/items/1`);
  t.true(item.body.includes('高文斌对这一项回避'));
  t.false(item.body.includes(`vote_${officerId('gao')}`));
  t.is((await lin.post(`${here}/items/1`, hands(['lin', 'hua', 'xian']))).location, here);
  t.is((await lin.post(`${here}/state`, { to: 'confirming' })).status, 303);
  const late = await lin.post(`${here}/items/1`, { ...hands(['lin', 'hua', 'xian']), words: '我再想想这一户' });
  t.is(late.status, 409);
  t.true(late.body.includes('我再想想这一户') || late.body.includes('等委员确认'), 'told how it stands');

  const wrong = await lin.post(`${here}/confirm`, { officer: officerId('hua'), pin: '135790' });
  t.is(wrong.status, 422);
  t.is(wrong.field('pin').fault, '确认密码不对，请再输一次。');
  t.false(wrong.body.includes('135790'));
  t.is((await lin.post(`${here}/confirm`, { officer: officerId('hua'), pin: pinOf('hua') })).status, 303);
  t.is((await caseOf(village.office.read, roundNo, zhou.no)).standing, 'village-noticed');
  t.is((await lin.post(`${here}/confirm`, { officer: officerId('gao'), pin: pinOf('gao') })).status, 303);
  t.is((await caseOf(village.office.read, roundNo, wu.no)).standing, 'reviewed');
  const minutes = await lin.get(`${here}/minutes`);
  t.is(minutes.status, 200);
  for (const words of ['安和镇信用评定委员会会议纪要', '应到 5 人，实到 4 人', '高文斌对第 002 号户回避', '没有到会：凌云霞', '第 002 号', '存档校验码']) t.true(minutes.body.includes(words), words);
  for (const name of ['周大山', '吴秀兰', '亲属']) t.false(minutes.body.includes(name), name);
});

test('a secret ballot goes round: everybody once, by the own PIN; and nobody from elsewhere looks in', async t => {
  const village = await openCommittee(t, { zhou: { standing: 'village-noticed', grade: 1 } });
  const id = await sit(village, { ballot: 'secret', present: ['lin', 'gao', 'hua'] });
  const doors = await openDoors(t, village);
  const lin = await doors('lin');
  const here = `/sittings/${id}`;
  for (const who of ['lin', 'gao', 'hua'] as const) {
    const page = await lin.get(`${here}/ballot?who=${officerId(who)}`);
    t.true(page.body.includes('别人看不到您投了什么'));
    if (who === 'hua') t.is((await lin.post(`${here}/ballot`, { officer: officerId(who), pin: pinOf(who) })).status, 422);
    t.is((await lin.post(`${here}/ballot`, { officer: officerId(who), pin: pinOf(who), item_0: who === 'hua' ? 'against' : 'for' })).status, 303);
    t.is((await lin.get(`${here}/ballot?who=${officerId(who)}`)).status, 404);
    t.is((await lin.get(here)).body.includes('赞成 2，反对 1'), who === 'hua', 'only when all have voted');
  }
  t.is((await lin.post(`${here}/items/0`, { looked: 'yes' })).status, 303);
  for (const who of ['ping', 'sun', 'zhang', 'wei', 'mei'] as const) t.is((await (await doors(who)).get(here)).status, 403, who);
  t.is((await (await doors('shen')).get(here)).status, 200, 'the auditor');
  t.is((await lin.get(`${here}/minutes`)).status, 404, 'not yet');
  t.is((await lin.post(`${here}/state`, { to: 'dropped' })).location, '/sittings');
  t.true((await lin.get('/sittings')).body.includes('取消了'));
});

test('the own PIN is set with the password, and the rules of sitting by the administrator', async t => {
  const village = await openCommittee(t, {});
  const doors = await openDoors(t, village);
  const [sun, guan] = [await doors('sun'), await doors('guan')];
  t.true((await sun.get('/me')).body.includes('/me/pin'));
  const weak = await sun.post('/me/pin', { password, pin: '111111', again: '111111' });
  t.is(weak.status, 422);
  t.true((weak.field('pin').fault ?? '').includes('太容易猜到'));
  t.is((await sun.post('/me/pin', { password, pin: '908172', again: '908172' })).status, 303);
  t.true((await sun.get('/me/pin')).body.includes('换一个会议确认密码'));
  t.true((await guan.get('/sittings/rules')).body.includes('镇审核'));
  t.is((await guan.post('/sittings/rules', { what: 'township', required: 'yes', share: 'half', confirms: '0' })).status, 422);
  t.is((await guan.post('/sittings/rules', { what: 'township', required: 'yes', share: 'two-thirds', confirms: '3' })).status, 303);
  t.is((await guan.post('/sittings/rules', { what: 'nothing' })).status, 404);
});
