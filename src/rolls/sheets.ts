import type { Name, Section } from './roll.ts';

/** A part of a section on one sheet; `more` says that it goes on from the sheet before. */
export interface Part { readonly code: string; readonly label: string; readonly rank: number; readonly total: number; readonly listed: number; readonly more: boolean; readonly names: readonly Name[] }

/** A sheet of a poster in one size of type, in tenths of a millimetre: the room between title and foot, a section's head with its gaps, a line of names. */
export interface Sheet { readonly columns: number; readonly room: number; readonly head: number; readonly line: number }
const sized = ({ room, head }: Pick<Sheet, 'room' | 'head'>, lines: readonly (readonly [columns: number, line: number])[]): readonly Sheet[] => lines.map(([columns, line]) => ({ columns, room, head, line }));
/** The sizes of type of public/css/sheets.css by columns, the largest first; the last is for a village of many names. */
export const paperSheets: Readonly<Record<'a3' | 'a4', readonly Sheet[]>> = {
  a3: sized({ room: 2520, head: 110 }, [[4, 145], [5, 119], [6, 98], [7, 83], [8, 73]]),
  a4: sized({ room: 1670, head: 80 }, [[3, 128], [4, 97], [5, 77], [6, 63]]),
};

/** A poster of as few sheets as its names can do with, in the largest type that asks for no more; several are filled alike, so that none looks like a remainder. */
export function posterOf(sections: readonly Section[], sizes: readonly Sheet[]): { readonly columns: number; readonly sheets: readonly (readonly Part[])[] } {
  const tried = sizes.map(sheet => ({ sheet, count: sheetsOf(sections, sheet).length }));
  const fewest = Math.min(...tried.map(({ count }) => count));
  const chosen = tried.find(({ count }) => count === fewest);
  return chosen === undefined ? { columns: 0, sheets: [] } : { columns: chosen.sheet.columns, sheets: evenly(sections, chosen.sheet, fewest) };
}

/** The same number of sheets with the least room on each: their names are spread over all of them. */
function evenly(sections: readonly Section[], sheet: Sheet, count: number): readonly (readonly Part[])[] {
  let [tooLittle, room] = [sheet.head + sheet.line * 2, sheet.room];
  while (room - tooLittle > sheet.line / 2) {
    const middle = (room + tooLittle) / 2;
    if (sheetsOf(sections, { ...sheet, room: middle }).length > count) tooLittle = middle; else room = middle;
  }
  return sheetsOf(sections, { ...sheet, room });
}

/**
 * Breaks sections over sheets: a name is never cut, a head never stands alone at the foot, and type never shrinks.
 * A wide name takes two places and goes to the next line when only one is left.
 */
export function sheetsOf(sections: readonly Section[], sheet: Sheet): readonly (readonly Part[])[] {
  const sheets: Part[][] = [[]];
  let left = sheet.room;
  for (const section of sections) {
    let rest = section.names;
    let more = false;
    do {
      if (left < sheet.head + sheet.line * Math.min(2, linesFor(rest, sheet.columns))) { sheets.push([]); left = sheet.room; }
      const { fit, lines } = fitting(rest, sheet.columns, Math.floor((left - sheet.head) / sheet.line));
      sheets.at(-1)?.push({ code: section.code, label: section.label, rank: section.rank, total: section.total, listed: section.listed, more, names: rest.slice(0, fit) });
      left -= sheet.head + sheet.line * lines;
      rest = rest.slice(fit);
      more = true;
    } while (rest.length > 0);
  }
  return sheets;
}

const linesFor = (names: readonly Name[], columns: number): number => fitting(names, columns, Number.MAX_SAFE_INTEGER).lines;

function fitting(names: readonly Name[], columns: number, lines: number): { fit: number; lines: number } {
  let line = names.length === 0 ? 0 : 1;
  let column = 0;
  for (const [at, name] of names.entries()) {
    const wide = name.wide ? 2 : 1;
    if (column + wide > columns) { line++; column = 0; }
    if (line > lines) return { fit: at, lines };
    column += wide;
  }
  return { fit: names.length, lines: line };
}

export const namesPerWallPage = 30;

/** Pages of the wall: at most thirty names, one grade a page. */
export function wallPages(sections: readonly Section[]): readonly Part[] {
  return sections.flatMap(section => Array.from({ length: Math.ceil(section.names.length / namesPerWallPage) }, (_, at) => ({
    code: section.code, label: section.label, rank: section.rank, total: section.total, listed: section.listed, more: at > 0,
    names: section.names.slice(at * namesPerWallPage, (at + 1) * namesPerWallPage),
  })));
}
