import test from 'ava';
import { officerId, openVillage, password, placeId, placeNos as P } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const mei = `/officers/${officerId('mei')}`;

test('lists show who serves where, filtered by reach, words, post and place', async t => {
  const open = await openDoors(t, await openVillage(t));
  const guan = await open('guan');
  t.regex((await guan.get('/officers')).body, /薄建国/);
  const gridWorkers = await guan.get('/officers?role=gridWorker');
  t.regex(gridWorkers.body, /薄建国/);
  t.notRegex(gridWorkers.body, /高文斌/);
  t.notRegex((await (await open('gao')).get('/officers')).body, /平小山/);
  t.regex((await guan.get('/officers?q=谁也不是')).body, /没有找到这样的人/);
  t.notRegex((await guan.get(`/officers?place=${placeId(P.shuikou)}`)).body, /梅小兰/);
  t.is((await (await open('gao')).get(`/officers?place=${placeId(P.pingshan)}`)).status, 403);
  t.is((await (await open('mei')).get('/officers')).status, 403);
  t.is((await (await open('gao')).get(`/officers/${officerId('ping')}`)).status, 403);
});

test('a new account in two steps; the password is shown once; a taken login keeps everything typed', async t => {
  const village = await openVillage(t);
  const open = await openDoors(t, village);
  const guan = await open('guan');
  t.regex((await guan.get('/officers/new')).body, /先选岗位/);
  t.regex((await guan.get('/officers/new?role=gridWorker&words=水口')).body, /水口网格/);
  t.notRegex((await guan.get('/officers/new?role=gridWorker&words=水口')).body, /清河一网格/);
  t.regex((await guan.get('/officers/new?role=gridWorker&words=月球')).body, /没有能放/);
  const given = { role: 'gridWorker', words: '水口', place: placeId(P.grid3), since: '2026-11-23', name: '方晓', login: 'mei', phone: '' };
  const taken = await guan.post('/officers/new', given);
  t.is(taken.status, 409);
  t.is(taken.field('name').input, '方晓');
  t.is(taken.field('login').fault, '这个登录名已经有人用了，请换一个。');
  const made = await guan.post('/officers/new', { ...given, login: 'fang' });
  t.is(made.status, 200);
  const told = /初始口令<\/dt><dd class="code">([^<]+)/.exec(made.body)?.[1] ?? '';
  const entered = await (await open()).post('/sign-in', { login: 'fang', password: told });
  t.is(entered.status, 303);
});

test('posts are given and ended by forms; what may not be together is said at the field', async t => {
  const village = await openVillage(t);
  const guan = await (await openDoors(t, village))('guan');
  t.is((await guan.post(`${mei}/appoint`, { role: 'gridWorker', words: '', place: placeId(P.grid2), since: '2026-11-23' })).location, mei);
  const wrong = await guan.post(`${mei}/appoint`, { role: 'villageSupervisor', words: '', place: placeId(P.qinghe), since: '2026-11-23' });
  t.is(wrong.status, 409);
  t.regex(wrong.body, /不能由同一个人担任/);
  const post = /posts\/([^/]+)\/dismiss/.exec((await guan.get(mei)).body)?.[1] ?? '';
  t.is((await guan.get(`${mei}/posts/${post}/dismiss`)).status, 200);
  t.is((await guan.post(`${mei}/posts/${post}/dismiss`, { from: '2026-11-23', reason: '调走' })).status, 303);
  t.is((await guan.get(`${mei}/posts/none/dismiss`)).status, 404);
});

test('Sun arranges leave and hand-over in her village', async t => {
  const village = await openVillage(t);
  const sun = await (await openDoors(t, village))('sun');
  t.regex((await sun.get(`${mei}/leave`)).body, /薄建国（安和镇 清河村 清河二网格 网格员）/);
  const saved = await sun.post(`${mei}/leave`, { standIn: officerId('bo'), from: '2026-11-23', to: '2026-11-25', reason: '看病' });
  t.is(saved.status, 303);
  const shown = await sun.get(mei);
  t.regex(shown.body, /请假，薄建国代班/);
  const end = /\/leaves\/[^/]+\/end/.exec(shown.body)?.[0] ?? '';
  t.is((await sun.post(end)).status, 303);
  t.is((await sun.post(`${mei}/hand-over`, { to: officerId('bo'), day: '2026-11-23', reason: '调岗' })).status, 422, 'no post was ticked');
  const post = /name="posts" value="([^"]+)"/.exec((await sun.get(`${mei}/hand-over`)).body)?.[1] ?? '';
  t.is((await sun.post(`${mei}/hand-over`, { posts: post, to: officerId('bo'), day: '2026-11-23', reason: '调岗' })).status, 303);
});

test('An helps an account that is stuck; closing offers the way back', async t => {
  const village = await openVillage(t);
  const open = await openDoors(t, village);
  const an = await open('an');
  t.is((await an.post(`${mei}/unlock`)).status, 303);
  t.regex((await an.post(`${mei}/new-password`)).body, /只显示这一次/);
  t.is((await an.post(`${mei}/sign-out`)).status, 303);
  t.notRegex((await an.get(mei)).body, /任命岗位/);
  const guan = await open('guan');
  t.is((await guan.post(`${mei}/close`, { reason: '' })).status, 422);
  t.is((await guan.post(`${mei}/close`, { reason: '离职' })).status, 303);
  t.regex((await guan.get(mei)).body, /恢复账号/);
  t.is((await guan.post(`${mei}/reopen`)).status, 303);
  t.is((await guan.post(`${mei}/revise`, { name: '梅晓兰', phone: '12', bank: '' })).field('phone').input, '12');
  t.is((await guan.post(`${mei}/revise`, { name: '梅晓兰', phone: '', bank: '' })).status, 303);
});

test('我的 says who I am, stands in for whom, and where I am signed in', async t => {
  const village = await openVillage(t);
  const open = await openDoors(t, village);
  for (const who of ['mei', 'guan'] as const) {
    const page = await (await open(who)).get('/me');
    t.is(page.status, 200);
    t.regex(page.body, /就是这里/);
    t.regex(page.body, /所有设备都退出/);
  }
  await (await open('sun')).post(`${mei}/leave`, { standIn: officerId('bo'), from: '2026-11-23', to: '2026-11-23', reason: '看病' });
  t.regex((await (await open('bo')).get('/me')).body, /替梅小兰代班/);
  const bo = await open('bo');
  const other = await open('bo');
  t.is((await bo.post('/sign-out', { everywhere: 'yes' })).status, 303);
  t.is((await other.get('/me')).status, 303);
});

test('a signed-in officer may look at the sign-in page and enter as somebody else', async t => {
  const open = await openDoors(t, await openVillage(t));
  const bo = await open('bo');
  t.is((await bo.get('/sign-in')).status, 200);
  t.is((await bo.post('/sign-in', { login: 'mei', password })).status, 303);
});

test('banks are kept by Guan', async t => {
  const open = await openDoors(t, await openVillage(t));
  const guan = await open('guan');
  t.is((await guan.post('/banks', { name: '安和农村商业银行', short: '安和农商行' })).location, '/banks');
  t.is((await guan.post('/banks', { name: '安和农村商业银行', short: '安' })).field('name').fault, '这家银行已经在名册里了。');
  t.is((await guan.get('/banks/bank-1')).field('short').input, '样板农商行');
  t.is((await guan.post('/banks/none', { name: '某行', short: '某' })).status, 404);
});
