import test from 'ava';
import { startDraft } from '../../src/standards/draft/start.ts';
import { skeleton } from '../../src/standards/draft/skeleton.ts';
import { put } from '../../src/standards/draft/edit/path.ts';
import { importStandard } from '../../src/standards/import.ts';
import { keepBases } from '../../src/standards/law/keep.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { standards } from '../../src/standards/refusals.ts';
import { openDoors } from '../support/visit.ts';
import { officerId, openVillage, placeId, placeNos } from '../support/village.ts';

const county = String(placeNos.county);
const refused = standards.entries;

/** What a page of the editor would send: every field as it is shown. */
function sent(body: string): Record<string, string | string[]> {
  const form = /<form[^>]*id="edit"[\s\S]*?<\/form>/.exec(body)?.[0] ?? '';
  const fields: Record<string, string | string[]> = {};
  const plain = (text: string): string => text.replace(/&quot;/g, '"').replace(/&#x27;/g, '\'').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
  const add = (name: string, value: string): void => { const held = fields[name]; fields[name] = held === undefined ? plain(value) : [...Array.isArray(held) ? held : [held], plain(value)]; };
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const name = / name="([^"]*)"/.exec(tag)?.[1];
    if (name === undefined || name === '_csrf' || /type="(checkbox|radio)"/.test(tag) && !/ checked/.test(tag)) continue;
    add(name, / value="([^"]*)"/.exec(tag)?.[1] ?? '');
  }
  for (const [, name = '', text = ''] of form.matchAll(/<textarea\b[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g)) add(name, text);
  for (const [, name = '', options = ''] of form.matchAll(/<select\b[^>]* name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) add(name, /<option value="([^"]*)" selected/.exec(options)?.[1] ?? /<option value="([^"]*)"/.exec(options)?.[1] ?? '');
  return fields;
}

test('Xian writes a standard in forms: begins, edits, sees the sum and the faults, takes back, and finishes', async t => {
  const village = await openVillage(t);
  const xian = await (await openDoors(t, village))('xian');
  t.regex((await xian.get('/standards')).body, /href="\/drafts\/new"/);
  t.is((await xian.get('/drafts/new')).status, 200);
  const begun = await xian.post('/drafts', { county, from: 'preset', what: 'household-100' });
  t.is(begun.status, 303);
  const here = begun.location ?? '';
  const contents = await xian.get(here);
  t.regex(contents.body, /没有要改的了/);
  t.regex(contents.body, /例子都对/);
  t.regex((await xian.get('/standards')).body, /正在写的 1 份/);

  const categories = await xian.get(`${here}/categories`);
  const unchanged = await xian.post(`${here}/categories`, sent(categories.body));
  t.is(unchanged.status, 303);
  t.is((await village.office.read('draft_steps').select('seq')).length, 1, 'sent back as it was, nothing is new');

  const faulty = await xian.post(`${here}/categories`, { ...sent(categories.body), 'categories.0.cap': '很多', 'categories.1.title': '家底' });
  t.is(faulty.status, 422);
  t.is(faulty.field('categories.0.cap').input, '很多');
  t.is(faulty.field('categories.1.title').input, '家底');
  t.regex(faulty.field('categories.0.cap').fault ?? '', /最多几分要填数/);

  const weight = await xian.post(`${here}/categories/weight`, { ...sent(categories.body), 'categories.0.cap': '90' }, { 'hx-request': 'true', 'hx-request-type': 'partial' });
  t.is(weight.status, 200);
  t.regex(weight.body, /“履约”最多 90 分，里面各项加满也只有/);
  t.is((await xian.post(`${here}/categories`, { ...sent(categories.body), 'categories.0.cap': '90' })).status, 303);
  t.is((await xian.get(`${here}/categories`)).field('categories.0.cap').input, '90');

  const late = await xian.post(`${here}/categories`, { ...sent(categories.body), 'categories.0.cap': '35' });
  t.is(late.status, 409);
  t.regex(late.body, /您打开以后又改过/);
  t.is(late.field('categories.0.cap').input, '35', 'what the later one typed is kept');
  t.regex(late.body, /<td>90<\/td>/);
  t.is((await xian.post(`${here}/categories`, sent(late.body))).status, 303, 'seen both, she decides');

  for (const [cap, words] of [['90', '撤销'], ['40', '撤销']]) {
    const { seen = '' } = sent((await xian.get(`${here}/categories`)).body);
    t.is((await xian.post(`${here}/back`, { seen, to: 'categories' })).status, 303, words);
    t.is((await xian.get(`${here}/categories`)).field('categories.0.cap').input, cap);
  }
  const { seen = '' } = sent((await xian.get(`${here}/categories`)).body);
  t.is((await xian.post(`${here}/forth`, { seen, to: '//evil.example' })).location, here);
  t.is((await xian.post(`${here}/back`, { seen })).status, 409);
  t.is((await xian.post(`${here}/back`, { seen: sent((await xian.get(`${here}/head`)).body)['seen'] ?? '' })).status, 303);

  const first = sent((await xian.get(`${here}/head`)).body)['seen'] ?? '';
  const finished = await xian.post(`${here}/finish`, { seen: first });
  t.is(finished.status, 303);
  t.regex((await xian.get(finished.location ?? '')).body, /另做一版/);
  t.regex((await xian.get(here)).body, /已经定稿/);
  t.is((await xian.post(`${here}/head`, { seen: first, title: '再改' })).status, 409);
  const again = await xian.post('/drafts', { county, from: 'standard', what: (finished.location ?? '').split('/').at(-1) ?? '' });
  t.is((await xian.get(`${again.location ?? ''}/head`)).field('version').input, '2');
});

test('every page of a draft opens and comes back unchanged; entries are added, moved and taken away', async t => {
  const village = await openVillage(t);
  const xian = await (await openDoors(t, village))('xian');
  const id = await startDraft(village.office, await village.actor('xian'), { county: placeNos.county, body: skeleton(2026), origin: '从头写' });
  const here = `/drafts/${id}`;
  const pages = ['head', 'categories', 'grades', 'grades.0', 'publication', 'legalBases.0', 'localBases', 'checks', 'indicators.0', 'indicators.0.scoring', 'indicators.0.purpose', 'indicators.0.derive', 'examples.0'];
  for (const page of pages) {
    const shown = await xian.get(`${here}/${page}`);
    t.is(shown.status, 200, page);
    t.is((await xian.post(`${here}/${page}`, sent(shown.body))).status, 303, page);
  }
  t.is((await village.office.read('draft_steps').select('seq')).length, 1);
  for (const missing of ['indicators.9', 'nonsense', 'indicators.x', 'vetoes.0', '__proto__']) t.is((await xian.get(`${here}/${missing}`)).status, 404, missing);
  t.is((await xian.get('/drafts/none')).status, 404);

  const step = async (): Promise<string> => String((await village.office.read('drafts').where({ id }).first<{ shown: number }>('shown')).shown);
  t.is((await xian.post(`${here}/indicators`, { do: 'add', seen: await step(), title: '' })).status, 422);
  for (const [type, title] of [['choice', '邻里关系'], ['events', '做好事'], ['whole', '家里几口人'], ['derived', '人均收入']]) {
    const added = await xian.post(`${here}/indicators`, { do: 'add', seen: await step(), title: title ?? '', type: type ?? '', category: 'performance' });
    t.is(added.status, 303);
    for (const part of ['', '.scoring', '.purpose', '.derive']) t.is((await xian.get(`${added.location ?? ''}${part}`)).status, 200, `${title ?? ''}${part}`);
  }
  t.is((await xian.post(`${here}/indicators.3.scoring`, { do: 'turn', seen: await step(), way: 'steps' })).status, 303);
  t.regex((await xian.get(`${here}/indicators.3.scoring`)).body, /每多少算一步/);
  t.is((await xian.post(`${here}/indicators.3.scoring`, { do: 'turn', seen: await step(), way: '' })).status, 303);
  t.regex((await xian.get(`${here}/indicators.3.scoring`)).body, /只问不打分/);
  t.is((await xian.post(`${here}/indicators`, { do: 'up:4', seen: await step() })).status, 303);
  t.is((await xian.post(`${here}/indicators`, { do: 'drop:1', seen: await step() })).status, 303);
  const list = (await xian.get(`${here}/indicators`)).body;
  t.notRegex(list, /邻里关系/);
  t.regex(list, /处要改/);
  for (const part of ['vetoes', 'preconditions', 'types', 'examples', 'legalBases']) {
    const added = await xian.post(`${here}/${part}`, { do: 'add', seen: await step(), title: '新的' });
    t.is((await xian.get(added.location ?? '')).status, 200, part);
    t.is((await xian.get(`${here}/${part}`)).status, 200, part);
  }
  await keepBases(village.office, await village.actor('xian'), [{ id: 'civil-7', law: '中华人民共和国民法典', article: '第七条', level: 'law', validFrom: '2021-01-01' }]);
  t.regex((await xian.get(`${here}/legalBases`)).body, /《中华人民共和国民法典》第七条（法律）/);
  t.is((await xian.post(`${here}/legalBases`, { do: 'law', law: 'civil-7', seen: await step() })).status, 303);
  t.is((await xian.post(`${here}/legalBases`, { do: 'law', law: 'none', seen: await step() })).status, 404);
  t.regex((await xian.get(`${here}/indicators.0.purpose`)).body, /《中华人民共和国民法典》第七条/);
  const table = sent((await xian.get(`${here}/grades`)).body);
  t.is((await xian.post(`${here}/grades`, { ...table, do: 'drop:grades:1' })).status, 303);
  t.regex((await xian.get(`${here}`)).body, /改好才能定稿/);
  t.is((await xian.post(`${here}/finish`, { seen: await step() })).status, 409);
});

test('an example is worked by the engine, and a person confirms; what is not whole cannot be worked', async t => {
  const village = await openVillage(t);
  const xian = await (await openDoors(t, village))('xian');
  const id = await startDraft(village.office, await village.actor('xian'), { county: placeNos.county, body: put(skeleton(2026), ['examples', 0, 'total'], 1), origin: '从头写' });
  const page = `/drafts/${id}/examples.0`;
  const shown = await xian.get(page);
  t.regex(shown.body, /写的是 1，算出来是 90/);
  const worked = await xian.post(page, { ...sent(shown.body), 'examples.0.facts.contractsKept': '不是', do: 'work' });
  t.is(worked.status, 200);
  t.is(worked.field('examples.0.total').input, '60');
  t.is((await village.office.read('draft_steps').select('seq')).length, 1, 'nothing is kept before she says so');
  t.is((await xian.post(page, sent(worked.body))).status, 303);
  t.regex((await xian.get(page)).body, /没有要改的了/);
  const { seen = '' } = sent((await xian.get(page)).body);
  await xian.post(`/drafts/${id}/indicators.0.scoring`, { do: 'turn', seen, way: '' });
  const unable = await xian.post(page, { ...sent((await xian.get(page)).body), do: 'work' });
  t.is(unable.status, 409);
  t.regex(unable.body, new RegExp(refused['draft-not-whole'].say({ count: '\\d' })));
});

test('the whole text is written too: a slip is told by its line, what is lacking may stay for later', async t => {
  const village = await openVillage(t);
  const doors = await openDoors(t, village);
  const xian = await doors('xian');
  const started = await xian.upload('/drafts', { county, from: 'file' }, { file: { name: '半份.yaml', type: 'text/plain', body: 'title: 半份标准\ncategories: []\n' } });
  t.is(started.status, 303);
  const here = started.location ?? '';
  t.regex((await xian.get(here)).body, /处要改/);
  const text = await xian.get(`${here}/text`);
  t.regex(text.body, /半份标准/);
  const broken = await xian.post(`${here}/text`, { seen: '1', text: 'title: [\n' });
  t.is(broken.status, 422);
  t.regex(broken.body, /title: \[/);
  t.regex(broken.body, new RegExp(refused['draft-unreadable'].say({ line: '\\d' }).slice(0, 9)));
  t.is((await xian.post(`${here}/text`, { seen: '1', text: '三' })).status, 422);
  t.is((await xian.post(`${here}/text`, { seen: '1', text: presetSource('household-100') })).status, 303);
  t.regex((await xian.get(here)).body, /没有要改的了/);
  t.is((await xian.upload('/drafts', { county, from: 'file' }, { file: { name: 'a.yaml', type: 'text/plain', body: 'a: [' } })).status, 422);
  t.is((await xian.post('/drafts', { county, from: 'file' })).status, 422);
  t.is((await xian.post('/drafts', { county, from: 'preset', what: '../x' })).status, 404);
  t.is((await xian.post('/drafts', { county, from: 'nothing' })).status, 303);
  const sheet = await importStandard(village.office, await village.actor('xian'), { county: placeNos.county, source: presetSource('village-share') });
  t.is((await xian.post('/drafts', { county, from: 'standard', what: sheet })).status, 303);
});

test('a draft is dropped and comes back; it is nobody else’s, and its effect is told beside it', async t => {
  const village = await openVillage(t);
  const doors = await openDoors(t, village);
  const xian = await doors('xian');
  const id = await startDraft(village.office, await village.actor('xian'), { county: placeNos.county, body: skeleton(2026), origin: '从头写' });
  t.regex((await xian.get(`/simulations/draft/${id}`)).body, /看不出来/);
  const dropped = await xian.post(`/drafts/${id}/drop`);
  t.is(dropped.status, 303);
  t.notRegex((await xian.get('/standards')).body, /正在写的/);
  t.is((await xian.post(`/drafts/${id}/recover`)).status, 303);
  for (const who of ['mei', 'gao', 'sun'] as const) {
    const other = await doors(who);
    for (const path of [`/drafts/${id}`, `/drafts/${id}/head`, `/simulations/draft/${id}`]) t.is((await other.get(path)).status, 403, `${who} ${path}`);
    for (const path of ['head', 'head/weight', 'back', 'forth', 'drop', 'recover', 'finish']) t.is((await other.post(`/drafts/${id}/${path}`, { seen: '1' })).status, 403, `${who} ${path}`);
    t.notRegex((await other.get('/standards')).body, /从头写/);
  }
  t.is((await (await doors()).get(`/drafts/${id}`)).status, 303);
});

test('whoever keeps the standards of another county neither sees a draft nor touches it, nor begins one here', async t => {
  const village = await openVillage(t);
  const { write } = village.office.store;
  const next = 4;
  await write('places').insert({ no: next, id: placeId(next), kind: 'county', code: '320898', name: '邻县', parent_no: placeNos.city, path: `/p1/c2/x${next}/`, sort: next, since: '2020-01-01', until: null, successor_no: null, hidden: 0 });
  await write('posts').where({ officer: officerId('ling') }).update({ role: 'standardsAdmin', place_no: next });
  const id = await startDraft(village.office, await village.actor('xian'), { county: placeNos.county, body: skeleton(2026), origin: '从头写' });
  const before = await village.traces();
  const ling = await (await openDoors(t, village))('ling');
  for (const path of [`/drafts/${id}`, `/drafts/${id}/head`, `/drafts/${id}/text`, `/drafts/${id}/indicators`, `/simulations/draft/${id}`]) t.is((await ling.get(path)).status, 403, path);
  for (const path of ['head', 'text', 'indicators', 'head/weight', 'back', 'forth', 'drop', 'recover', 'finish']) t.is((await ling.post(`/drafts/${id}/${path}`, { seen: '1', text: 'title: 抢', do: 'drop:0' })).status, 403, path);
  t.is((await ling.post('/drafts', { county, from: 'nothing' })).status, 422, 'this county is not among those she may choose');
  t.notRegex((await ling.get('/standards')).body, /正在写的/);
  t.is(await village.traces(), before);
  t.is((await ling.post('/drafts', { county: String(next), from: 'nothing' })).status, 303, 'her own she does begin');
});
