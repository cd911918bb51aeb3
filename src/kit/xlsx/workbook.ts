import type { Readable } from 'node:stream';
import { limits } from '../limits.ts';
import { files } from '../file-refusals.ts';
import { attribute, scanner } from './xml.ts';
import type { Zip } from './zip.ts';

/** How a number is meant: plain, as a date (`day`), a time of day, or padded with zeros to a width (a household number 007). */
export type NumberLook = 'plain' | 'day' | 'time' | { readonly zeros: number };

/** What the cells of the first visible sheet need in order to be read. */
export interface Workbook {
  readonly sheet: string;
  readonly date1904: boolean;
  readonly texts: readonly string[];
  /** By a cell's style number. */
  readonly looks: readonly NumberLook[];
}

/** Reads the small parts of an .xlsx (ECMA-376 part 1, 18): which sheet comes first, shared texts, number formats. */
export async function readWorkbook(zip: Zip): Promise<Workbook> {
  const sheets: { name: string; id: string; hidden: boolean }[] = [];
  let date1904 = false;
  const found = await part(zip, 'xl/workbook.xml', (tag, attributes) => {
    if (tag === 'workbookPr') date1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '');
    if (tag === 'sheet') sheets.push({ name: attribute(attributes, 'name') ?? '', id: attribute(attributes, 'r:id') ?? attribute(attributes, 'id') ?? '', hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible' });
  });
  const first = sheets.find(sheet => !sheet.hidden) ?? sheets[0];
  if (!found || first === undefined) return files.refuse('file-broken', { why: '里面没有工作表' });
  const targets = new Map<string, string>();
  let textsPath = 'xl/sharedStrings.xml';
  let stylesPath = 'xl/styles.xml';
  await part(zip, 'xl/_rels/workbook.xml.rels', (tag, attributes) => {
    if (tag !== 'Relationship') return;
    const target = attribute(attributes, 'Target') ?? '';
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
    const type = attribute(attributes, 'Type') ?? '';
    targets.set(attribute(attributes, 'Id') ?? '', path);
    if (type.endsWith('/sharedStrings')) textsPath = path;
    if (type.endsWith('/styles')) stylesPath = path;
  });
  return { sheet: targets.get(first.id) ?? 'xl/worksheets/sheet1.xml', date1904, texts: await sharedTexts(zip, textsPath), looks: await numberLooks(zip, stylesPath) };
}

async function part(zip: Zip, path: string, open: (tag: string, attributes: string) => void): Promise<boolean> {
  const stream = await zip.entry(path, limits.sharedTextBytes);
  if (stream === undefined) return false;
  const scan = scanner({ open, text: () => undefined, close: () => undefined });
  for await (const piece of stream as AsyncIterable<Uint8Array>) scan(piece);
  return true;
}

async function sharedTexts(zip: Zip, path: string): Promise<readonly string[]> {
  const texts: string[] = [];
  const stream: Readable | undefined = await zip.entry(path, limits.sharedTextBytes);
  if (stream === undefined) return texts;
  const collect = textCollector();
  const scan = scanner({
    open: tag => { collect.open(tag); },
    text: text => { collect.text(text); },
    close: tag => { collect.close(tag); if (tag === 'si') texts.push(collect.take()); },
  });
  for await (const piece of stream as AsyncIterable<Uint8Array>) scan(piece);
  return texts;
}

/** Joins the runs (`t`) of a rich text and leaves out phonetic hints (`rPh`). */
export function textCollector() {
  let whole = '';
  let inText = false;
  let inHint = false;
  return {
    open(tag: string) { if (tag === 't') inText = true; else if (tag === 'rPh') inHint = true; },
    text(text: string) { if (inText && !inHint) whole += text; },
    close(tag: string) { if (tag === 't') inText = false; else if (tag === 'rPh') inHint = false; },
    take(): string { const taken = whole; whole = ''; return unescaped(taken); },
  };
}

/** Spreadsheets write control characters as _x000D_ (ECMA-376 22.9.2.19). */
export const unescaped = (text: string): string => text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text;

async function numberLooks(zip: Zip, path: string): Promise<readonly NumberLook[]> {
  const custom = new Map<number, string>();
  const looks: NumberLook[] = [];
  let inCells = false;
  await part(zip, path, (tag, attributes) => {
    if (tag === 'numFmt') custom.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
    if (tag === 'cellStyleXfs' || tag === 'cellXfs' || tag === 'cellStyles') inCells = tag === 'cellXfs';
    if (tag === 'xf' && inCells) { const id = Number(attribute(attributes, 'numFmtId') ?? 0); looks.push(lookOf(id, custom.get(id))); }
  });
  return looks;
}

/** Built-in numbers 14–17, 22, 27–31, 36, 50–54, 57, 58 are dates, 18–21, 32–35, 45–47, 55, 56 times (Chinese edition included). */
export function lookOf(id: number, code: string | undefined): NumberLook {
  if (code === undefined) {
    if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58) return 'day';
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id === 55 || id === 56) return 'time';
    return 'plain';
  }
  const bare = (code.split(';')[0] ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '');
  if (/^0{2,}$/.test(bare)) return { zeros: bare.length };
  if (/general/i.test(bare)) return 'plain';
  if (/[yd年日]/i.test(bare)) return 'day';
  return /[hms]/i.test(bare) ? 'time' : 'plain';
}
