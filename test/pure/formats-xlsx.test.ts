import test from 'ava';
import excel from 'exceljs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileRow, Source } from '../../src/exchange/format.ts';
import { formatNamed } from '../../src/exchange/formats.ts';
import { plainNumber } from '../../src/kit/xlsx/sheet.ts';
import { lookOf } from '../../src/kit/xlsx/workbook.ts';
import { limits } from '../../src/kit/limits.ts';
import { Refusal } from '../../src/kit/refusal.ts';
import { all, bytesOf } from '../support/all.ts';
import { workbookOf, zipOf } from '../support/zip.ts';

const xlsx = formatNamed('xlsx');
const columns = ['a', 'b', 'c'].map(key => ({ key, heading: `列${key}` }));
const heading = '<row><c t="inlineStr"><is><t>列a</t></is></c><c t="inlineStr"><is><t>列b</t></is></c><c t="inlineStr"><is><t>列c</t></is></c></row>';
const rowsOf = async (source: Source): Promise<FileRow[]> => (await all((await xlsx.read(source, columns)).rows)).flat();
const sheet = (rows: string, more?: Record<string, string>) => rowsOf({ bytes: zipOf(workbookOf(heading + rows, more)) });
const cellsOf = (row: FileRow | undefined) => [row?.cells['a'], row?.cells['b'], row?.cells['c']];

test('cells without an address stand one after another; hidden sheets are passed over', async t => {
  const rows = await sheet('<row><c><v>1</v></c><c><v>2</v></c></row><row r="7"><c r="C7"><v>3</v></c></row><row><c/><c t="str"><v>x</v></c></row>');
  t.deepEqual(rows.map(row => [row.row, ...cellsOf(row)]), [[2, '1', '2', ''], [7, '', '', '3'], [8, '', 'x', '']]);
});

test('texts: shared, rich, with phonetic hints, entities, prefixes and escapes', async t => {
  const texts = '<sst><si><t>张</t></si><si><r><t>𬭼</t></r><r><t xml:space="preserve"> 明</t></r><rPh><t>ミン</t></rPh></si><si><t>a&lt;b&amp;&#x20BB7;_x000D_</t></si></sst>';
  const [row] = await sheet('<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c></x:row>', { 'xl/sharedStrings.xml': texts });
  t.deepEqual(cellsOf(row), ['张', '𬭼 明', 'a<b&𠮷\r']);
});

test('phones and ID numbers come in full, or with a fault where the spreadsheet lost their end', async t => {
  const [row] = await sheet('<row><c><v>1.38E+10</v></c><c><v>3.2083019900101E+17</v></c><c><v>0.1000000000000000055</v></c></row>');
  t.deepEqual(cellsOf(row), ['13800000000', '320830199001010000', '0.1']);
  t.deepEqual(row?.faults.map(fault => [fault.column, fault.say]), [['b', '数字超过 15 位，表格软件已经把后面几位改成了 0']]);
});

test('days, times, zeros in front, booleans and errors', async t => {
  const styles = '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="000"/><numFmt numFmtId="171" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="20"/></cellXfs></styleSheet>';
  const rows = await sheet('<row><c s="1"><v>46349</v></c><c s="2"><v>7</v></c><c s="3"><v>46349.5</v></c></row><row><c s="4"><v>0.75</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row><row><c s="1"><v>1</v></c><c s="1"><v>61</v></c><c t="d"><v>2026-11-23T00:00:00</v></c></row>', { 'xl/styles.xml': styles });
  t.deepEqual(rows.map(cellsOf), [['2026-11-23', '007', '2026-11-23 12:00'], ['18:00', '是', '#N/A'], ['1900-01-01', '1900-03-01', '2026-11-23']]);
  t.is(rows[1]?.faults[0]?.column, 'c');
});

test('what the usual library writes, whole and streamed, from a file on disk', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'xiangxin-xlsx-'));
  t.teardown(() => { rmSync(folder, { recursive: true }); });
  const book = new excel.Workbook();
  const page = book.addWorksheet('x');
  page.addRow(['某村名册']);
  page.mergeCells('A1:C1');
  page.addRow(['列b', '列a', '列c']);
  page.addRow([{ richText: [{ text: '𬭼' }, { text: '明', font: { bold: true } }] }, 13800000000, new Date('2026-11-23T00:00:00Z')]);
  page.addRow([{ formula: '1+1', result: 2 }, { text: '连接', hyperlink: 'http://localhost/' }, true]);
  const path = join(folder, 'a.xlsx');
  await book.xlsx.writeFile(path);
  t.deepEqual((await rowsOf({ path })).map(row => [row.row, ...cellsOf(row)]), [[3, '13800000000', '𬭼明', '2026-11-23'], [4, '连接', '2', '是']]);
  writeFileSync(path, await bytesOf(xlsx.write(columns, [{ a: '007', b: '𠮷', c: 5 }])));
  t.deepEqual((await rowsOf({ path })).map(cellsOf), [['007', '𠮷', '5']]);
  const again = new excel.Workbook();
  await again.xlsx.readFile(path);
  t.is(again.worksheets[0]?.getCell('A2').value, '007');
  t.is(again.worksheets[0]?.getCell('A2').numFmt, '@');
});

const good = zipOf(workbookOf(heading));
const swollen = () => zipOf(workbookOf(heading, { 'xl/sharedStrings.xml': `<sst>${`<!--${'x'.repeat(1000)}-->`.repeat(68_000)}</sst>` }));
for (const [name, bytes, code] of [
  ['cut short', () => good.subarray(0, good.length - 40), 'file-broken'],
  ['not a zip', () => Buffer.from('户号,户主\n'), 'file-broken'],
  ['nothing', () => Buffer.alloc(0), 'file-broken'],
  ['an old .xls', () => Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex'), 'file-old-or-locked'],
  ['a zip of something else', () => zipOf({ 'a.txt': 'x' }), 'file-broken'],
  ['a document type', () => zipOf(workbookOf('', { 'xl/worksheets/sheet2.xml': '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>' })), 'file-broken'],
  ['a file that swells', swollen, 'file-too-large'],
  ['other headings', () => zipOf(workbookOf('<row><c><v>1</v></c></row>')), 'headings-missing'],
] as const) test(`${name} is refused as ${code}`, async t => {
  t.is((await t.throwsAsync(rowsOf({ bytes: bytes() }), { instanceOf: Refusal }))?.code, code);
});

test('a damaged body is refused, or read as it is, never crashes', async t => {
  for (let at = 30; at < good.length; at += 7) {
    const bytes = Buffer.from(good);
    bytes[at] = (bytes[at] ?? 0) ^ 0x55;
    const outcome = await rowsOf({ bytes }).then(() => 'read', (error: unknown) => error instanceof Refusal ? 'refused' : error);
    t.true(outcome === 'read' || outcome === 'refused', `byte ${at}: ${String(outcome)}`);
  }
});

for (const [number, text] of [[1e21, '1000000000000000000000'], [1e-7, '0.0000001'], [-1.5e-9, '-0.0000000015'], [0, '0'], [12.5, '12.5'], [1.38e10, '13800000000'], [0.1 + 0.2, '0.3']] as const) {
  test(`${number} is written ${text}`, t => { t.is(plainNumber(number), text); });
}

test('number formats', t => {
  t.deepEqual([lookOf(14, undefined), lookOf(31, undefined), lookOf(0, undefined), lookOf(20, undefined), lookOf(99, 'General'), lookOf(99, '[Red]0.00'), lookOf(99, '"day" 0'), lookOf(99, 'h:mm'), lookOf(99, '[$-804]yyyy/m/d')], ['day', 'day', 'plain', 'time', 'plain', 'plain', 'plain', 'time', 'day']);
});

test('a list too long for a sheet is refused with a way on', async t => {
  const rows = function* () { for (let row = 0; row <= limits.sheetRows; row++) yield { a: row }; };
  const refusal = await t.throwsAsync(bytesOf(xlsx.write([{ key: 'a', heading: '列a' }], rows())), { instanceOf: Refusal });
  t.is(refusal?.code, 'sheet-too-long');
});

test('a reader that goes away stops the writing, and a source that fails fails the file', async t => {
  let asked = 0;
  const endless = function* () { for (;;) { asked++; yield { a: asked }; } };
  const out = xlsx.write(columns, endless());
  for await (const piece of out) { t.true((piece as Buffer).length > 0); break; }
  const seen = asked;
  await new Promise(resolve => { setTimeout(resolve, 50); });
  t.true(asked - seen < 5_000);
  const failing = function* () { yield { a: 1 }; throw new Error('the database went away'); };
  await t.throwsAsync(bytesOf(xlsx.write(columns, failing())), { message: 'the database went away' });
});
