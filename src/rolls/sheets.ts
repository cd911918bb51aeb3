import type { Name, Section } from './roll.ts';

/** A part of a section on one sheet; `more` says that it goes on from the sheet before. */
export interface Part { readonly code: string; readonly label: string; readonly rank: number; readonly total: number; readonly more: boolean; readonly names: readonly Name[] }

/** Lines that fit a sheet of a poster, the section head counted as `headLines`. */
export interface Sheet { readonly columns: number; readonly lines: number; readonly headLines: number }
/** The smallest type, for a village of many names. */
export const paperSheets = { a3: { columns: 8, lines: 34, headLines: 2 }, a4: { columns: 6, lines: 25, headLines: 2 } } as const satisfies Record<string, Sheet>;

/** Larger type for fewer names, the largest first; the classes of public/css/sheets.css give the sizes these lines are counted for. */
const roomier = {
  a3: [{ columns: 4, lines: 17, headLines: 2 }, { columns: 5, lines: 21, headLines: 2 }, { columns: 6, lines: 28, headLines: 2 }],
  a4: [{ columns: 3, lines: 12, headLines: 2 }, { columns: 4, lines: 16, headLines: 2 }, { columns: 5, lines: 20, headLines: 2 }],
} as const satisfies Record<keyof typeof paperSheets, readonly Sheet[]>;

/** A poster of one sheet in the largest type that its names leave room for, or of as many sheets as they need in the smallest. */
export function posterOf(sections: readonly Section[], paper: keyof typeof paperSheets): { readonly columns: number; readonly sheets: readonly (readonly Part[])[] } {
  for (const sheet of roomier[paper]) {
    const sheets = sheetsOf(sections, sheet);
    if (sheets.length === 1) return { columns: sheet.columns, sheets };
  }
  return { columns: paperSheets[paper].columns, sheets: sheetsOf(sections, paperSheets[paper]) };
}

/**
 * Breaks sections over sheets: a name is never cut, a head never stands alone at the foot, and type never shrinks.
 * A wide name takes two places and goes to the next line when only one is left.
 */
export function sheetsOf(sections: readonly Section[], sheet: Sheet): readonly (readonly Part[])[] {
  const sheets: Part[][] = [[]];
  let left = sheet.lines;
  for (const section of sections) {
    let rest = section.names;
    let more = false;
    do {
      if (left < sheet.headLines + Math.min(2, linesFor(rest, sheet.columns))) { sheets.push([]); left = sheet.lines; }
      const { fit, lines } = fitting(rest, sheet.columns, left - sheet.headLines);
      sheets.at(-1)?.push({ code: section.code, label: section.label, rank: section.rank, total: section.total, more, names: rest.slice(0, fit) });
      left -= sheet.headLines + lines;
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
    code: section.code, label: section.label, rank: section.rank, total: section.total, more: at > 0,
    names: section.names.slice(at * namesPerWallPage, (at + 1) * namesPerWallPage),
  })));
}
