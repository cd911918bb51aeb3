import type { CsvFaultCode } from '../../kit/csv.ts';
import { CsvFault, readCsvParts, writeCsv } from '../../kit/csv.ts';
import { files } from '../../kit/file-refusals.ts';
import type { Column, Format, PlainRow, Source, Values } from '../format.ts';
import { piecesOf, readTable } from '../format.ts';

/** UTF-8 (with or without a mark), UTF-16 or GB18030 in; UTF-8 with a mark out. */
export const csv: Format = {
  name: 'csv', title: 'CSV 表格', mime: 'text/csv; charset=utf-8', extension: 'csv',
  read: (source, columns) => readTable(rowsOf(source), columns, true),
  write: (columns, rows) => writeCsv(columns.map(column => column.heading), inOrder(columns, rows)),
};

const why: Readonly<Record<CsvFaultCode, string>> = {
  'quote-open': '有一个引号没有配对',
  'row-too-long': '这一行太长，多半是引号没有配对',
  'encoding': '文字的编码认不出来，请另存为“CSV UTF-8”',
  'broken': '不是一张正常的 CSV 表',
};

async function* rowsOf(source: Source): AsyncGenerator<readonly PlainRow[]> {
  try {
    for await (const rows of readCsvParts(piecesOf(source))) yield rows.map(({ line, cells }) => ({ row: line, cells }));
  } catch (error) {
    if (error instanceof CsvFault) files.refuse('file-broken', { line: error.line, why: why[error.code] });
    throw error;
  }
}

async function* inOrder(columns: readonly Column[], rows: Iterable<Values> | AsyncIterable<Values>): AsyncGenerator<string[]> {
  for await (const row of rows) yield columns.map(column => String(row[column.key] ?? ''));
}
