import type { Cell, Row, Worksheet } from 'exceljs';
import { escapedForXlsx } from '../../kit/xlsx/read.ts';
import type { Standard } from '../standard.ts';
import type { Column } from './columns.ts';
import { choiceWord } from './words.ts';
import { sheetLines, type Line } from './write.ts';

/** Colours of headings by how deep their table stands; ink of the marks nobody needs to read. */
const fills = ['FF0B5740', 'FFCFE3D9', 'FFE6EFEA', 'FFF3F6F4'] as const;
const greyInk = 'FF9AA5A0';
const widths = [9, 13, 22, 24, 18, 15, 14, 14, 14, 14, 14, 14] as const;
const otherWidth = 12;

/** A standard as a spreadsheet of one sheet, to be read, edited and taken in again. */
export async function standardWorkbook(standard: Standard): Promise<Buffer> {
  const { default: excel } = await import('exceljs');
  const book = new excel.Workbook();
  const sheet = book.addWorksheet('评定标准', {
    views: [{ state: 'frozen', xSplit: 2, ySplit: 0 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  const lines = sheetLines(standard);
  const most = Math.max(...lines.map(line => line.cells.length)) + 2;
  sheet.columns = Array.from({ length: most }, (_, at) => ({ width: widths[at] ?? otherWidth }));
  for (const line of lines) dress(sheet.addRow([line.mark, line.name, ...line.cells].map(cell => typeof cell === 'string' ? escapedForXlsx(cell) : cell)), line, sheet);
  return Buffer.from(await book.xlsx.writeBuffer());
}

function dress(row: Row, line: Line, sheet: Worksheet): void {
  row.getCell(1).font = { size: 8, color: { argb: greyInk } };
  if (line.kind === 'remark') { sheet.mergeCells(row.number, 2, row.number, 10); row.height = 32; }
  row.eachCell((cell, at) => {
    cell.alignment = { vertical: 'top', wrapText: at > 1 };
    // Text stays text: no spreadsheet makes a day of 1-2 or a number of 007.
    if (typeof cell.value === 'string') cell.numFmt = '@';
    if (at > 1 && line.kind === 'heading') asHeading(cell, line.depth);
    else if (at > 1 && line.kind !== 'remark') cell.border = { bottom: { style: 'hair', color: { argb: greyInk } } };
  });
  if (line.kind === 'property') row.getCell(2).font = { bold: true };
  if (line.kind === 'heading' && (line.more ?? []).length > 0) row.getCell(2).note = `还可以加的列：${line.more?.join('、') ?? ''}`;
  if (line.kind === 'row' || line.kind === 'property') line.columns?.forEach((column, at) => { offer(row.getCell(at + 3), column); });
}

function asHeading(cell: Cell, depth: number): void {
  cell.font = { bold: true, size: 10, ...depth === 0 ? { color: { argb: 'FFFFFFFF' } } : {} };
  cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: fills[Math.min(depth, fills.length - 1)] ?? fills[0] } };
}

/** Cells that choose from a few words offer them; other words can still be typed. */
function offer(cell: Cell, { shape, path, side }: Column): void {
  if (side !== undefined || shape.items !== undefined) return;
  const ways = [...shape.choices.map(each => choiceWord(path.at(-1) ?? '', each)), ...shape.isFlag ? ['是', '否'] : []];
  const list = `"${ways.join(',')}"`;
  // A spreadsheet keeps such a list only up to 255 characters.
  if (ways.length > 1 && list.length <= 255 && !shape.isText) cell.dataValidation = { type: 'list', allowBlank: true, showErrorMessage: false, formulae: [list] };
}
