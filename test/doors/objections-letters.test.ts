import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { objectionsBelow } from '../../src/objections/queries.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { readSheetCode, sheetCode } from '../../src/ratings/sheet-code.ts';
import { openCollecting } from '../support/collecting.ts';
import { change, collect } from '../support/rating.ts';
import { households } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const { id: household, no } = households.zhou;
const jpeg = { bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) };

test('an objection to one value and to one event: receipt, answer, what was and what is, and who may not answer', async t => {
  const village = await openCollecting(t);
  const { office, round, actor } = village;
  await collect(village, 'zhou', { livelihood: 'seasonal' });
  const event = { id: newId(), indicator: 'conduct', option: 'litter', day: '2026-11-10', note: '往沟里倒垃圾' };
  await recordSheet(office, await actor('sun'), { id: newId(), round: round.no, household, base_seq: 2, source: 'village', events: [event], photos: [{ about: event.id, source: jpeg }] });
  await rateOne(office, await actor('gao'), { round: round.no, household });
  await office.store.write('cases').where({ round: round.no, subject: no }).update({ standing: 'village-noticed' });   // As if it had hung.
  const doors = await openDoors(t, village);
  const [hua, sun, lin, tan, mei] = [await doors('hua'), await doors('sun'), await doors('lin'), await doors('tan'), await doors('mei')];
  const form = (await hua.get(`/objections/new?subject=${household}&round=${round.id}`)).body;
  t.regex(form, /2026-11-10 [^<]*垃圾/);
  const lodge = async (about: string, name: string): Promise<string> => {
    const id = newId();
    t.is((await hua.post('/objections', { id, round: round.id, subject: household, how: 'phone', about, words: '不是我家倒的', name, contact: '' })).location?.split('?')[0], `/objections/${id}`);
    return id;
  };
  const about = await lodge(`event:${event.id}`, '周大山');
  const value = await lodge('value:livelihood', '');
  t.is((await hua.post('/objections', { id: newId(), round: round.id, subject: household, how: 'phone', about: `event:${newId()}`, words: '没有这件事', name: '', contact: '' })).status, 422);
  t.is((await objectionsBelow(office.read, ['/'], { answered: false, most: 10 })).length, 2);

  // From the paper: each line has a number, the code names the paper and shows nothing of whose it is.
  const paper = (await lin.get(`/ratings/${round.id}/${household}/print`)).body;
  t.regex(paper, /<svg class="qr"[\s\S]*写上它前面的编号/);
  const [, line = ''] = /<b>(\d+)<\/b> [^<]*活稳不稳/.exec(paper) ?? [];
  const [, thing = ''] = /记下的事：<b>(\d+)<\/b>/.exec(paper) ?? [];
  const named = { round: round.no, subject: no, revision: 1 };
  const code = `/object/sheet/${sheetCode(office.secrets, named)}`;
  t.deepEqual(readSheetCode(office.secrets, code.slice(14)), named);
  const guest = await doors();
  const open = await guest.get(code);
  t.is(open.status, 200);
  t.notRegex(open.body, /周大山|清河|稳不稳|垃圾|良好/);
  for (const guessed of ['nothing', office.secrets.seal('13800000000'), sheetCode(office.secrets, { ...named, revision: 9 }), `${code.slice(14, -1)}${code.endsWith('A') ? 'B' : 'A'}`]) t.is((await guest.get(`/object/sheet/${guessed}`)).status, 404);
  const say = (own: Record<string, string>) => guest.post(code, { id: newId(), line: '', words: '不是我家倒的', name: '', contact: '', shown: '', ...own });
  t.regex((await say({ line: '99' })).field('line').fault ?? '', /纸上没有这个编号/);
  for (const own of [line, thing, '']) t.regex((await say({ line: own })).location ?? '', /^\/receipts\//);
  const lodged: { id: string; about: string }[] = await office.read('objections').where({ how: 'web' }).orderBy('at').select('id', 'about');
  t.deepEqual(new Set(lodged.map(one => one.about)), new Set(['value:livelihood', `event:${event.id}`, 'rating']));
  for (const { id } of lodged) t.is((await lin.post(`/objections/${id}/answer`, { outcome: 'withdrawn', words: '本人撤回' })).status, 303);

  const marked = /有异议，核查中/g;
  t.is([...(await lin.get(`/ratings/${round.id}/${household}`)).body.matchAll(marked)].length, 2, 'the value and the item of the event');
  t.is([...(await lin.get(`/observations/${round.id}/${household}/check`)).body.matchAll(marked)].length, 2);
  t.regex((await lin.get(`/ratings/${round.id}/${household}/print`)).body, /（有异议，核查中）/);
  const receipt = (await hua.get(`/objections/${about}/letter`)).body;
  t.regex(receipt, /异议受理回执[\s\S]*周大山[\s\S]*受理号 <b>[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}<\/b>[\s\S]*2026年12月2日/);
  t.is((await hua.get(`/objections/${about}/household-letter`)).status, 404, 'there is no answer yet');
  t.regex((await sun.get(`/objections/${about}`)).body, /有异议的这件事是您记的/);
  t.is((await sun.post(`/objections/${about}/answer`, { outcome: 'kept', words: '就是他家' })).status, 403);
  t.is((await lin.post(`/objections/${about}/answer`, { outcome: 'kept', words: '看过照片，是他家的垃圾' })).status, 303);
  t.is((await lin.post(`/objections/${value}/answer`, { outcome: 'upheld', words: '问过本人和邻居，常年做工' })).status, 303);
  t.regex((await lin.get(`/objections/${value}`)).body, /原来的等级[\s\S]*正在重新核实/);
  await change(village, 'zhou', { livelihood: 'steady' });
  await office.store.write('cases').where({ round: round.no, subject: no }).update({ standing: 'collected' });
  await rateOne(office, await actor('gao'), { round: round.no, household });
  const now = (await lin.get(`/objections/${value}`)).body;
  t.regex(now, /对村里/);
  t.notRegex(now, /正在重新核实/);
  t.notRegex((await lin.get(`/ratings/${round.id}/${household}`)).body, marked, 'answered');
  const own = (await hua.get(`/objections/${value}/household-letter`)).body;
  t.regex(own, /异议答复书[\s\S]*<table>[\s\S]*等级[\s\S]*对村里/);
  t.notRegex(own, /受理号|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/, 'the receipt is whoever’s who objected');
  const others = (await hua.get(`/objections/${value}/letter`)).body;
  t.regex(others, /提出意见的同志[\s\S]*常年做工/);
  t.notRegex(others, /<table>|周大山|对村里/, 'whoever else objected reads nobody’s values');
  for (const body of [receipt, own, others]) t.notRegex(body, /\d{17}[\dXx]|吴秀兰|王小川/);
  for (const other of [tan, mei]) t.is((await other.get(`/objections/${value}/household-letter`)).status, 403);
});
