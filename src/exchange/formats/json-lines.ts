import { Readable } from 'node:stream';
import { files } from '../../kit/file-refusals.ts';
import { limits } from '../../kit/limits.ts';
import { decodeStream, UnreadableText } from '../../kit/text.ts';
import type { Column, FileRow, Format, RowFault, Source, Values } from '../format.ts';
import { columnOf, piecesOf } from '../format.ts';

/** One JSON object a line, by column key (a heading is taken too). What a file lacks shows only row by row, so `missing` is empty. */
export const jsonLines: Format = {
  name: 'json-lines', title: 'JSON 行', mime: 'application/x-ndjson; charset=utf-8', extension: 'jsonl',
  read: (source, columns) => Promise.resolve({ missing: [], unknown: [], repeated: [], rows: rowsOf(source, columns) }),
  write: (columns, rows) => Readable.from(linesOf(columns, rows), { objectMode: false }),
};

async function* linesOf(columns: readonly Column[], rows: Iterable<Values> | AsyncIterable<Values>): AsyncGenerator<string> {
  for await (const row of rows) {
    yield `${JSON.stringify(Object.fromEntries(columns.map(column => [column.key, row[column.key]]).filter(([, value]) => value !== undefined)))}\n`;
  }
}

async function* rowsOf(source: Source, columns: readonly Column[]): AsyncGenerator<readonly FileRow[]> {
  let row = 0;
  for await (const lines of splitLines(source)) {
    const rows = lines.flatMap((line, at) => line.trim() === '' ? [] : [fileRow(row + at + 1, line, columns)]);
    row += lines.length;
    if (row > limits.fileRows) files.refuse('file-too-large', { what: '行数', most: `${limits.fileRows} 行` });
    if (rows.length > 0) yield rows;
  }
}

async function* splitLines(source: Source): AsyncGenerator<readonly string[]> {
  let held = '';
  let line = 1;
  try {
    for await (const text of decodeStream(piecesOf(source))) {
      const lines = (held + text).split('\n');
      held = lines.pop() ?? '';
      yield lines;
      line += lines.length;
      if (held.length > limits.rowBytes) files.refuse('file-broken', { line, why: '这一行太长' });
    }
  } catch (error) {
    if (error instanceof UnreadableText) files.refuse('file-broken', { line, why: '文字的编码认不出来' });
    throw error;
  }
  if (held !== '') yield [held];
}

function fileRow(row: number, line: string, columns: readonly Column[]): FileRow {
  const fault = (say: string, column?: string, value = ''): RowFault => ({ column, value, say, remedy: '每行写一个 JSON 对象，值用文字、数字或 true/false' });
  let object: unknown;
  try { object = JSON.parse(line); } catch { return { row, cells: {}, faults: [fault('这一行不是完整的 JSON')] }; }
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return { row, cells: {}, faults: [fault('这一行不是一个 JSON 对象')] };
  const cells: Record<string, string> = {};
  const faults: RowFault[] = [];
  for (const [name, value] of Object.entries(object)) {
    const column = columnOf(name, columns);
    if (column === undefined) faults.push(fault(`不认识的列：${name.slice(0, 40)}`));
    else if (column.key in cells) faults.push(fault('同一列写了两次', column.key));
    else if (typeof value === 'string') cells[column.key] = value;
    else if (typeof value === 'number') cells[column.key] = String(value);
    else if (typeof value === 'boolean') cells[column.key] = value ? '是' : '否';
    else if (value === null) cells[column.key] = '';
    else faults.push(fault('这一格不是一个简单的值', column.key));
  }
  return { row, cells, faults };
}
