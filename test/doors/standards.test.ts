import test from 'ava';
import excel from 'exceljs';
import { importStandard } from '../../src/standards/import.ts';
import { standards as standardRefusals } from '../../src/standards/refusals.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { standardWorkbook } from '../../src/standards/sheet/workbook.ts';
import type { Standard } from '../../src/standards/standard.ts';
import { atConsole } from '../../src/access/actor.ts';
import { adoptPresets } from '../support/standards.ts';
import { openVillage, placeNos } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';
import { workbookOf, zipOf } from '../support/zip.ts';

const source = presetSource('household-100');
const county = String(placeNos.county);

test('Xian takes a preset in with one press, adopts it, prints it, and takes it out again', async t => {
  const village = await openVillage(t);
  const xian = await (await openDoors(t, village))('xian');
  const list = await xian.get('/standards');
  t.is(list.status, 200);
  t.regex(list.body, /信用户评定标准（百分制模板）/);
  const taken = await xian.post('/standards', { preset: 'household-100', county });
  t.is(taken.status, 303);
  const here = taken.location ?? '';
  const shown = await xian.get(here);
  t.is(shown.status, 200);
  t.regex(shown.body, /\d+ 个都对/);
  t.regex(shown.body, /银行贷款履约/);
  const empty = await xian.post(`${here}/adopt`, { county, day: '2026-11-23', filing_no: '' });
  t.is(empty.status, 422);
  t.regex(empty.field('filing_no').fault ?? '', /备案文号/);
  t.is((await xian.post(`${here}/adopt`, { county, day: '2026-11-23', filing_no: '样政发〔2026〕1号' })).status, 303);
  t.regex((await xian.get('/standards')).body, /正在用/);
  const paper = await xian.get(`${here}/print`);
  t.regex(paper.body, /第五条<\/a>　<b>和村集体的合同<\/b><span class="key">villageContracts<\/span>/);
  t.regex(paper.body, /样政发〔2026〕1号/);
  const whole = await xian.get(here);
  t.regex(whole.body, /id="c5-3"/);
  t.regex(whole.body, /公布谁/);
  t.regex(whole.body, new RegExp(`${here}/print#c5`));
  const yaml = await xian.get(`${here}/file/yaml`);
  t.is(await importStandard(village.office, atConsole, { county: placeNos.county, source: yaml.body }), here.split('/').at(-1) ?? '');
  const body = await xian.get(`${here}/file/json`);
  t.is(await importStandard(village.office, atConsole, { county: placeNos.county, source: body.body }), here.split('/').at(-1) ?? '');
  t.is((await xian.get(`${here}/file/original`)).body, source);
  t.is((await xian.get(`${here}/file/exe`)).status, 404);
  t.is((await xian.post(`${here}/retire`, { county, day: '2026-11-23', note: '' })).status, 422);
  t.is((await xian.post(`${here}/retire`, { county, day: '2026-11-23', note: '换新一版' })).status, 303);
  t.regex((await xian.get(here)).body, /已停用/);
  t.regex((await xian.get(here)).body, /<li aria-current="step">停用：2026-11-23 起<\/li>/);
});

test('a faulty file comes back with line, path, what is wrong and what would be right', async t => {
  const village = await openVillage(t);
  const xian = await (await openDoors(t, village))('xian');
  const page = await xian.upload('/standards', { county }, { file: { name: '我的标准.yaml', type: 'application/yaml', body: source.replace('rounding: half-up', 'rounding: up').replace('subject: household', 'subject: hosehold') } });
  t.is(page.status, 422);
  t.regex(page.body, /我的标准\.yaml有 2 处要改/);
  t.regex(page.body, /rounding: up/);
  t.regex(page.body, /half-up/);
  t.is((await village.office.read('standards').select('hash')).length, 0);
});

test('an uploaded file is taken in; no file, a picture and a stranger are answered', async t => {
  const village = await openVillage(t);
  const doors = await openDoors(t, village);
  const xian = await doors('xian');
  t.is((await xian.upload('/standards', { county }, { file: { name: 'a.yaml', type: 'text/plain', body: `\ufeff${source}` } })).status, 303);
  t.is((await xian.post('/standards', { county })).field('file').fault, '请选一个文件，Excel、YAML 或者 JSON 都可以。');
  const picture = await xian.upload('/standards', { county }, { file: { name: 'a.png', type: 'image/png', body: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0xff, 0x80, 0x00]) } });
  t.is(picture.status, 422);
  t.true(picture.body.includes(standardRefusals.entries['standard-unreadable'].say({})));
  t.is((await xian.post('/standards', { county, preset: '../../package' })).status, 404);
  const mei = await doors('mei');
  t.is((await mei.post('/standards', { county, preset: 'village-share' })).status, 403);
  t.notRegex((await mei.get('/standards')).body, /name="file"/);
});

test('a standard goes out as a spreadsheet, is changed there and comes back; what is broken in it is told by row and column', async t => {
  const village = await openVillage(t);
  const xian = await (await openDoors(t, village))('xian');
  const here = (await xian.post('/standards', { preset: 'village-share', county })).location ?? '';
  const out = await xian.get(`${here}/file/xlsx`);
  t.is(out.status, 200);
  t.regex(out.headers.get('content-disposition') ?? '', /\.xlsx/);
  const send = async (change: (sheet: excel.Worksheet) => void, to = '/standards') => {
    const book = new excel.Workbook();
    await book.xlsx.load(await standardWorkbook(JSON.parse((await xian.get(`${here}/file/json`)).body) as Standard) as unknown as ArrayBuffer);
    change(book.worksheets[0] ?? book.addWorksheet());
    return xian.upload(to, { county, from: 'file' }, { file: { name: '改好的.xlsx', type: 'application/vnd.ms-excel', body: new Uint8Array(await book.xlsx.writeBuffer()) } });
  };
  const cellBeside = (sheet: excel.Worksheet, mark: string): excel.Cell => { let found: excel.Cell | undefined; sheet.eachRow(row => { if (row.getCell(1).text === mark) found ??= row.getCell(3); }); return found ?? t.fail(mark) as never; };
  t.is((await send(() => undefined)).location?.split('?')[0], here, 'unchanged it is the same standard');
  const newer = await send(sheet => { cellBeside(sheet, 'version').value = '２'; cellBeside(sheet, 'title').value = '信用村评定标准（改）'; });
  t.is(newer.status, 303);
  t.regex((await xian.get(newer.location ?? '')).body, /信用村评定标准（改）/);
  const broken = await send(sheet => { cellBeside(sheet, 'version').value = '第三版'; cellBeside(sheet, 'subject').value = '全村'; });
  t.is(broken.status, 422);
  t.regex(broken.body, /改好的\.xlsx有 2 处要改/);
  const misread = await send(sheet => { cellBeside(sheet, 'version').value = '第三版'; cellBeside(sheet, 'subject').value = '全村'; }, '/drafts');
  t.is(misread.status, 422);
  t.true(misread.body.includes('第三版') && misread.body.includes('全村'), 'all of them are told');
  const lacking = await send(sheet => { cellBeside(sheet, 'title').value = ''; }, '/drafts');
  t.is(lacking.status, 303, 'a draft may lack anything');
  t.regex((await xian.get(lacking.location ?? '')).body, /“名称”还没填/);
  t.regex(broken.body, /第 9 行 C 列/);
  t.regex(broken.body, /可以写：农户、居民、村、乡镇、县/);
  t.is((await village.office.read('standards').select('hash')).length, 2);
});

test('a spreadsheet that is none, an old one and one that swells are answered', async t => {
  const xian = await (await openDoors(t, await openVillage(t)))('xian');
  const send = async (body: Uint8Array) => xian.upload('/standards', { county }, { file: { name: 'a.xlsx', type: 'application/vnd.ms-excel', body: new Uint8Array(body) } });
  t.is((await send(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))).status, 422);
  t.is((await send(new Uint8Array(Buffer.from('d0cf11e0a1b11ae1', 'hex')))).status, 415);
  const long = `<row><c t="inlineStr"><is><t>${'长'.repeat(1000)}</t></is></c></row>`;
  t.is((await send(zipOf(workbookOf(long.repeat(2100))))).status, 413);
  const other = await send(zipOf(workbookOf('<row><c t="inlineStr"><is><t>户号</t></is></c></row>')));
  t.is(other.status, 422);
  t.regex(other.body, /这张表不像评定标准/);
});

test('two versions are compared in words, either way round, by whoever may read them', async t => {
  const village = await openVillage(t);
  const visitor = await openDoors(t, village);
  const old = await importStandard(village.office, atConsole, { county: placeNos.county, source });
  const now = await importStandard(village.office, atConsole, { county: placeNos.county, source: source.replace('version: 1', 'version: 2').replace('label: 没有欠缴, points: 6 }', 'label: 没有欠缴, points: 5 }') });
  const xian = await visitor('xian');
  t.regex((await xian.get(`/standards/${now}`)).body, new RegExp(`/standards/${now}/compare/${old}`));
  t.regex((await xian.get(`/standards/${now}`)).body, /和上一版比/);
  t.notRegex((await xian.get(`/standards/${old}`)).body, /和上一版比/);
  const page = await xian.get(`/standards/${now}/compare/${old}`);
  t.is(page.status, 200);
  t.regex(page.body, /没有欠缴/);
  t.regex(page.body.replace(/<[^>]*>/g, ' '), /6 分\s+5 分/);
  t.regex((await xian.get(`/standards/${old}/compare/${now}`)).body.replace(/<[^>]*>/g, ' '), /5 分\s+6 分/);
  t.regex((await xian.get(`/standards/${now}/compare/${now}`)).body, /一个字都没有变/);
  t.is((await xian.get(`/standards/${now}/compare/none`)).status, 404);
  t.is((await (await visitor()).get(`/standards/${now}/compare/${old}`)).status, 303);
});

test('the schema of the file is taken out by who may read standards', async t => {
  const visitor = await openDoors(t, await openVillage(t));
  const answer = await (await visitor('xian')).get('/standards/schema.json');
  t.is(answer.status, 200);
  t.is(JSON.parse(answer.body).title, '评定标准');
  t.is((await (await visitor()).get('/standards/schema.json')).status, 303);
});

test('everybody in the office may read a standard, nobody outside', async t => {
  const village = await openVillage(t);
  const { village: hash } = await adoptPresets(village.office);
  const doors = await openDoors(t, village);
  for (const who of ['mei', 'sun', 'wei', 'shen'] as const) t.is((await (await doors(who)).get(`/standards/${hash}`)).status, 200, who);
  t.is((await (await doors()).get(`/standards/${hash}`)).status, 303);
  t.is((await (await doors('mei')).get('/standards/none')).status, 404);
  t.is((await (await doors('an')).get('/standards')).status, 403);
});

test('a standard of residents is adopted like any, and everybody is told that no round takes it', async t => {
  const xian = await (await openDoors(t, await openVillage(t)))('xian');
  const here = (await xian.post('/standards', { preset: 'wendeng-person', county })).location ?? '';
  const page = await xian.get(here);
  t.regex(page.body, /还不能评居民/);
  t.notRegex(page.body, /\/simulations\?standard=/);
  t.is((await xian.post(`${here}/adopt`, { county, day: '2026-11-23', filing_no: '样政发〔2026〕2号' })).status, 303);
  t.regex((await xian.get(here)).body, /还不能评居民/);
  const households = (await xian.post('/standards', { preset: 'household-100', county })).location ?? '';
  const ordinary = (await xian.get(households)).body;
  t.notRegex(ordinary, /还不能评/);
  t.regex(ordinary, /\/simulations\?standard=/);
});

test('what keeps a standard from being adopted is listed on its page', async t => {
  const village = await openVillage(t);
  const xian = await (await openDoors(t, village))('xian');
  const wrong = source.replace('total: 89', 'total: 88').replace('perMonth: 4, lifeMonths: 12, legalBasis: [waste-49]', 'perMonth: 4, lifeMonths: 12');
  const hash = await importStandard(village.office, atConsole, { county: placeNos.county, source: wrong });
  const page = await xian.get(`/standards/${hash}`);
  t.regex(page.body, /有 1 处不合法律规定/);
  t.regex(page.body, /写的是 88，算出来是 89/);
  t.notRegex(page.body, /\/adopt"/);
  t.is((await xian.post(`/standards/${hash}/adopt`, { county, day: '2026-11-23', filing_no: '1' })).status, 409);
});

test('county bases: kept by the county, read by the rest, faults beside the field', async t => {
  const village = await openVillage(t);
  const doors = await openDoors(t, village);
  const xian = await doors('xian');
  t.is((await xian.post('/bases', { county, year: '2025', name: '农村居民人均可支配收入', value: '26000.50', unit: '元' })).status, 303);
  t.regex((await xian.get('/bases')).body, /26.000\.5/);
  const faulty = await xian.post('/bases', { county, year: '1900', name: '收入', value: '很多', unit: '元' });
  t.is(faulty.status, 422);
  t.is(faulty.field('value').input, '很多');
  t.truthy(faulty.field('year').fault);
  const gao = await doors('gao');
  t.notRegex((await gao.get('/bases')).body, /<form class="block form"/);
  t.is((await gao.post('/bases', { county, year: '2025', name: '收入', value: '1', unit: '元' })).status, 403);
});
