import { setTimeout as pause } from 'node:timers/promises';
import test from 'ava';
import type { ExecutionContext } from 'ava';
import { parse, stringify } from 'yaml';
import { rateRound } from '../../src/ratings/rate.ts';
import { importStandard } from '../../src/standards/import.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { put, type Body } from '../../src/standards/draft/edit/path.ts';
import { startDraft } from '../../src/standards/draft/start.ts';
import { loadStandard } from '../../src/standards/load.ts';
import type { Collecting } from '../support/collecting.ts';
import { openCollected } from '../support/rating.ts';
import { openDoors, type Visitor } from '../support/visit.ts';
import { placeId, placeNos, type Person } from '../support/village.ts';

interface Draft { version: number; indicators: { key: string; options?: { key: string; points: number }[] }[] }

/** Three rated households; a draft by which only 吴, whose debts are heavy, gets ten points more. */
async function openDraft(t: Pick<ExecutionContext, 'teardown'>): Promise<Collecting & { readonly draft: string; readonly visit: (who: Person) => Promise<Visitor> }> {
  const village = await openCollected(t);
  await rateRound(village.office, await village.actor('gao'), { round: village.round.no });
  const source = parse(presetSource('household-100')) as Draft;
  source.version = 2;
  const heavy = source.indicators.find(each => each.key === 'debtBurden')?.options?.find(option => option.key === 'heavy');
  if (heavy !== undefined) heavy.points = 25;
  const draft = await importStandard(village.office, await village.actor('xian'), { county: placeNos.county, source: stringify(source) });
  return { ...village, draft, visit: await openDoors(t, village) };
}
const asked = ({ draft, round }: { readonly draft: string; readonly round: { readonly id: string } }, place: number = placeNos.anhe) => ({ standard: draft, round: round.id, place: placeId(place), note: '欠账重的少扣' });

/** Sets a scenario going and waits, as its page does, until it is counted. */
async function tried(person: Visitor, fields: Readonly<Record<string, string>>): Promise<string> {
  const here = (await person.post('/simulations', { ...fields, way: 'count' })).location ?? '';
  while ((await person.get(here)).body.includes('正在算')) await pause(200);
  return here;
}

test('a township tries a draft, sees who would change and why, prints it, takes it as a file and drops it', async t => {
  const village = await openDraft(t);
  const gao = await village.visit('gao');
  t.true((await gao.get('/simulations')).body.includes('第 2 版'));
  const here = await tried(gao, asked(village));
  const shown = await gao.get(here);
  t.is(shown.status, 200);
  for (const words of ['3 户里 1 户的等级会变', '吴秀兰', '欠账压力', '欠账重的少扣', '清河村', '<svg class="chart"', '只有老人的户', '年龄也不算分', '低收入户没有收集']) t.true(shown.body.includes(words), words);
  t.regex(shown.body, /<code class="code">[0-9a-f]{64}<\/code>/);
  const village1 = await gao.get(`${here}?place=${placeId(placeNos.qinghe)}`);
  t.true(village1.body.includes('各村民小组'));
  const printed = await gao.get(`${here}/print`);
  t.true(printed.body.includes('评定标准模拟结果'));
  t.false(printed.body.includes('吴秀兰'), 'paper goes into files: counts only');
  t.true(printed.body.includes('只有老人的户') && printed.body.includes('低收入户没有收集'));
  const table = await gao.get(`${here}/file?format=csv`);
  t.true(table.body.includes('水口村'));
  t.regex(table.body, /只有老人的户,不都满,3,1,/);
  t.false(table.body.includes('吴秀兰'));
  t.is((await gao.post(`${here}/drop`)).status, 303);
  t.is((await gao.get(here)).status, 404);
});

test('the county sees counts and no names, small groups hidden; another township sees nothing of it', async t => {
  const village = await openDraft(t);
  const here = await tried(await village.visit('gao'), asked(village));
  const county = await (await village.visit('xian')).get(here);
  t.is(county.status, 200);
  t.false(county.body.includes('吴秀兰'));
  t.true(county.body.includes('不到 5 户，不显示'));
  t.false((await (await village.visit('xian')).get('/simulations')).body.includes('户里'), 'nor in the list');
  const ping = await village.visit('ping');
  for (const path of [here, `${here}/print`, `${here}/file`, `/simulations/pair?one=${here.split('/').at(-1) ?? ''}&other=${here.split('/').at(-1) ?? ''}`]) t.is((await ping.get(path)).status, 403, path);
  t.is((await ping.post(`${here}/drop`)).status, 403);
  t.is((await ping.post('/simulations', asked(village))).status, 422, 'a place he was not offered');
  t.is((await (await village.visit('sun')).get('/simulations')).status, 403);
  t.is((await (await village.visit('gao')).get(`${here}?place=${placeId(placeNos.qingheOfPingshan)}`)).status, 403);
});

test('a form with a fault comes back with what was chosen', async t => {
  const village = await openDraft(t);
  const page = await (await village.visit('gao')).post('/simulations', { ...asked(village), round: '' });
  t.is(page.status, 422);
  t.is(page.field('note').input, '欠账重的少扣');
});

test('two scenarios stand side by side', async t => {
  const village = await openDraft(t);
  const gao = await village.visit('gao');
  const one = (await tried(gao, asked(village))).split('/').at(-1) ?? '';
  const other = (await tried(gao, asked(village, placeNos.qinghe))).split('/').at(-1) ?? '';
  const pair = await gao.get(`/simulations/pair?one=${one}&other=${other}`);
  t.is(pair.status, 200);
  t.true(pair.body.includes('安和镇 清河村'));
});

test('what a draft would do is drawn beside its editor, with what is being typed, and keeps nothing', async t => {
  const village = await openDraft(t);
  const { office, actor, round } = village;
  const xian = await village.visit('xian');
  const body = { ...(await loadStandard(office.read, village.draft)).standard } as unknown as Body;
  const id = await startDraft(office, await actor('xian'), { county: placeNos.county, body, origin: '试' });
  const shown = await xian.get(`/simulations/draft/${id}?round=${round.id}&place=${placeId(placeNos.anhe)}`);
  t.is(shown.status, 200);
  t.regex(shown.body, /不到 5 户，不显示/, 'the county looks after no single household');
  const region = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' };
  const typing = await xian.post(`/simulations/draft/${id}`, { at: 'head', base: '100', title: '试', round: round.id, place: placeId(placeNos.qinghe) }, region);
  t.regex(typing.body, /<section[^>]*id="effect"/);
  t.false(typing.body.includes('<html'));
  t.regex((await xian.post(`/simulations/draft/${id}`, { at: 'head', base: '很多' }, region)).body, /不到 5 户/, 'what cannot be read yet leaves the draft as it is kept');
  t.is((await office.read('draft_steps').where({ draft: id }).select('seq')).length, 1);
  const broken = await startDraft(office, await actor('xian'), { county: placeNos.county, body: put(body, ['grades'], undefined), origin: '试' });
  t.regex((await xian.get(`/simulations/draft/${broken}`)).body, /没写全/);
  const person = await startDraft(office, await actor('xian'), { county: placeNos.county, body: parse(presetSource('wendeng-person')) as Body, origin: '试' });
  t.regex((await xian.get(`/simulations/draft/${person}`)).body, /只有农户、村、乡镇的标准看得到/);
  for (const who of ['gao', 'mei'] as const) t.is((await (await village.visit(who)).get(`/simulations/draft/${id}`)).status, 403, who);
});

test('a slider draws the page, or its region alone; the county keeps what it tried as the next version, a township may not', async t => {
  const village = await openDraft(t);
  const gao = await village.visit('gao');
  const sliding = (await gao.post('/simulations', { ...asked(village), way: 'slide' })).location ?? '';
  t.regex(sliding, /^\/simulations\/slide\?/);
  const page = await gao.get(sliding);
  t.is(page.status, 200);
  t.true(page.body.includes('type="range"'));
  const turned = await gao.get(`${sliding}&knob=grade.0&of=grade.0&value=66`, { 'HX-Request': 'true', 'HX-Request-Type': 'partial' });
  t.true(turned.body.startsWith('<div class="stack" id="slid">') || turned.body.includes('id="slid"'));
  t.false(turned.body.includes('<html'));
  t.true(turned.body.includes('66'));
  t.false(turned.body.includes('按这个数起草'));
  t.is((await gao.post('/simulations/slide/keep', { standard: village.draft, knob: 'grade.0', value: '66' })).status, 403);
  const xian = await village.visit('xian');
  const own = await xian.get(`${sliding}&knob=grade.0&of=grade.0&value=66`);
  t.true(own.body.includes('按这个数起草'));
  t.regex((await xian.post('/simulations/slide/keep', { standard: village.draft, knob: 'grade.0', value: '66' })).location ?? '', /^\/drafts\/[0-9a-f-]{36}$/);
  t.is((await xian.get('/simulations/slide')).status, 303, 'nothing chosen yet');
  t.is((await (await village.visit('ping')).get(sliding)).status, 403);
});

test('too many households are not slid over', async t => {
  const village = await openDraft(t);
  const { simulations } = await import('../../src/simulations/refusals.ts');
  t.throws(() => simulations.refuse('too-many-to-slide', { households: 40_000, most: 30_000 }), { message: 'too-many-to-slide' });
  t.is((await (await village.visit('gao')).get(`/simulations/slide?standard=${village.draft}&round=${village.round.id}&place=${placeId(placeNos.pingshan)}`)).status, 403);
});
