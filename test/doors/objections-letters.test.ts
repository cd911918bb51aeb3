import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { objectionById, objectionByReceipt, objectionsBelow } from '../../src/objections/queries.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { readSheetCode, sheetCode } from '../../src/ratings/sheet-code.ts';
import { checking } from '../support/answering.ts';
import { openCollecting } from '../support/collecting.ts';
import { change, collect } from '../support/rating.ts';
import { households, placeNos } from '../support/village.ts';
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

  // What a bank gave: the bank answers, within twenty days, and sees nothing else; whoever is not content goes to the township.
  const wei = await doors('wei');
  const bank = await lodge('value:loanPerformance', '');
  t.like(await objectionById(office.read, bank), { bank: 'bank-1', due_on: '2026-12-14' });
  t.regex((await hua.get(`/objections/${bank}/letter`)).body, /2026年12月14日<\/b>书面答复，说的是银行给的数据，由样板农村商业银行核查[\s\S]*人民银行当地分支机构/);
  const bankPage = `/coop/objections/${bank}`;
  for (const list of ['/coop/objections', '/due']) t.true((await wei.get(list)).body.includes(bankPage), list);
  const seen = (await wei.get(bankPage)).body;
  t.regex(seen, /银行贷款履约[\s\S]*正常/);
  t.notRegex(seen, /稳不稳|垃圾|良好/);
  t.is((await wei.get(`/objections/${bank}`)).status, 403);
  t.is((await wei.get(`/coop/objections/${about}`)).status, 404);
  t.regex((await lin.get(`/objections/${bank}`)).body, /由样板农村商业银行核查答复/);
  for (const [who, url] of [[lin, `/objections/${bank}`], [sun, bankPage]] as const) t.is((await who.post(`${url}/answer`, { ...checking, outcome: 'kept', words: '没错' })).status, 403);
  t.false((await lin.get('/due')).body.includes(bank));
  const unchecked = await wei.post(`${bankPage}/answer`, { outcome: 'kept', words: '账上没有错', on: '2026-11-22' });
  t.is(unchecked.status, 422);
  t.regex(unchecked.field('on').fault ?? '', /不能早于/);
  t.is((await wei.post(`${bankPage}/answer`, { ...checking, asked: ['bank', 'self'], looked: '信贷台账', found: '十二个月都按期还了', outcome: 'kept', words: '账上没有错' })).status, 303);
  const appealed = await (await doors()).post(`/receipts/${(await objectionById(office.read, bank)).receipt}/appeal`, { id: newId(), words: '还是不对', shown: '' });
  const again = await objectionByReceipt(office.read, appealed.location?.slice('/receipts/'.length) ?? '');
  t.like(again, { bank: null, seat_no: placeNos.anhe, due_on: '2026-12-02' });
  const record = (await lin.get(`/objections/${bank}/record`)).body;
  t.regex(record, /异议核查记录[\s\S]*信贷台账[\s\S]*问了银行、本人或家人[\s\S]*十二个月都按期还了/);
  t.is((await hua.get(`/objections/${about}/record`)).status, 404, 'nothing was looked into yet');
  const toObjector = (await hua.get(`/objections/${bank}/letter`)).body;
  t.regex(toObjector, /核查：2026年11月23日，信贷台账；问了银行、本人或家人/);
  t.notRegex(toObjector, /十二个月/);
  t.is((await lin.post(`/objections/${again?.id ?? ''}/answer`, { outcome: 'withdrawn', words: '本人撤回' })).status, 303);

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
  const lodged: { id: string; about: string }[] = await office.read('objections').where({ how: 'web' }).whereNull('appeals').orderBy('at').select('id', 'about');
  t.deepEqual(new Set(lodged.map(one => one.about)), new Set(['value:livelihood', `event:${event.id}`, 'rating']));
  for (const { id } of lodged) t.is((await lin.post(`/objections/${id}/answer`, { outcome: 'withdrawn', words: '本人撤回' })).status, 303);

  // What the person says stays beside the value, whatever the answer is, until taken back.
  const say2 = { id: newId(), about: 'value:livelihood', words: '农闲也在镇上做瓦工' };
  const own = `/statements/${round.id}/${household}`;
  t.true((await hua.get(`/objections/${value}`)).body.includes(`${own}?about`));
  t.is((await hua.post(own, say2)).status, 303);
  t.is((await hua.post(own, { ...say2, id: newId(), about: 'rating', words: '评低了' })).status, 303);
  const beside = [`/ratings/${round.id}/${household}`, `/ratings/${round.id}/${household}/print`, `/observations/${round.id}/${household}/check`, `/objections/${value}`, own];
  for (const url of beside) t.true((await lin.get(url)).body.includes('农闲也在镇上做瓦工'), url);
  t.regex((await lin.get(beside[0] ?? '')).body, /评低了/);

  const marked = /有异议，核查中/g;
  t.is([...(await lin.get(`/ratings/${round.id}/${household}`)).body.matchAll(marked)].length, 2, 'the value and the item of the event');
  t.is([...(await lin.get(`/observations/${round.id}/${household}/check`)).body.matchAll(marked)].length, 2);
  t.regex((await lin.get(`/ratings/${round.id}/${household}/print`)).body, /（有异议，核查中）/);
  const receipt = (await hua.get(`/objections/${about}/letter`)).body;
  t.regex(receipt, /异议受理回执[\s\S]*周大山[\s\S]*受理号 <b>[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}<\/b>[\s\S]*2026年12月2日/);
  t.is((await hua.get(`/objections/${about}/household-letter`)).status, 404, 'there is no answer yet');
  t.regex((await sun.get(`/objections/${about}`)).body, /有异议的这件事是您记的/);
  t.is((await sun.post(`/objections/${about}/answer`, { ...checking, outcome: 'kept', words: '就是他家' })).status, 403);
  t.is((await lin.post(`/objections/${about}/answer`, { ...checking, outcome: 'kept', words: '看过照片，是他家的垃圾' })).status, 303);
  t.is((await lin.post(`/objections/${value}/answer`, { ...checking, outcome: 'upheld', words: '问过本人和邻居，常年做工' })).status, 303);
  t.regex((await lin.get(`/objections/${value}`)).body, /原来的等级[\s\S]*正在重新核实/);
  await change(village, 'zhou', { livelihood: 'steady' });
  await office.store.write('cases').where({ round: round.no, subject: no }).update({ standing: 'collected' });
  await rateOne(office, await actor('gao'), { round: round.no, household });
  const now = (await lin.get(`/objections/${value}`)).body;
  t.regex(now, /对村里/);
  t.notRegex(now, /正在重新核实/);
  t.notRegex((await lin.get(`/ratings/${round.id}/${household}`)).body, marked, 'answered');
  const own2 = (await hua.get(`/objections/${value}/household-letter`)).body;
  t.regex(own2, /异议答复书[\s\S]*<table>[\s\S]*等级[\s\S]*对村里/);
  t.regex(own2, /您家的说明：“农闲也在镇上做瓦工”/);
  t.notRegex(own2.replace(/href="[^"]*"/g, ''), /受理号|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/, 'the receipt is whoever’s who objected');
  const others = (await hua.get(`/objections/${value}/letter`)).body;
  t.regex(others, /提出意见的同志[\s\S]*常年做工/);
  t.notRegex(others, /<table>|周大山|对村里/, 'whoever else objected reads nobody’s values');
  for (const body of [receipt, own2, others]) t.notRegex(body, /\d{17}[\dXx]|吴秀兰|王小川/);
  for (const other of [tan, mei]) t.is((await other.get(`/objections/${value}/household-letter`)).status, 403);
  t.is((await tan.post(`${own}/${say2.id}/take-back`)).status, 403);
  t.is((await hua.post(`${own}/${say2.id}/take-back`)).status, 303);
  for (const url of beside) t.false((await lin.get(url)).body.includes('农闲也在镇上做瓦工'), url);
});
