import test from 'ava';
import { consents } from '../../src/consents/refusals.ts';
import { mayRate } from '../../src/consents/queries.ts';
import { register } from '../../src/households/register.ts';
import { family } from '../support/people.ts';
import { households, memberId, openVillage } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const zhou = `/households/${households.zhou.id}/consents`;
const pixel = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';
const paper = { members: memberId('zhou'), kinds: ['rate', 'publish'], bank: '', how: 'paper', given_on: '2026-11-20', mandate: '', signature: '' };

test('consents are taken down from the household\'s page and withdrawn with one button', async t => {
  const village = await openVillage(t);
  const mei = await (await openDoors(t, village))('mei');
  const before = await mei.get(zhou);
  t.regex(before.body, /还没有/);
  t.regex(before.body, /参加不参加由我自己定/, 'the words stand on the page, for nobody signs what they have not heard');
  t.is((await mei.post(zhou, paper)).status, 303);
  t.is((await mayRate(village.office.read, [households.zhou.no], '2026-11-23')).size, 1);
  const page = await mei.get(zhou);
  t.regex(page.body, /登记了 2 项授权|同意/);
  const action = /action="(\/consents\/[^"]+\/withdraw)"/.exec(page.body)?.[1] ?? '';
  t.is((await mei.post(action)).location, zhou);
  t.regex((await mei.get(zhou)).body, /2026-11-23 撤回/);
});

test('a faulty form comes back whole: nobody chosen, a bank not named, an agent without a paper', async t => {
  const mei = await (await openDoors(t, await openVillage(t)))('mei');
  const page = await mei.post(zhou, { ...paper, members: '', kinds: ['share'], how: 'mandate', given_on: '2026-13-01' });
  t.is(page.status, 422);
  t.regex(page.body, /请选择谁的授权/);
  t.regex(page.body, /有 2 处要改一下/);
  const joint = await mei.post(zhou, { ...paper, kinds: ['share'], how: 'mandate' });
  t.is(joint.status, 422);
  t.regex(joint.body, /要选是哪一家/);
  t.truthy(joint.field('mandate').fault);
});

test('a signature drawn on the tablet is kept as evidence; without one the page asks for it', async t => {
  const village = await openVillage(t);
  const mei = await (await openDoors(t, village))('mei');
  const missing = await mei.post(zhou, { ...paper, how: 'drawn' });
  t.is(missing.status, 422);
  t.true(missing.body.includes(consents.entries['consent-unsigned'].say({})));
  t.is((await mei.post(zhou, { ...paper, how: 'drawn', signature: 'data:image/svg+xml;base64,PHN2Zz4=' })).status, 422);
  t.is((await mei.post(zhou, { ...paper, how: 'drawn', signature: pixel })).status, 303);
  t.deepEqual(await village.office.read('evidence').select('kind', 'mime'), [{ kind: 'signature', mime: 'image/png' }]);
  t.regex((await mei.get(zhou)).body, /看签字/);
});

test('papers of many households are keyed in from one list', async t => {
  const village = await openVillage(t);
  const sun = await (await openDoors(t, village))('sun');
  const made = await register(village.office, await village.actor('mei'), family('陈广福'));
  const list = await sun.get('/consents');
  t.regex(list.body, /还有 4 户的授权没齐/);
  t.regex(list.body, /还差：陈广福、陈小梅/);
  t.is((await sun.post('/consents', { kinds: 'rate', given_on: 'soon', household: made.id })).status, 422);
  t.is((await sun.post('/consents', { kinds: ['rate', 'publish'], given_on: '2026-11-20', household: [made.id, households.zhou.id] })).status, 303);
  t.regex((await sun.get('/consents')).body, /还有 2 户的授权没齐/);
  t.regex((await sun.get('/consents?kind=publish')).body, /还有 2 户的授权没齐/);
  t.is((await sun.post('/consents', { kinds: 'rate', given_on: '2026-11-20', household: households.wang.id })).status, 403, 'a household of another village');
});

test('the paper to sign says everything, for everybody who counts', async t => {
  const village = await openVillage(t);
  const made = await register(village.office, await village.actor('mei'), family('陈广福'));
  const page = await (await (await openDoors(t, village))('mei')).get(`/households/${made.id}/consent-sheet`);
  t.is(page.status, 200);
  for (const words of ['参加信用评定授权书', '公示和上榜列名授权书', '样板农村商业银行', '陈小梅', 'rate-2026-1']) t.true(page.body.includes(words), words);
});

test('who may not keep consents sees them without buttons', async t => {
  const walk = await openDoors(t, await openVillage(t));
  const lin = await walk('lin');
  const page = await lin.get(zhou);
  t.is(page.status, 200);
  t.false(page.body.includes('id="give"'));
  t.is((await lin.post(zhou, paper)).status, 403);
  t.is((await (await walk('bo')).get(zhou)).status, 403);
});
