import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import { reveal } from '../../src/households/reveal.ts';
import { correct } from '../../src/households/people.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { openCollecting, wholeValues } from '../support/collecting.ts';
import { openDoors } from '../support/visit.ts';
import { households, memberId } from '../support/village.ts';

const { zhou, wu } = households;
const desk = `/households/${zhou.id}/rights`;

test('at the hall: the own report with everything in it, a copy to take along, a request with receipt, reply and the way to complain', async t => {
  const village = await openCollecting(t);
  const { office, round } = village;
  await correct(office, await village.actor('sun'), { household: zhou.id, rev: 1, id: memberId('zhou'), member: { name: '周大山', relation: 'head', sex: 'male', birthYear: 1970, idMissing: 'applying', phone: '13800000000' } });
  await reveal(office, await village.actor('sun'), { household: zhou.id, member: memberId('zhou'), field: 'phone', reason: '约入户时间' });
  await recordSheet(office, await village.actor('mei'), { id: newId(), round: round.no, household: zhou.id, base_seq: 0, source: 'grid', values: wholeValues });
  await recordMany(office, await village.actor('gao'), [{ subject: zhou.no, values: { loanPerformance: 'normal', guarantees: 'none', taxes: 'none', judgmentDefaulter: false } }], { round: round.no, source: 'bank', batch: newId(), signed: { how: 'paper', reason: '' } });
  await rateOne(office, await village.actor('gao'), { round: round.no, household: zhou.id });
  const visitor = await openDoors(t, village);
  const [hua, sun, gao, tan, mei] = [await visitor('hua'), await visitor('sun'), await visitor('gao'), await visitor('tan'), await visitor('mei')];
  t.true((await hua.get(`/households/${zhou.id}`)).body.includes(desk));
  t.true((await hua.get('/rights')).body.includes('没有等着答复的'));
  t.deepEqual([(await mei.get(desk)).status, (await tan.get(desk)).status], [403, 403]);

  const here = { member: memberId('zhou'), identified: 'card', kind: 'report' };
  const looked = await hua.post(desk, here);
  t.regex(looked.location ?? '', /^\/rights\/[0-9a-f-]{36}\/report/);
  const report = await hua.get(looked.location ?? '');
  t.is(report.status, 200);
  for (const words of ['本户信用档案报告', '周大山', '户主，男，1970 年生', '登记了，加密存着', '网格员入户 梅小兰', '得 / 满', '参加评定', '约入户时间', '替本人打开这份报告', '三十天内书面答复', '不由机器单独决定']) t.regex(report.body, new RegExp(words), words);
  t.notRegex(report.body, /13800000000|\d{17}[\dXx]|吴秀兰/, 'no number, no other household');
  t.is((await sun.get(looked.location ?? '')).status, 409, 'opened by who took it down alone');
  const copied = await hua.post(desk, { ...here, kind: 'copy' });
  const copy = JSON.parse((await hua.get(`${copied.location?.split('?')[0]}.json`)).body) as { people: readonly { name: string }[]; rounds: readonly unknown[] };
  t.deepEqual([copy.people[0]?.name, copy.rounds.length], ['周大山', 1]);

  const bare = await hua.post(desk, { ...here, kind: 'correct', words: '' });
  t.is(bare.status, 422);
  t.true(bare.body.includes('请照本人的话写下来'));
  const asked = await hua.post(desk, { ...here, kind: 'explain', round: round.id, words: '为什么没评上优秀' });
  const href = asked.location?.split('?')[0] ?? '';
  const receipt = (await hua.get(`${href}/letter`)).body;
  for (const words of ['受理回执', '12月14日', '为什么没评上优秀', '投诉不收钱']) t.true(receipt.includes(words), words);
  t.regex((await sun.get('/desk')).body, /001 号户要书面说明，等您答复/);
  t.is((await tan.get(href)).status, 403);
  t.is((await hua.post(`${href}/answer`, { outcome: 'granted', words: '说明' })).status, 403);
  t.is((await sun.post(`${href}/answer`, { outcome: 'granted', words: '' })).status, 422);
  t.is((await sun.post(`${href}/answer`, { outcome: 'granted', words: '劳力这一项少两分，别的都满。' })).location?.split('?')[0], href);
  const reply = (await hua.get(`${href}/letter`)).body;
  for (const words of ['说明如下', '劳力这一项少两分', '对答复不满意，怎么办', '人民银行']) t.true(reply.includes(words), words);
  t.regex((await hua.get('/desk')).body, /1 份答复等送到本人手里/);
  t.true((await hua.get('/rights')).body.includes(`${href}/letter`));
  t.is((await hua.post(`${href}/hand`, { words: '周大山本人' })).status, 303);
  t.regex((await gao.get(href)).body, /答复送达：周大山本人/);
  t.is((await hua.post(`${href}/drop`)).status, 409);
  t.true((await hua.get(desk)).body.includes(href), 'what was asked before stands at the desk');

  t.is((await hua.get(`/households/${wu.id}/rights`)).status, 200);
});
