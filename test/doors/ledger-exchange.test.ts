import test from 'ava';
import { startVerify } from '../../src/audit/run.ts';
import { atConsole } from '../../src/access/actor.ts';
import { register } from '../../src/households/register.ts';
import { rename } from '../../src/places/rename.ts';
import { openDoors } from '../support/visit.ts';
import { openVillage, placeId, placeNos, type Village } from '../support/village.ts';

/** One act in each of two villages, and one in the other township. */
async function busy(village: Village): Promise<{ readonly household: string }> {
  const { office } = village;
  const made = await register(office, await village.actor('sun'), { villageNo: placeNos.qinghe, groupNo: placeNos.group1, gridNo: placeNos.grid1, address: '', members: [{ name: '新大海', relation: 'head', sex: 'male', birthYear: 1970, idMissing: 'applying' }] });
  await register(office, await village.actor('tan'), { villageNo: placeNos.shuikou, address: '', members: [{ name: '水一', relation: 'head', sex: 'male', birthYear: 1970, idMissing: 'applying' }] });
  await rename(office, atConsole, { id: placeId(placeNos.pingshan), name: '平山新镇', code: '320899102', day: '2026-11-23', reason: '测试' });
  return { household: made.id };
}

test('the ledger says who did what to whom, in words, and each sees what their post reaches', async t => {
  const village = await openVillage(t);
  const { household } = await busy(village);
  const visitor = await openDoors(t, village);
  const auditor = await (await visitor('shen')).get('/ledger');
  t.is(auditor.status, 200);
  for (const words of ['孙德明', '登记农户', '新大海', '平山新镇', '区划更名', '命令行']) t.true(auditor.body.includes(words), words);
  const chair = await (await visitor('gao')).get('/ledger');
  t.true(chair.body.includes('新大海') && !chair.body.includes('平山新镇'));
  const watcher = await (await visitor('su')).get('/ledger');
  t.true(watcher.body.includes('新大海') && !watcher.body.includes('水一'));
  t.is((await (await visitor('mei')).get('/ledger')).status, 403);
  t.is((await (await visitor()).get('/ledger')).status, 303);
  const one = await (await visitor('shen')).get(`/ledger?subject=${household}`);
  t.true(one.body.includes('新大海') && !one.body.includes('水一'));
});

test('the ledger is found by officer and by day; a wrong day is told', async t => {
  const village = await openVillage(t);
  await busy(village);
  const shen = await (await openDoors(t, village))('shen');
  const own = await shen.get(`/ledger?officer=${encodeURIComponent('谭')}`);
  t.true(own.body.includes('水一') && !own.body.includes('新大海'));
  t.true((await shen.get('/ledger?from=2026-11-24')).body.includes('没有符合的记录'));
  t.true((await shen.get('/ledger?to=2026-11-23')).body.includes('水一'));
  t.true((await shen.get('/ledger?from=2026-13-40')).body.includes('不是一个日期'));
  t.is((await shen.get('/ledger?page=xx')).status, 200);
});

test('what is outside the reach of a reader is as unknown as what does not exist', async t => {
  const village = await openVillage(t);
  const { household } = await busy(village);
  const open = await openDoors(t, village);
  const foreign: { subject: string } | undefined = await village.office.read('ledger').where({ act: 'place.renamed' }).first('subject');
  const [gao, su, ping] = [await open('gao'), await open('su'), await open('ping')];
  t.true((await gao.get(`/ledger?subject=${household}`)).body.includes('新大海'));
  t.true((await su.get(`/ledger?subject=${household}`)).body.includes('登记农户'));
  const unknown = await ping.get('/ledger?subject=nobody');
  t.is(unknown.status, 404);
  // The head around it is each officer's own.
  const said = (body: string): string => /<main.*<\/main>/s.exec(body)?.[0] ?? '';
  for (const [who, subject] of [[ping, household], [gao, foreign?.subject ?? ''], [su, foreign?.subject ?? ''], [gao, '00000000-0000-7000-8000-00000000dead']] as const) {
    const page = await who.get(`/ledger?subject=${subject}`);
    t.is(page.status, 404, subject);
    t.is(said(page.body).replaceAll(subject, 'nobody'), said(unknown.body), 'and says nothing else');
    t.true(said(page.body).includes('没有这一页'));
  }
});

test('verifying is started by the auditor and its result stays on the page', async t => {
  const village = await openVillage(t);
  await busy(village);
  const visitor = await openDoors(t, village);
  const shen = await visitor('shen');
  t.true((await shen.get('/ledger/verified')).body.includes('还没有核对过'));
  t.is((await (await visitor('gao')).post('/ledger/verified')).status, 403);
  t.is((await shen.post('/ledger/verified')).status, 303);
  await startVerify(village.office, await village.actor('shen'));
  t.true((await shen.get('/ledger/verified')).body.includes('全部对得上'));
  await village.office.store.write('household_events').update({ day: '2020-01-01' });
  await startVerify(village.office, await village.actor('shen'));
  const wrong = await shen.get('/ledger/verified');
  t.regex(wrong.body, /处对不上/);
  t.regex(wrong.body, /链 t10 第 1 条，表 household_events/);
});

const file = (body: string) => ({ file: { name: '农户.csv', type: 'text/csv', body } });
const good = '村,乡镇,户号,姓名,与户主关系,性别,出生年份,没有号码的原因\n清河村,安和镇,77,甲一,户主,男,1970,正在补办\n';

test('a file is checked, confirmed, loaded and told; what is wrong in it is told by row', async t => {
  const village = await openVillage(t);
  const visitor = await openDoors(t, village);
  const sun = await visitor('sun');
  const page = await sun.get('/imports');
  t.is(page.status, 200);
  t.true(page.body.includes('与户主关系') && !page.body.includes('value="officers"'));
  const sent = await sun.upload('/imports', { kind: 'households' }, file(`${good}清河村,安和镇,78,甲二,户主,男,2080,\n水口村,,9,甲三,户主,男,1970,正在补办\n`));
  t.is(sent.status, 303, sent.body.slice(0, 400));
  const url = sent.location ?? '';
  const checked = await sun.get(url);
  t.true(checked.body.includes('导入可以用的 1 户'), checked.body);
  t.true(checked.body.includes('水口村不在您的片区'), 'told before it is loaded');
  t.true(checked.body.includes('2080 年还没到'));
  t.is((await (await visitor('tan')).get(url)).status, 404, 'a file belongs to the one who brought it');
  t.is((await (await visitor('tan')).post(`${url}/load`)).status, 404);
  t.is((await sun.post(`${url}/load`)).status, 303);
  for (let tries = 0; tries < 100 && !(await sun.get(url)).body.includes('导入了'); tries++) await new Promise(resolve => { setTimeout(resolve, 30); });
  const done = await sun.get(url);
  t.true(done.body.includes('导入了 1 户'), 'the household of the other village was not taken');
  t.true((await sun.get('/households')).body.includes('甲一'));
  const left = await sun.get(`${url}/left`);
  t.true(left.body.includes('甲二') && left.body.includes('甲三'));
  t.true(done.body.includes('整份撤回'));
  t.is((await sun.post(`${url}/back`)).status, 303);
  t.true((await sun.get(url)).body.includes('这次导入已经撤回'));
  t.false((await sun.get('/households')).body.includes('甲一'));
  t.is((await sun.post(`${url}/drop`)).status, 303);
  t.is((await sun.get(url)).status, 404);
});

test('the hall brings in the register of the whole township, but no answers of its own', async t => {
  const village = await openVillage(t);
  const hua = await (await openDoors(t, village))('hua');
  const page = await hua.get('/imports');
  t.true(page.body.includes('value="households"') && page.body.includes('value="consents"') && !page.body.includes('value="observations"'));
  const { location } = await hua.upload('/imports', { kind: 'households' }, file(`${good}水口村,安和镇,79,甲三,户主,男,1970,正在补办\n`));
  const url = location ?? '';
  t.is((await hua.post(`${url}/load`)).status, 303);
  for (let tries = 0; tries < 100 && !(await hua.get(url)).body.includes('导入了'); tries++) await new Promise(resolve => { setTimeout(resolve, 30); });
  t.true((await hua.get(url)).body.includes('导入了 2 户'), 'of both villages');
  t.is((await hua.post(`${url}/back`)).status, 303);
  t.false((await hua.get('/households')).body.includes('甲三'));
  t.is((await hua.upload('/imports', { kind: 'observations' }, file(good))).status, 422);
});

test('an upload without a file, of another kind or without its setting comes back as the form', async t => {
  const village = await openVillage(t);
  const sun = await (await openDoors(t, village))('sun');
  const none = await sun.upload('/imports', { kind: 'households' }, {});
  t.is(none.status, 422);
  t.regex(none.body, /请选一个文件/);
  const kind = await sun.upload('/imports', { kind: 'officers' }, file(good));
  t.is(kind.status, 422);
  const round = await sun.upload('/imports', { kind: 'observations' }, file(good));
  t.is(round.status, 422);
  const strange = await sun.upload('/imports', { kind: 'households' }, { file: { name: 'a.pdf', type: 'application/pdf', body: '%PDF' } });
  t.is(strange.status, 415);
  t.regex(strange.body, /不认识这种文件/);
  const table = await sun.get('/imports/tables/households');
  t.true(table.body.includes('与户主关系'));
  t.is((await sun.get('/imports/tables/officers')).status, 404);
});

test('an export is a download of the person’s own place, and stands in the ledger', async t => {
  const village = await openVillage(t);
  const visitor = await openDoors(t, village);
  const sun = await visitor('sun');
  t.is((await sun.get('/exports')).status, 200);
  const sent = await sun.post('/exports', { kind: 'households', format: 'csv', place: placeId(placeNos.qinghe), round: '' });
  t.is(sent.status, 200);
  t.true(sent.body.includes('周大山') && !sent.body.includes('王小川'));
  t.regex(sent.headers.get('content-disposition') ?? '', /attachment/);
  t.is(await village.traces(), 1);
  t.is((await sun.post('/exports', { kind: 'households', format: 'csv', place: placeId(placeNos.shuikou), round: '' })).status, 422);
  t.is((await sun.post('/exports', { kind: 'observations', format: 'csv', place: placeId(placeNos.qinghe), round: '' })).status, 422);
  t.is((await (await visitor('mei')).get('/exports')).status, 403);
  t.is(await village.traces(), 1);
});
