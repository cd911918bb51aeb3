import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import { cureEvent } from '../../src/observations/cure.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { openCollecting, wholeValues } from '../support/collecting.ts';
import { openDoors } from '../support/visit.ts';
import { households, memberId } from '../support/village.ts';

const { zhou, wu } = households;
const jpeg = { bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) };
const photo = { name: 'a.jpg', type: 'image/jpeg', body: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) };

test('from the sheet to sign to the two papers; then it is shown no longer, and opens only with a reason', async t => {
  const village = await openCollecting(t);
  const { office, round } = village;
  const event = { id: newId(), indicator: 'conduct', option: 'publicDamage', day: '2026-06-10', note: '撞坏路灯', span: { from: '2026-07-01' } };
  const mine = { round: round.no, household: zhou.id };
  await recordSheet(office, await village.actor('mei'), { id: newId(), ...mine, base_seq: 0, source: 'grid', values: wholeValues, events: [event], photos: [{ about: event.id, source: jpeg }] });
  const visitor = await openDoors(t, village);
  const [mei, sun, hua, gao, tan] = [await visitor('mei'), await visitor('sun'), await visitor('hua'), await visitor('gao'), await visitor('tan')];
  const own = `/households/${zhou.id}/repairs`;
  t.true((await hua.get(`/households/${zhou.id}`)).body.includes(own));
  t.regex((await hua.get(own)).body, /还不能申请：还没有登记改正/);
  await cureEvent(office, await village.actor('mei'), { id: newId(), ...mine, event: event.id, on: '2026-11-01', note: '换了新灯', photos: [jpeg], source: 'grid' });
  const form = `/repairs/new/${round.id}/${zhou.id}/${event.id}`;
  t.true((await hua.get(own)).body.includes(form));
  t.is((await tan.get(own)).status, 403);
  const sheet = await hua.get(`${form}/sheet`);
  for (const words of ['信用修复申请书', '信用修复承诺书', '损坏公共设施没有修好', '一般', '换了新灯', '周大山', '申请人、承诺人签名']) t.true(sheet.body.includes(words), words);
  const fields = { member: memberId('zhou'), words: '灯换好了', how: 'paper' };
  const bare = await hua.upload(form, fields, {});
  t.is(bare.status, 422);
  t.true(bare.body.includes('要本人签字') && bare.body.includes('灯换好了'));
  const href = (await hua.upload(form, fields, { paper: photo })).location?.split('?')[0] ?? '';
  t.regex((await gao.get('/desk')).body, /001 号户的修复申请等受理/);
  t.true((await gao.get('/repairs')).body.includes(href));
  t.is((await gao.get(`${href}/papers`)).status, 404, 'nothing is decided yet');
  t.is((await gao.post(`${href}/accept`, { whole: 'no', words: '' })).field('words').fault, '退回的，要写清缺什么。');
  t.is((await gao.post(`${href}/accept`, { whole: 'yes', words: '' })).status, 303);
  t.is((await hua.post(`${href}/decide`, { grants: 'yes', words: '好' })).status, 403);
  t.is((await sun.post(`${href}/decide`, { grants: 'yes', words: '' })).status, 422);
  t.is((await sun.post(`${href}/decide`, { grants: 'yes', words: '去看过，新灯亮了' })).location?.split('?')[0], href);

  const papers = await hua.get(`${href}/papers`);
  t.is(papers.body.split('<article class="official">').length - 1, 2, 'decision and notice, together');
  for (const words of ['信用修复决定书', '信用修复告知书', '周大山', '同意修复', '去看过，新灯亮了', '2026年11月23日', '不服这个决定', '撤回', '两份文书本人签收']) t.true(papers.body.includes(words), words);
  for (const paper of [sheet, papers]) { t.notRegex(paper.body, /\d{17}[\dXx]/, 'no ID number'); t.false(paper.body.includes(wu.head), 'no other household'); }
  t.is((await hua.post(`${href}/hand`, { words: '' })).status, 422);
  t.is((await hua.post(`${href}/hand`, { words: '周大山本人' })).status, 303);
  t.true((await hua.get(href)).body.includes('两份文书一起送达：周大山本人'));

  const check = await mei.get(`/observations/${round.id}/${zhou.id}/check`);
  t.false(check.body.includes('损坏公共设施没有修好'), 'display stops');
  t.regex(check.body, /另有 1 件到期或者修复了，不再显示/);
  t.false((await mei.get(`/observations/${round.id}/${zhou.id}/history`)).body.includes('损坏公共设施没有修好'));
  const back = `/lookbacks/${round.id}/${zhou.id}`;
  t.is((await mei.get(back)).status, 403);
  t.is((await sun.post(back, { reason: '' })).status, 422);
  const opened = (await sun.post(back, { reason: '本人提了异议' })).location?.split('?')[0] ?? '';
  t.regex((await sun.get(opened)).body, /损坏公共设施没有修好[\s\S]*撞坏路灯[\s\S]*修复了，从 2026-11-23 起不再算分/);
  t.is((await gao.get(opened)).status, 404, 'opened for who asked, and nobody else');
  t.is((await gao.post(`${href}/recall`, { words: '' })).status, 422);
  t.is((await gao.post(`${href}/recall`, { words: '灯是借来的，又拆走了' })).status, 303);
  t.true((await mei.get(`/observations/${round.id}/${zhou.id}/check`)).body.includes('损坏公共设施没有修好'));

  t.is((await hua.post(own, { member: memberId('zhou'), platform: 'creditchina', standing: 'shown', seen_on: '2026-11-24' })).status, 422);
  t.is((await hua.post(own, { member: memberId('zhou'), platform: 'creditchina', standing: 'shown', seen_on: '2026-11-20' })).status, 303);
  t.regex((await hua.get(own)).body, /周大山：信用中国，还在公示[\s\S]*/);
  t.true((await hua.get(own)).body.includes('https://www.creditchina.gov.cn'), 'repaired there, never here');
});

test('a refusal is one paper with its reason and the way on', async t => {
  const village = await openCollecting(t);
  const { office, round } = village;
  const event = { id: newId(), indicator: 'conduct', option: 'publicDamage', day: '2026-06-10', note: '撞坏路灯', span: { from: '2026-07-01' } };
  const mine = { round: round.no, household: zhou.id };
  await recordSheet(office, await village.actor('mei'), { id: newId(), ...mine, base_seq: 0, source: 'grid', values: wholeValues, events: [event], photos: [{ about: event.id, source: jpeg }] });
  await cureEvent(office, await village.actor('mei'), { id: newId(), ...mine, event: event.id, on: '2026-11-01', note: '扶正了', photos: [jpeg], source: 'grid' });
  const visitor = await openDoors(t, village);
  const [hua, sun] = [await visitor('hua'), await visitor('sun')];
  const href = (await hua.upload(`/repairs/new/${round.id}/${zhou.id}/${event.id}`, { member: memberId('zhou'), words: '扶正了', how: 'paper' }, { paper: photo })).location?.split('?')[0] ?? '';
  await sun.post(`${href}/accept`, { whole: 'yes', words: '' });
  await sun.post(`${href}/decide`, { grants: 'no', words: '灯还是不亮' });
  const paper = await hua.get(`${href}/papers`);
  t.is(paper.body.split('<article class="official">').length - 1, 1);
  for (const words of ['不予信用修复决定书', '灯还是不亮', '可以再申请', '向镇里、县里提']) t.true(paper.body.includes(words), words);
});
