import test from 'ava';
import type { ExecutionContext } from 'ava';
import { newId } from '../../src/kit/id.ts';
import { openCollecting } from '../support/collecting.ts';
import { roundId, roundUnderWay } from '../support/round.ts';
import { adoptPresets, opening } from '../support/standards.ts';
import { households, memberId, officerId, openVillage, placeId, placeNos as P, type Person, type Village } from '../support/village.ts';
import { openDoors, type Page } from '../support/visit.ts';
import type { TableName } from '../../src/store/tables.ts';

// A slow line and an impatient finger: every form that makes something is pressed twice at once, as the page gave it. One thing is made, and nobody sees a bug.

interface Pressed { readonly who?: Person; readonly form: string; readonly to: string; readonly fields?: Readonly<Record<string, string>>; readonly makes: TableName; readonly one?: number }

async function pressTwice(t: ExecutionContext, village: Village, { who, form, to, fields = {}, makes, one = 1 }: Pressed): Promise<readonly Page[]> {
  const visitor = await (await openDoors(t, village))(who);
  const page = await visitor.get(form);
  t.is(page.status, 200, form);
  const hidden: Record<string, string> = {};
  for (const [, name = '', value = ''] of page.body.matchAll(/<input type="hidden" name="([\w-]+)" value="([^"]*)"/g)) if (name !== '_csrf') hidden[name] ??= value;
  const count = async (): Promise<number> => (await village.office.read(makes).select()).length;
  const before = await count();
  const typed = { ...hidden, ...fields };
  const [first, second] = await Promise.all([visitor.post(to, typed), visitor.post(to, typed)]);
  t.is(await count(), before + one, `${to} makes ${makes}: ${first.status} ${second.status} ${first.body.slice(0, 0)}`);
  t.true([200, 303].includes(first.status) || [200, 303].includes(second.status), `${first.status} ${second.status}`);
  for (const answer of [first, second]) t.true([200, 303, 409, 422].includes(answer.status), `${to}: ${answer.status}`);
  t.is((await visitor.post(to, typed)).status < 500, true);
  t.is(await count(), before + one, `${to} a third time`);
  return [first, second];
}

const zhou = `/households/${households.zhou.id}`;
const head = { village: String(P.qinghe), group: String(P.group1), grid: String(P.grid1), address: '庄台路 9 号', name: '夏小满', sex: 'female', birth_year: '1970', id_number: '', id_missing: 'applying', phone: '' };
const both = (pages: readonly Page[]): readonly number[] => pages.map(page => page.status);

test('households and their people', async t => {
  const village = await openVillage(t);
  const [one, two] = await pressTwice(t, village, { who: 'mei', form: '/households/new', to: '/households/new', fields: head, makes: 'households' });
  t.is(one?.location, two?.location, 'both lead to the same household');
  t.deepEqual(both(await pressTwice(t, village, { who: 'mei', form: `${zhou}/members/new`, to: `${zhou}/members/new`, fields: { ...head, name: '周小梅', relation: 'daughter', birth_year: '1995' }, makes: 'members' })), [303, 303]);
  await pressTwice(t, village, { who: 'sun', form: `${zhou}/edit`, to: `${zhou}/edit`, fields: { group: head.group, grid: head.grid, address: '庄台路 10 号' }, makes: 'household_events' });
});

test('consents', async t => {
  const village = await openVillage(t);
  const paper = { members: memberId('zhou'), kinds: 'rate', bank: '', how: 'paper', given_on: '2026-11-20', mandate: '', signature: '' };
  t.deepEqual(both(await pressTwice(t, village, { who: 'mei', form: `${zhou}/consents`, to: `${zhou}/consents`, fields: paper, makes: 'consents' })), [303, 303]);
});

test('sheets and events', async t => {
  const village = await openCollecting(t);
  const href = `/observations/${village.round.id}/${households.zhou.id}`;
  t.deepEqual(both(await pressTwice(t, village, { who: 'mei', form: href, to: href, fields: { then: 'later', 'v-memberCount': '4' }, makes: 'sheets' })), [303, 303]);
  const event = `/events/new?round=${village.round.id}&household=${households.zhou.id}`;
  t.deepEqual(both(await pressTwice(t, village, { who: 'mei', form: event, to: '/events/new', fields: { item: 'publicSpirit.volunteering', day: '2026-11-02', amount: '3.5', note: '清沟' }, makes: 'events' })), [303, 303]);
  const made: { id: string } | undefined = await village.office.read('events').where({ subject: households.zhou.no }).first('id');
  const before = (await village.office.read('sheets').select('id')).length;
  const mei = await (await openDoors(t, village))('mei');
  await Promise.all([1, 2].map(() => mei.post(`${href}/void`, { event: made?.id ?? '', why: '记错了户' })));
  t.is((await village.office.read('sheets').select('id')).length, before + 1, 'taken back once');
});

test('notices and objections', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'preliminary', grade: 0 } });
  const form = `/notices/new?round=${roundId}&place=${placeId(P.qinghe)}&stage=village`;
  const [first] = await pressTwice(t, village, { who: 'sun', form, to: '/notices', fields: { where: '村部公示栏', phone: '0517-88000000' }, makes: 'notices' });
  const notice = (first?.location ?? '').split('/').at(-1) ?? '';
  const [one, two] = await pressTwice(t, village, { form: `/object/${notice}?row=1`, to: `/object/${notice}`, fields: { letter: '1', about: 'rating', words: '他家劳力少算了一个', name: '', contact: '', shown: '' }, makes: 'objections' });
  t.is(one?.location, two?.location, 'one receipt');
  await pressTwice(t, village, { who: 'hua', form: `/objections/new?subject=${households.zhou.id}`, to: '/objections', fields: { how: 'phone', about: 'rating', words: '说少算了劳力', name: '周小山', contact: '' }, makes: 'objections' });
});

test('rounds', async t => {
  const village = await openVillage(t);
  const given = Object.fromEntries(Object.entries(opening(await adoptPresets(village.office))).map(([name, value]) => [name, String(value)]));
  await pressTwice(t, village, { who: 'gao', form: '/rounds/new', to: '/rounds', fields: given, makes: 'rounds' });
});

test('officers, posts, leave, places, banks, holidays, bases', async t => {
  const village = await openVillage(t);
  const mei = `/officers/${officerId('mei')}`;
  const post = { role: 'gridWorker', words: '', place: placeId(P.grid3), since: '2026-11-23' };
  await pressTwice(t, village, { who: 'guan', form: '/officers/new?role=gridWorker', to: '/officers/new', fields: { ...post, name: '方晓', login: 'fang', phone: '' }, makes: 'officers' });
  await pressTwice(t, village, { who: 'guan', form: `${mei}/appoint?role=gridWorker`, to: `${mei}/appoint`, fields: { ...post, place: placeId(P.grid2) }, makes: 'posts' });
  await pressTwice(t, village, { who: 'sun', form: `${mei}/leave`, to: `${mei}/leave`, fields: { standIn: officerId('bo'), from: '2026-11-23', to: '2026-11-25', reason: '看病' }, makes: 'leaves' });
  await pressTwice(t, village, { who: 'guan', form: `/places/${placeId(P.qinghe)}/new`, to: `/places/${placeId(P.qinghe)}/new`, fields: { kind: 'group', names: '第7组', day: '2026-11-20', reason: '新设' }, makes: 'places' });
  await pressTwice(t, village, { who: 'guan', form: '/banks', to: '/banks', fields: { name: '安和农村商业银行', short: '安和农商行' }, makes: 'banks' });
  await pressTwice(t, village, { who: 'guan', form: '/calendar', to: '/calendar', fields: { day: '2027-01-01', kind: 'off', name: '元旦' }, makes: 'holidays' });
  await pressTwice(t, village, { who: 'xian', form: '/bases', to: '/bases', fields: { county: String(P.county), year: '2025', name: '农村居民人均可支配收入', value: '26000.50', unit: '元' }, makes: 'local_bases' });
});

test('an act whose minted id belongs to something else makes nothing', async t => {
  const village = await openVillage(t);
  const mei = await (await openDoors(t, village))('mei');
  const before = await village.traces();
  const answer = await mei.post('/households/new', { ...head, id: households.wang.id });
  t.is(answer.status, 403);
  t.notRegex(answer.body, /王小川/);
  const foreign = await mei.post(`${zhou}/members/new`, { ...head, relation: 'daughter', birth_year: '1995', rev: '1', id: memberId('wang') });
  t.true([403, 404, 409, 422].includes(foreign.status), String(foreign.status));
  t.is((await village.office.read('members').where({ id: memberId('wang') }).first('household')).household, households.wang.id);
  t.is(await village.traces(), before);
  t.is((await mei.post('/households/new', { ...head, id: `${newId()}' or 1=1` })).status, 303, 'what is no id is not used as one');
});
