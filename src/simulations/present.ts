import type { Place } from '../places/place.ts';
import { guardSmall, smallCell } from '../reports/small-cells.ts';
import { gradeSign, type Standard } from '../standards/standard.ts';
import { distribution } from '../web/charts.ts';
import type { Cell } from './cell.ts';
import { sumsBy, total } from './cell.ts';
import { codeOf, without } from './change.ts';
import { clauseWords, resultWords } from './clause-words.ts';
import { elderlyWords } from './elderly.ts';
import type { Outlook } from './outlook.ts';

/** An outlook as pages, printed sheets and files show it. Counts that speak of single families are kept back from whoever does not look after them. */
export function presentOutlook(outlook: Outlook) {
  const { before, after, cells } = outlook;
  const seesAll = outlook.villages.every(village => outlook.sees.has(village.no));
  const households = total(cells);
  const isTooFew = !seesAll && households > 0 && households < smallCell;
  const bars = barsOf(before, after, cells);
  const few = (n: number): string => seesAll || (!isTooFew && (n === 0 || n >= smallCell)) ? String(n) : `不到 ${smallCell}`;
  const moved = movesOf(before, after, cells);
  return {
    households, isTooFew, smallCell, changed: few(moved.changed), raised: few(moved.raised), lowered: few(moved.lowered), opened: few(moved.opened), credit: creditWords(before, after, cells),
    bars, chart: distribution(bars.map(({ label, now, was }) => ({ label, now, before: was })), { unit: '户', now: '试的标准', before: '现在' }),
    clauses: clausesOf(outlook).map(({ words, n }) => ({ words, n: few(n) })),
    villages: outlook.villages.length < 2 ? [] : placeLines(outlook, 'village', outlook.villages), townships: placeLines(outlook, 'township', outlook.townships),
    own: outlook.villages.length === 1 ? placeLines(outlook, 'village', outlook.villages)[0] : undefined,
    types: typeLines(outlook, seesAll), elderly: elderlyLines(outlook, seesAll),
    namesHidden: outlook.sees.size < outlook.villages.length,
  };
}

/** Grades of the standard tried, then those that only the one in force has; below every grade and provisional last. */
function barsOf(before: Standard, after: Standard, cells: readonly Cell[]): readonly { readonly label: string; readonly now: number; readonly was: number }[] {
  const labels = new Map([...after.grades, ...before.grades].map(grade => [grade.code, gradeSign(grade)]));
  const [was, now] = [sumsBy(cells, cell => codeOf(before, cell.before)), sumsBy(cells, cell => codeOf(after, cell.after))];
  const all = [...labels, ['none', after.ungraded.label] as const, ['provisional', '暂估'] as const];
  return all.map(([code, label]) => ({ code, label, now: now.get(code) ?? 0, was: was.get(code) ?? 0 })).filter(bar => bar.code !== 'provisional' || bar.now + bar.was > 0);
}

interface Moves { readonly changed: number; readonly raised: number; readonly lowered: number; readonly opened: number }

/** How many go up, go down, and must be asked again. A grade that the standard tried does not have is neither above nor below. */
function movesOf(before: Standard, after: Standard, cells: readonly Cell[]): Moves {
  const sum = { changed: 0, raised: 0, lowered: 0, opened: 0 };
  for (const cell of cells) {
    if (codeOf(before, cell.before) === codeOf(after, cell.after)) continue;
    sum.changed += cell.n;
    const was = cell.before === without.grade ? after.grades.length : after.grades.findIndex(grade => grade.code === codeOf(before, cell.before));
    const is = cell.after === without.grade ? after.grades.length : cell.after;
    if (cell.after === without.provisional) sum.opened += cell.n; else if (was >= 0 && is < was) sum.raised += cell.n; else if (was >= 0 && is > was) sum.lowered += cell.n;
  }
  return sum;
}

const credited = (standard: Standard, result: number): boolean => standard.grades[result]?.credit === true;
const creditOf = (before: Standard, after: Standard, cells: readonly Cell[]) => ({ was: total(cells.filter(cell => credited(before, cell.before))), now: total(cells.filter(cell => credited(after, cell.after))) });
function creditWords(before: Standard, after: Standard, cells: readonly Cell[]): string {
  const { was, now } = creditOf(before, after, cells);
  return was === now ? `${now} 户，没变` : `${was} 户 → ${now} 户`;
}

function clausesOf({ before, after, owed }: Outlook): readonly { readonly words: string; readonly n: number }[] {
  const sums = new Map<string, number>();
  for (const one of owed) { const words = clauseWords(before, after, one.clause); sums.set(words, (sums.get(words) ?? 0) + one.n); }
  return [...sums].map(([words, n]) => ({ words, n })).sort((a, b) => b.n - a.n);
}

/** A village or township before and after: its households, and the title they make. */
export interface PlaceLine { readonly id: string; readonly name: string; readonly no: number; readonly isHidden: boolean; readonly households: number; readonly changed: number; readonly creditWas: number; readonly creditNow: number; readonly was: string; readonly now: string; readonly isOther: boolean }

export function placeLines(outlook: Outlook, kind: 'village' | 'township', places: readonly Place[]): readonly PlaceLine[] {
  const { before, after } = outlook;
  const inside = (place: Place): ReadonlySet<number> => new Set(outlook.villages.filter(village => village.path.startsWith(place.path)).map(village => village.no));
  const lines = places.map(place => { const own = inside(place); return { place, sees: [...own].every(no => outlook.sees.has(no)), cells: outlook.cells.filter(cell => own.has(cell.village)) }; });
  const { hidden } = guardSmall(lines.map(line => ({ rated: total(line.cells), sees: line.sees })));
  return lines.map(({ place, cells }, at) => {
    const change = outlook.changes.find(each => each.place === place.no && each.kind === kind);
    const title = outlook.titles[kind];
    const credit = creditOf(before, after, cells);
    return {
      id: place.id, no: place.no, name: place.name, isHidden: hidden[at] === true, households: total(cells), changed: movesOf(before, after, cells).changed, creditWas: credit.was, creditNow: credit.now,
      was: change === undefined ? '—' : resultWords(title.before, change.before), now: change === undefined ? '—' : resultWords(title.after, change.after),
      isOther: change !== undefined && codeOf(title.before, change.before) !== codeOf(title.after, change.after),
    };
  });
}

/** Kinds of household that the standard in force measures otherwise. */
function typeLines(outlook: Outlook, seesAll: boolean): readonly GroupLine[] {
  const types = outlook.before.types ?? [];
  if (types.length === 0) return [];
  return groupLines(outlook, [...types.map((type, at) => ({ label: type.title, cells: outlook.cells.filter(cell => cell.type === at) })), { label: '其他户', cells: outlook.cells.filter(cell => cell.type < 0) }], seesAll);
}

/** Households where everybody is elderly, by the register; no other group is lawfully known. */
const elderlyLines = (outlook: Outlook, seesAll: boolean): readonly GroupLine[] => groupLines(outlook, elderlyWords.map(([which, label]) => ({ label, cells: outlook.cells.filter(cell => cell.elderly === which) })), seesAll);

export interface GroupLine { readonly label: string; readonly isHidden: boolean; readonly households: number; readonly changed: number; readonly creditWas: number; readonly creditNow: number }

/** Shares by group. One hidden line could be worked out from the sum of the others, so a second one is kept back with it. */
export function groupLines({ before, after }: Pick<Outlook, 'before' | 'after'>, groups: readonly { readonly label: string; readonly cells: readonly Cell[] }[], sees: boolean): readonly GroupLine[] {
  const lines = groups.filter(group => group.cells.length > 0).map(group => ({ label: group.label, households: total(group.cells), changed: movesOf(before, after, group.cells).changed, credit: creditOf(before, after, group.cells) }));
  const { hidden, hideTotal } = guardSmall(lines.map(line => ({ rated: line.households, sees })));
  const next = hideTotal ? lines.reduce((least, line, at) => hidden[at] === true || (least >= 0 && (lines[least]?.households ?? 0) <= line.households) ? least : at, -1) : -1;
  return lines.map((line, at) => ({ label: line.label, isHidden: hidden[at] === true || at === next, households: line.households, changed: line.changed, creditWas: line.credit.was, creditNow: line.credit.now }));
}
