import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { openCollecting, wholeValues } from '../support/collecting.ts';
import { openDoors } from '../support/visit.ts';
import { cast, households } from '../support/village.ts';

const { zhou, wu } = households;
const jpeg = { bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) };
const picture = { photo: { name: 'a.jpg', type: 'image/jpeg', body: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) } };

test('from the sheet to the letter to the day it counts: every step is a form, and what is wrong keeps what was typed', async t => {
  const village = await openCollecting(t);
  const { office, round } = village;
  const events = [zhou, wu].map(one => ({ household: one.id, event: { id: newId(), indicator: 'conduct', option: 'publicDamage', day: '2026-11-10', note: `撞坏路灯${one.household_no}` } }));
  for (const { household, event } of events) await recordSheet(office, await village.actor('mei'), { id: newId(), round: round.no, household, base_seq: 0, source: 'grid', values: wholeValues, events: [event], photos: [{ about: event.id, source: jpeg }] });
  const event = events[0]?.event.id ?? '';
  const here = `/tellings/${round.id}/${zhou.id}/${event}`;
  const visitor = await openDoors(t, village);
  const [mei, sun, tan, hua] = [await visitor('mei'), await visitor('sun'), await visitor('tan'), await visitor('hua')];

  const check = await mei.get(`/observations/${round.id}/${zhou.id}/check`);
  t.true(check.body.includes(here) && check.body.includes('先不算分'));
  t.regex((await mei.get('/tellings')).body, /2 件减分的事还不算分/);
  t.regex((await mei.get(here)).body, /等别的同志核实/);
  t.is((await mei.post(`${here}/confirm`, { holds: 'yes', words: '看过' })).status, 403);
  t.is((await tan.get(here)).status, 403);
  t.regex((await tan.get('/tellings')).body, /没有等着办的/);
  t.is((await hua.get(`${here}/letter`)).status, 409, 'nothing is told before it is confirmed');

  t.regex((await sun.get('/desk')).body, /2 件减分的事等您核实/);
  t.is((await sun.upload(`${here}/confirm`, { holds: 'yes', words: '' }, {})).status, 422);
  t.is((await sun.upload(`${here}/confirm`, { holds: 'yes', words: '路灯还歪着' }, picture)).location?.split('?')[0], here);
  t.regex((await hua.get('/desk')).body, /1 件减分的事等告知本人/);

  for (const paper of [await hua.get(`${here}/letter`), await hua.get('/tellings/letters')]) {
    t.is(paper.status, 200);
    for (const words of ['减分事项告知书', '周大山', '安和镇 清河村', '损坏公共设施没有修好', '撞坏路灯1', '村民委员会组织法', '5 个工作日', '信用修复', '不公布', '本人签收', '盖章处']) t.true(paper.body.includes(words), words);
    t.notRegex(paper.body, /\d{17}[\dXx]/, 'no ID number');
    t.false(paper.body.includes(wu.head) || paper.body.includes('撞坏路灯2'), 'nothing of another household');
    t.false(paper.body.includes(cast.mei.name), 'nor who wrote it down');
  }

  const refused = await hua.upload(`${here}/tell`, { on: '2026-11-23', how: 'refused', words: '' }, {});
  t.is(refused.status, 422);
  t.is(refused.field('words').fault, '本人不收的，要写见证人的姓名。');
  t.is((await hua.upload(`${here}/tell`, { on: '2026-11-23', how: 'handed', words: '周大山' }, picture)).location?.split('?')[0], here);
  const own = `/statements/${round.id}/${zhou.id}`;
  t.true((await hua.get(here)).body.includes(`${own}?about`));
  const empty = await hua.post(own, { id: newId(), about: `event:${event}`, words: '' });
  t.is(empty.status, 422);
  t.true(empty.body.includes(`<option value="event:${event}" selected>`), 'what was chosen stays');
  t.is((await hua.post(own, { id: newId(), about: `event:${event}`, words: '路灯是前一晚就歪了' })).location?.split('?')[0], own);
  const told = await sun.get(here);
  t.true(told.body.includes('2026年12月1日') && told.body.includes('路灯是前一晚就歪了') && told.body.includes('当面交给本人（周大山）'));
  t.regex((await hua.get(`${here}/letter`)).body, /到 2026年11月30日/);
  t.is((await hua.post(`${here}/recall`, { words: '' })).status, 422);
  t.is((await hua.post(`${here}/recall`, { words: '送错了人家' })).location?.split('?')[0], here);
  t.regex((await sun.get(here)).body, /撤回告知登记：送错了人家/);
  t.notRegex((await hua.get(`${here}/letter`)).body, /到 2026年11月30日/);
  await hua.upload(`${here}/tell`, { on: '2026-11-23', how: 'handed', words: '周大山' }, picture);
  t.regex((await mei.get(`/observations/${round.id}/${zhou.id}/check`)).body, /告知了，2026-12-01 起才算分/);
  t.is((await sun.upload(`/tellings/${round.id}/${wu.id}/${events[1]?.event.id ?? ''}/confirm`, { holds: 'no', words: '是别家撞的' }, {})).location?.split('?')[0], '/tellings');
  t.is((await mei.get(`/tellings/${round.id}/${zhou.id}/${newId()}`)).status, 404);
});
