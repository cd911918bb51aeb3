import { limits } from '../limits.ts';
import type { SheetLine } from './read.ts';
import { files } from '../file-refusals.ts';
import { attribute, scanner } from './xml.ts';
import type { NumberLook, Workbook } from './workbook.ts';
import { textCollector, unescaped } from './workbook.ts';

interface CellFault { readonly at: number; readonly say: string; readonly remedy: string }

/**
 * The rows of a sheet as text, streamed (ECMA-376 part 1, 18.3). Cells and rows without an address, which some programs write,
 * stand after the one before. Numbers come out in full: never 1.38E+10 for a phone; days as `YYYY-MM-DD`.
 */
export async function* readSheet(pieces: AsyncIterable<Uint8Array>, workbook: Workbook): AsyncGenerator<readonly SheetLine[]> {
  let done: SheetLine[] = [];
  let row = 0;
  let cells: string[] = [];
  let faults: CellFault[] = [];
  let column = -1;
  let type = '';
  let style = 0;
  let value = '';
  let inValue = false;
  let inCell = false;
  const inline = textCollector();
  const scan = scanner({
    open(tag, attributes) {
      if (tag === 'row') {
        row = Number(attribute(attributes, 'r') ?? row + 1);
        cells = []; faults = []; column = -1;
      } else if (tag === 'c') {
        const address = attribute(attributes, 'r');
        column = address === undefined ? column + 1 : columnAt(address);
        if (column >= limits.fileColumns) inCell = false;
        else { inCell = true; type = attribute(attributes, 't') ?? 'n'; style = Number(attribute(attributes, 's') ?? 0); value = ''; }
      } else if (tag === 'v') inValue = inCell;
      else if (inCell) inline.open(tag);
    },
    text(text) { if (inValue) value += text; else if (inCell) inline.text(text); },
    close(tag) {
      if (tag === 'v') inValue = false;
      else if (tag === 'c' && inCell) {
        inCell = false;
        const read = cellText(type === 'inlineStr' ? inline.take() : value, type, workbook.looks[style] ?? 'plain', workbook);
        if (type !== 'inlineStr') inline.take();
        while (cells.length < column) cells.push('');
        cells[column] = read.text;
        if (read.fault !== undefined) faults.push({ at: column, ...read.fault });
      } else if (tag === 'row' && cells.some(cell => cell.trim() !== '')) done.push({ row, cells, faults });
      else if (inCell) inline.close(tag);
    },
  });
  for await (const piece of pieces) {
    scan(piece);
    if (done.length > 0) yield done;
    done = [];
  }
}

function columnAt(address: string): number {
  let column = 0;
  for (const letter of address.toUpperCase()) {
    const at = letter.charCodeAt(0) - 64;
    if (at < 1 || at > 26) break;
    column = column * 26 + at;
  }
  return column === 0 ? files.refuse('file-broken', { why: '表格里有一格没有位置' }) : column - 1;
}

interface CellText { readonly text: string; readonly fault?: { readonly say: string; readonly remedy: string } }

function cellText(value: string, type: string, look: NumberLook, workbook: Workbook): CellText {
  switch (type) {
    case 's': return { text: workbook.texts[Number(value)] ?? '' };
    case 'inlineStr': return { text: value };
    case 'str': return { text: unescaped(value) };
    case 'b': return { text: value === '1' ? '是' : value === '0' ? '否' : value };
    case 'd': return { text: value.endsWith('T00:00:00') || value.includes('T00:00:00.') ? value.slice(0, 10) : value };
    case 'e': return { text: value, fault: { say: `这一格是表格软件的错误值 ${value}`, remedy: '请改掉公式，或者直接填值' } };
    default: return numberText(value, look, workbook.date1904);
  }
}

/** A spreadsheet keeps 15 digits of a number: a longer one was typed into a cell that is not text, and its end is lost already. */
function numberText(value: string, look: NumberLook, date1904: boolean): CellText {
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) return { text: value };
  if (look === 'day' || look === 'time') return { text: momentText(number, look, date1904) };
  const text = plainNumber(number);
  if (text.replace(/\D/g, '').length > 15 && Number.isInteger(number)) {
    return { text, fault: { say: '数字超过 15 位，表格软件已经把后面几位改成了 0', remedy: '请先把这一列的格式改成“文本”，再重新填' } };
  }
  return { text: typeof look === 'object' && /^\d+$/.test(text) ? text.padStart(look.zeros, '0') : text };
}

/** Fifteen digits, as the spreadsheet shows them, and never an exponent. */
export function plainNumber(number: number): string {
  const text = String(Number(number.toPrecision(15)));
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
  const digits = whole + fraction;
  const point = 1 + Number(power);
  if (point <= 0) return `${sign}0.${'0'.repeat(Math.min(-point, 30))}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}

/** Serial days from 1899-12-30 (the year 1900 counts a 29 February that never was) or from 1904-01-01. */
function momentText(serial: number, look: 'day' | 'time', date1904: boolean): string {
  if (serial < 0 || serial > 2_958_466) return plainNumber(serial);
  const first = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const iso = new Date(first + Math.round(serial * 86_400) * 1_000).toISOString();
  const clock = iso.slice(11, 16);
  if (look === 'time' && serial < 1) return clock;
  return clock === '00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${clock}`;
}
