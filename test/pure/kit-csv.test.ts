import test from 'ava';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import type { CsvRow } from '../../src/kit/csv.ts';
import { CsvFault, guard, readCsv, unguard, writeCsv } from '../../src/kit/csv.ts';
import { fastRows, NotSimple } from '../../src/kit/fast-csv.ts';
import { limits } from '../../src/kit/limits.ts';
import { all, bytesOf } from '../support/all.ts';

async function* inPieces(bytes: Uint8Array, size = 16): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = (text: string | Uint8Array, size?: number): Promise<CsvRow[]> => all(readCsv(inPieces(Buffer.from(text), size)));

const tables: readonly [string, string, CsvRow[]][] = [
  ['plain', 'a,b\n1,2\n', [{ line: 1, cells: ['a', 'b'] }, { line: 2, cells: ['1', '2'] }]],
  ['no last line end', 'a,b\n1,2', [{ line: 1, cells: ['a', 'b'] }, { line: 2, cells: ['1', '2'] }]],
  ['CRLF and empty lines', '\r\na,b\r\n\r\n1,2\r\n', [{ line: 2, cells: ['a', 'b'] }, { line: 4, cells: ['1', '2'] }]],
  ['a row of nothing', 'a,b\n,\n1,2\n', [{ line: 1, cells: ['a', 'b'] }, { line: 3, cells: ['1', '2'] }]],
  ['quotes', 'a,b\n"x,""y""",2\n', [{ line: 1, cells: ['a', 'b'] }, { line: 2, cells: ['x,"y"', '2'] }]],
  ['a line break in a cell', 'a,b\n"x\ny",2\n3,4\n', [{ line: 1, cells: ['a', 'b'] }, { line: 2, cells: ['x\ny', '2'] }, { line: 4, cells: ['3', '4'] }]],
  ['rows of other widths', 'a,b\n1\n1,2,3\n', [{ line: 1, cells: ['a', 'b'] }, { line: 2, cells: ['1'] }, { line: 3, cells: ['1', '2', '3'] }]],
  ['a quote in the middle', 'a,b\n5" pipe,2\n', [{ line: 1, cells: ['a', 'b'] }, { line: 2, cells: ['5" pipe', '2'] }]],
  ['tabs', 'a\tb,c\n1\t2\n', [{ line: 1, cells: ['a', 'b,c'] }, { line: 2, cells: ['1', '2'] }]],
  ['semicolons', '"a,a";b\n1;2\n', [{ line: 1, cells: ['a,a', 'b'] }, { line: 2, cells: ['1', '2'] }]],
  ['guarded formulas', 'a,b\n\'=1+1,\'x\n', [{ line: 1, cells: ['a', 'b'] }, { line: 2, cells: ['=1+1', "'x"] }]],
  ['nothing', '', []],
];
for (const [name, text, rows] of tables) {
  test(name, async t => { for (const size of [1, 5, 1000]) t.deepEqual(await read(text, size), rows); });
}

test('a list from an old spreadsheet, GB18030 with rare names', async t => {
  t.deepEqual(await read(iconv.encode('户号,户主\r\n001,𬭼𠮷\r\n', 'gb18030'), 3), [{ line: 1, cells: ['户号', '户主'] }, { line: 2, cells: ['001', '𬭼𠮷'] }]);
});

for (const [name, text, code, line] of [
  ['a quote never closed', 'a,b\n1,2\n"3,4\n', 'quote-open', 3],
  ['bytes of no encoding', Buffer.from([0x61, 0x0a, 0xff, 0xff, 0x80, 0x0a]), 'encoding', 1],
  ['a row without end', `a\n${'x'.repeat(limits.rowBytes + 10)}\n`, 'row-too-long', 2],
] as const) test(`${name} stops the reading`, async t => {
  const fault = await t.throwsAsync(read(text, 100_000), { instanceOf: CsvFault });
  t.is(fault?.code, code);
  t.is(fault?.line, line);
});

test('what is written is read again, whatever it is', async t => {
  const cell = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.string({ unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', '\t', '\n', '\r', '1', '.', '张', '𬭼'), maxLength: 6 }));
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constant('行'), cell, cell), { maxLength: 6 }), async rows => {
    fc.pre(rows.flat().every(text => text.isWellFormed()));
    const bytes = await bytesOf(writeCsv(['甲', '乙', '丙'], rows));
    const [heading, ...back] = await read(bytes);
    t.deepEqual(heading?.cells, ['甲', '乙', '丙']);
    t.deepEqual(back.map(row => row.cells), rows);
  }), { numRuns: 200 });
});

test('a spreadsheet finds the mark, CRLF and no live formula', async t => {
  const text = (await bytesOf(writeCsv(['a'], [['=HYPERLINK("x")'], ['-5'], ['+86 1']]))).toString();
  t.is(text, '\ufeffa\r\n"\'=HYPERLINK(""x"")"\r\n-5\r\n\'+86 1\r\n');
});

for (const [cell, guarded] of [['=1', "'=1"], ['@x', "'@x"], ['＝1', "'＝1"], ['\tx', "'\tx"], ['-5', '-5'], ['+3.5', '+3.5'], ['-5x', "'-5x"], ["'-5", "''-5"], ["'x", "'x"], ['', ''], ['张', '张']] as const) {
  test(`guard ${encodeURIComponent(cell)}`, t => { t.is(guard(cell), guarded); t.is(unguard(guarded), cell); });
}

async function fast(text: string, width: number, size: number): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const batch of fastRows(inPieces(Buffer.from(text), size), width)) {
    for (let row = 0; row < batch.count; row++) rows.push(Array.from({ length: width }, (_, column) => batch.text(row, column)));
  }
  return rows;
}

test('the fast reader agrees with the slow one on simple files', async t => {
  const cell = fc.string({ unit: fc.constantFrom('1', '2', 'a', '张', '𬭼', '-', '.'), minLength: 1, maxLength: 5 });
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { maxLength: 9 }), fc.integer({ min: 1, max: 20 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), async (rows, size, end, closed) => {
    const text = rows.map(row => row.join(',')).join(end) + (closed && rows.length > 0 ? end : '');
    t.deepEqual(await fast(text, 3, size), (await read(text)).map(row => [...row.cells]));
  }), { numRuns: 200 });
});

test('the fast reader counts lines, with a mark before them and cells of nothing', async t => {
  const [batch] = await all(fastRows(inPieces(Buffer.from('\ufeff12,-7\n,\r\n𬭼,\n'), 1000), 2));
  t.deepEqual([0, 1, 2].map(row => [batch?.text(row, 0), batch?.text(row, 1)]), [['12', '-7'], ['', ''], ['𬭼', '']]);
  const lines: number[] = [];
  for await (const rows of fastRows(inPieces(Buffer.from('a\nb\nc\nd\n'), 4), 1)) lines.push(rows.firstLine);
  t.deepEqual(lines, [1, 3]);
});

for (const [name, text] of [['a quote', 'a,b\n"1",2\n'], ['a short row', 'a,b\n1\n'], ['a long row', 'a,b\n1,2,3\n'], ['an empty line', 'a,b\n\n'], ['other bytes', 'a,b\n1,\udc80\n']] as const) {
  test(`the fast reader leaves ${name} to the slow one`, async t => {
    const bytes = name === 'other bytes' ? Buffer.from([0x61, 0x2c, 0xc4, 0xe3, 0x0a]) : Buffer.from(text);
    await t.throwsAsync(all(fastRows(inPieces(bytes, 1000), 2)), { instanceOf: NotSimple });
  });
}
