import { PassThrough } from 'node:stream';
import { limits } from '../../kit/limits.ts';
import { escapedForXlsx, xlsxLines } from '../../kit/xlsx/read.ts';
import type { Column, Format, Values } from '../format.ts';
import { readTable } from '../format.ts';
import { exchange } from '../refusals.ts';

/** The first visible sheet in; one sheet of text cells out. */
export const xlsx: Format = {
  name: 'xlsx', title: 'Excel 表格', mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extension: 'xlsx',
  read: (source, columns) => readTable(xlsxLines(source), columns, false),
  write(columns, rows) {
    const out = new PassThrough();
    writeSheet(columns, rows, out).catch((error: unknown) => { out.destroy(error instanceof Error ? error : new Error(String(error))); });
    return out;
  },
};

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
    sheet.addRow(columns.map(column => written(values[column.key]))).commit();
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

const written = (value: string | number | undefined): string | number | null => typeof value === 'string' ? escapedForXlsx(value) : value ?? null;
