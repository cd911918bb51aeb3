import { PassThrough } from 'node:stream';
import { limits } from '../../kit/limits.ts';
import type { Column, Format, PlainRow, Source, Values } from '../format.ts';
import { readTable } from '../format.ts';
import { exchange } from '../refusals.ts';
import { readSheet } from './sheet.ts';
import { readWorkbook } from './workbook.ts';
import { openZip } from './zip.ts';

/** The first visible sheet in; one sheet of text cells out. */
export const xlsx: Format = {
  name: 'xlsx', title: 'Excel 表格', mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extension: 'xlsx',
  read: (source, columns) => readTable(rowsOf(source), columns, false),
  write(columns, rows) {
    const out = new PassThrough();
    writeSheet(columns, rows, out).catch((error: unknown) => { out.destroy(error instanceof Error ? error : new Error(String(error))); });
    return out;
  },
};

// exceljs writes, but does not read here: its stream reader throws on cells without an address, keeps no bound on what a small file
// unfolds into, and spills personal data into the system's temporary folder.
async function* rowsOf(source: Source): AsyncGenerator<PlainRow> {
  const zip = await openZip(source);
  try {
    const workbook = await readWorkbook(zip);
    const sheet = await zip.entry(workbook.sheet, limits.sheetBytes);
    if (sheet === undefined) return exchange.refuse('file-broken', { why: '里面没有工作表' });
    yield* readSheet(sheet as AsyncIterable<Uint8Array>, workbook);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) exchange.refuse('file-broken', { why: '压缩的内容坏了，可能没有传完' });
    throw error;
  } finally { await zip.close(); }
}

async function writeSheet(columns: readonly Column[], rows: Iterable<Values> | AsyncIterable<Values>, out: PassThrough): Promise<void> {
  const { default: excel } = await import('exceljs');
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  const sheet = book.addWorksheet('表1', { views: [{ state: 'frozen', ySplit: 1 }] });
  // Text format keeps 007 and long numbers as they are when somebody edits the cell.
  sheet.columns = columns.map(column => ({ header: column.heading, key: column.key, width: Math.max(10, column.heading.length * 2 + 4), style: { numFmt: '@' } }));
  const heading = sheet.getRow(1);
  heading.font = { bold: true };
  heading.commit();
  let count = 0;
  for await (const values of rows) {
    if (out.destroyed) return;
    if (++count > limits.sheetRows) exchange.refuse('sheet-too-long', { most: limits.sheetRows });
    sheet.addRow(columns.map(column => escaped(values[column.key]))).commit();
    if (count % 500 === 0) {
      await new Promise(resolve => setImmediate(resolve));
      if (out.writableNeedDrain && !out.destroyed) await drained(out);
    }
  }
  sheet.commit();
  await book.commit();
}

/** Resolves when the stream takes more, or nobody reads it any longer. */
const drained = (out: PassThrough): Promise<void> => new Promise(resolve => {
  const go = () => { out.off('drain', go).off('close', go); resolve(); };
  out.on('drain', go).on('close', go);
});

/** Text that looks like a spreadsheet's own escape (_x000D_) is escaped itself (ECMA-376 22.9.2.19); exceljs leaves that to us. */
function escaped(value: string | number | undefined): string | number | null {
  if (typeof value !== 'string') return value ?? null;
  return value.includes('_x') ? value.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : value;
}
