import { files } from '../file-refusals.ts';
import { limits } from '../limits.ts';
import { readSheet } from './sheet.ts';
import { readWorkbook } from './workbook.ts';
import { openZip } from './zip.ts';

/** Where a file comes from: the disk, or a short upload already in memory. */
export type FileSource = { readonly path: string } | { readonly bytes: Uint8Array };

/** A row of a sheet as text; `row` is the number the person sees. */
export interface SheetLine {
  readonly row: number;
  readonly cells: readonly string[];
  /** Faults of single cells by position. */
  readonly faults?: readonly { readonly at: number; readonly say: string; readonly remedy: string }[];
}

/**
 * The rows of the first visible sheet of an .xlsx, streamed, some at a time; empty rows are left out. Refuses with `files` what is no such file.
 * A reader of our own: that of exceljs throws on cells without an address, keeps no bound on what a small file unfolds into,
 * and spills personal data into the system's temporary folder.
 */
export async function* xlsxLines(source: FileSource): AsyncGenerator<readonly SheetLine[]> {
  const zip = await openZip(source);
  try {
    const workbook = await readWorkbook(zip);
    const sheet = await zip.entry(workbook.sheet, limits.sheetBytes);
    if (sheet === undefined) return files.refuse('file-broken', { why: '里面没有工作表' });
    yield* readSheet(sheet as AsyncIterable<Uint8Array>, workbook);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) files.refuse('file-broken', { why: '压缩的内容坏了，可能没有传完' });
    throw error;
  } finally { await zip.close(); }
}

/** Text that looks like a spreadsheet's own escape (_x000D_) is escaped itself (ECMA-376 22.9.2.19); exceljs leaves that to us. */
export const escapedForXlsx = (text: string): string => text.includes('_x') ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : text;
