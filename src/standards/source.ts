import { readFile } from 'node:fs/promises';
import { files } from '../kit/file-refusals.ts';
import { later } from '../kit/later.ts';
import { decode, UnreadableText } from '../kit/text.ts';
import { xlsxLines, type FileSource, type SheetLine } from '../kit/xlsx/read.ts';
import { examine, type Examined } from './examine.ts';
import { longestStandard } from './read.ts';
import { standards } from './refusals.ts';
import { readSheetLines, type SheetFault } from './sheet/read.ts';

const yaml = later<typeof import('yaml')>('yaml');

/** Something wrong in a file as it was handed in: where people see it, what stands there, what is wrong and what would be right. */
export interface ListedFault { readonly place: string; readonly written: string; readonly path: string; readonly say: string; readonly remedy: string }
/** A file's standard as text, which is what is kept, or everything wrong in it; `unfinished` is the text of what could be read whole, for a draft that may lack anything. */
export type Given = { readonly text: string } | { readonly faults: readonly ListedFault[]; readonly unfinished?: string };

/** The standard in a file: YAML or JSON as it stands, a spreadsheet as the YAML it tells. Refuses what is neither; its faults are told by row and column. */
export async function sourceOf(file: FileSource): Promise<Given> {
  const bytes = 'bytes' in file ? file.bytes : await readFile(file.path);
  const head = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if (head === 'd0cf11e0') files.refuse('file-old-or-locked');
  if (head !== '504b0304') return { text: textOf(bytes) };
  const read = readSheetLines(await linesOf({ bytes }));
  const written = (held: unknown): string => yaml().stringify(held, { lineWidth: 0 });
  if ('standard' in read) return { text: written(read.standard) };
  return { faults: read.faults.map(listed), ...read.unfinished === undefined ? {} : { unfinished: written(read.unfinished) } };
}

/** A file, looked at as a whole: its text with what was found in it, or every fault at its place. */
export async function examineFile(file: FileSource): Promise<{ readonly faults: readonly ListedFault[] } | (Examined & { readonly text: string })> {
  const given = await sourceOf(file);
  return 'faults' in given ? given : examineText(given.text);
}

export function examineText(text: string): { readonly faults: readonly ListedFault[] } | (Examined & { readonly text: string }) {
  const examined = examine(text);
  if (!('faults' in examined)) return { ...examined, text };
  const lines = text.split(/\r?\n/);
  return { faults: examined.faults.map(({ line = 1, path, say, remedy }) => ({ place: `第 ${line} 行`, written: (lines[line - 1] ?? '').trim().slice(0, 80), path, say, remedy })) };
}

function textOf(bytes: Uint8Array): string {
  try { return decode(bytes).text; } catch (error) {
    if (error instanceof UnreadableText) return standards.refuse('standard-unreadable', { field: 'file' });
    throw error;
  }
}

/** A small file can unfold into a huge one; a standard is never that long. */
async function linesOf(file: FileSource): Promise<readonly SheetLine[]> {
  const lines: SheetLine[] = [];
  let characters = 0;
  for await (const part of xlsxLines(file)) for (const line of part) {
    characters += line.cells.reduce((sum, cell) => sum + cell.length + 1, 0);
    if (characters > longestStandard) files.refuse('file-too-large', { what: '展开后', most: `${longestStandard} 个字` });
    lines.push(line);
  }
  return lines;
}

const listed = ({ row, column, written, say, remedy }: SheetFault): ListedFault =>
  ({ place: row === undefined ? '整张表' : `第 ${row} 行${column === undefined ? '' : ` ${columnName(column)} 列`}`, written, path: '', say, remedy });

/** 0 → A, 25 → Z, 26 → AA. */
const columnName = (column: number): string => `${column < 26 ? '' : columnName(Math.floor(column / 26) - 1)}${String.fromCharCode(65 + column % 26)}`;
