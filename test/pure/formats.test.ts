import test from 'ava';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import type { Column, FileRow, Format, Reading, Values } from '../../src/exchange/format.ts';
import { columnOf } from '../../src/exchange/format.ts';
import { formatNamed, formatOfFile, formats } from '../../src/exchange/formats.ts';
import { Refusal } from '../../src/kit/refusal.ts';
import { all, bytesOf } from '../support/all.ts';

const columns: readonly Column[] = [
  { key: 'householdNo', heading: '户号', alias: ['户编码'] },
  { key: 'head', heading: '户主' },
  { key: 'people', heading: '人口数' },
];

const read = (format: Format, bytes: Uint8Array): Promise<Reading> => format.read({ bytes }, columns);
const rowsOf = async (format: Format, bytes: Uint8Array): Promise<FileRow[]> => (await all((await read(format, bytes)).rows)).flat();
const csv = formatNamed('csv');
const jsonLines = formatNamed('json-lines');

for (const format of formats) {
  test(`${format.name}: what is written is read again`, async t => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('张', '𬭼', '𠮷', '㛃', 'a', '0', '=', "'", '"', ',', '<', '&', ' ', '_x000D_'), minLength: 1, maxLength: 8 }),
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }), fc.constantFrom('007', '99000019880229001X', '13800000000', '-5', '1e5'),
    ).filter(text => text.trim() !== '');
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ householdNo: cell, head: cell, people: cell }), { maxLength: 5 }), async rows => {
      const back = await rowsOf(format, await bytesOf(format.write(columns, rows)));
      t.deepEqual(back.map(row => ({ ...row.cells })), rows);
      t.true(back.every(row => row.faults.length === 0));
    }), { numRuns: 60 });
  });

  test(`${format.name}: numbers, absent values and an empty list`, async t => {
    const rows: Values[] = [{ householdNo: '001', people: 4 }, { householdNo: '002', head: '李明', people: undefined }];
    const back = await rowsOf(format, await bytesOf(format.write(columns, rows)));
    t.deepEqual(back.map(row => [row.cells['householdNo'], row.cells['head'] ?? '', row.cells['people'] ?? '']), [['001', '', '4'], ['002', '李明', '']]);
    t.deepEqual(await rowsOf(format, await bytesOf(format.write(columns, []))), []);
  });
}

test('headings by key, by name, by other name, in any order, under a title', async t => {
  const reading = await read(csv, Buffer.from('马坝镇农户名册,,\n户主 *（必填）,户编码,备注\n𬭼小明,001,x\n'));
  t.deepEqual([reading.missing, reading.unknown, reading.repeated], [['people'], ['备注'], []]);
  t.deepEqual((await all(reading.rows)).flat(), [{ row: 3, cells: { head: '𬭼小明', householdNo: '001' }, faults: [] }]);
});

test('a column that stands twice is reported, and only the first is read', async t => {
  const reading = await read(csv, Buffer.from('户号,head,户主\n1,a,b\n'));
  t.deepEqual(reading.repeated, ['head']);
  t.is((await all(reading.rows)).flat()[0]?.cells['head'], 'a');
});

test('a list from an old spreadsheet in GB18030', async t => {
  const [row] = await rowsOf(csv, iconv.encode('户号,户主,人口数\r\n001,𫗧㛃䶮𠮷,3\r\n', 'gb18030'));
  t.is(row?.cells['head'], '𫗧㛃䶮𠮷');
});

test('rows that slipped are reported with what to do', async t => {
  const rows = await rowsOf(csv, Buffer.from(`户号,户主,人口数\n1,a\n2,b,3,x,y\n3,${'c'.repeat(10_001)},1\n4,d,1\n`));
  t.deepEqual(rows.map(row => [row.row, row.faults.map(fault => fault.say)]), [[2, ['这一行比标题少 1 格']], [3, ['这一行比标题多出 2 格']], [4, ['这一格的字太多']], [5, []]]);
  t.true(rows.flatMap(row => row.faults).every(fault => fault.remedy !== ''));
});

test('JSON lines say what is wrong with a line and go on', async t => {
  const rows = await rowsOf(jsonLines, Buffer.from('{"householdNo":"1","户主":"张三","people":4}\n\n{"householdNo":\n[1]\n{"x":1,"people":{}}\n{"户号":"2","householdNo":"3","people":true,"head":null}'));
  t.deepEqual(rows.map(row => [row.row, row.cells, row.faults.map(fault => fault.say)]), [
    [1, { householdNo: '1', head: '张三', people: '4' }, []],
    [3, {}, ['这一行不是完整的 JSON']],
    [4, {}, ['这一行不是一个 JSON 对象']],
    [5, {}, ['不认识的列：x', '这一格不是一个简单的值']],
    [6, { householdNo: '2', people: '是', head: '' }, ['同一列写了两次']],
  ]);
});

for (const [name, format, bytes, code] of [
  ['no headings', csv, Buffer.from('甲,乙\n1,2\n'), 'headings-missing'],
  ['an empty file', csv, Buffer.from(''), 'headings-missing'],
  ['an open quote', csv, Buffer.from('户号\n"1\n'), 'file-broken'],
  ['other bytes', csv, Buffer.from([0xff, 0xff, 0x80]), 'file-broken'],
  ['a line without end', jsonLines, Buffer.from(`{"head":"${'x'.repeat(300_000)}"}`), 'file-broken'],
  ['other bytes in lines', jsonLines, Buffer.from([0xff, 0xff, 0x80]), 'file-broken'],
] as const) test(`${format.name}: ${name} is refused as ${code}`, async t => {
  const refusal = await t.throwsAsync(rowsOf(format, bytes), { instanceOf: Refusal });
  t.is(refusal?.code, code);
});

test('a file is known by its ending', t => {
  t.deepEqual(['a.csv', 'B.CSV', 'x.xlsx', 'x.jsonl', 'x.ndjson', 'x.txt'].map(name => formatOfFile(name).name), ['csv', 'csv', 'xlsx', 'json-lines', 'json-lines', 'csv']);
  for (const [name, code] of [['a.pdf', 'file-kind-unknown'], ['a', 'file-kind-unknown'], ['老表.xls', 'file-old-or-locked']] as const) {
    t.is(t.throws(() => formatOfFile(name), { instanceOf: Refusal })?.code, code);
  }
  t.is(t.throws(() => formatNamed('parquet'), { instanceOf: Refusal })?.code, 'file-kind-unknown');
});

test('headings match without stars, spaces and remarks', t => {
  for (const heading of ['户号', ' 户 号 ', '户号*', '户号（三位）', 'HouseholdNo', '户编码＊']) t.is(columnOf(heading, columns)?.key, 'householdNo', heading);
  for (const heading of ['', '（户号）', '号']) t.is(columnOf(heading, columns), undefined, heading);
});
