import { smallCell } from '../reports/small-cells.ts';
import { ancestorNo, type Place } from '../places/place.ts';
import type { Cell } from './cell.ts';
import { codeOf } from './change.ts';
import { resultWords } from './clause-words.ts';
import { elderlyWords } from './elderly.ts';
import { movesOf, type Tables } from './moves.ts';
import type { Outlook } from './outlook.ts';
import { shareTold, told, type Told } from './told.ts';

/** Households before and after, as one reader is told of them. Hidden: so few that any figure would speak of single families. */
interface Figures { readonly isHidden: boolean; readonly households: Told; readonly changed: Told; readonly creditWas: Told; readonly creditNow: Told; readonly shareWas: string; readonly shareNow: string }

function figuresOf(tables: Tables, cells: readonly Cell[], sees: boolean): Figures {
  const moves = movesOf(tables, cells);
  const [households, changed, creditWas, creditNow] = [told(moves.households, sees), told(moves.changed, sees), told(moves.creditWas, sees), told(moves.creditNow, sees)];
  return { isHidden: !sees && moves.households > 0 && moves.households < smallCell, households, changed, creditWas, creditNow, shareWas: shareTold(creditWas, households), shareNow: shareTold(creditNow, households) };
}

/** A village or township before and after: its households, and the title they make. */
export interface PlaceLine extends Figures { readonly id: string; readonly name: string; readonly was: string; readonly now: string; readonly isOther: boolean }

export function placeLines(outlook: Outlook, kind: 'village' | 'township', places: readonly Place[]): readonly PlaceLine[] {
  const ofPlace = (village: Place): number => kind === 'village' ? village.no : ancestorNo(village.path, 'township') ?? 0;
  const placeOf = new Map(outlook.villages.map(village => [village.no, ofPlace(village)]));
  const cells = Map.groupBy(outlook.cells, cell => placeOf.get(cell.village));
  const unseen = new Set(outlook.villages.filter(village => !outlook.sees.has(village.no)).map(ofPlace));
  const changes = new Map(outlook.changes.filter(change => change.kind === kind).map(change => [change.place, change]));
  const { before, after } = outlook.titles[kind];
  return places.map(place => {
    const change = changes.get(place.no);
    return {
      id: place.id, name: place.name, ...figuresOf(outlook, cells.get(place.no) ?? [], !unseen.has(place.no)),
      was: change === undefined ? '—' : resultWords(before, change.before), now: change === undefined ? '—' : resultWords(after, change.after),
      isOther: change !== undefined && codeOf(before, change.before) !== codeOf(after, change.after),
    };
  });
}

export interface GroupLine extends Figures { readonly label: string }
export interface Group { readonly label: string; readonly cells: readonly Cell[] }

/** Shares by group; a group that nobody is in has no line. */
export const groupLines = (tables: Tables, groups: readonly Group[], sees: boolean): readonly GroupLine[] =>
  groups.filter(group => group.cells.length > 0).map(({ label, cells }) => ({ label, ...figuresOf(tables, cells, sees) }));

/** Kinds of household that the standard in force measures otherwise. */
export function typeGroups({ before, cells }: Outlook): readonly Group[] {
  const types = before.types ?? [];
  return types.length === 0 ? [] : [...types.map((type, at) => ({ label: type.title, cells: cells.filter(cell => cell.type === at) })), { label: '其他户', cells: cells.filter(cell => cell.type < 0) }];
}

/** Households where everybody is elderly, by the register; no other group is lawfully known. */
export const elderlyGroups = ({ cells }: Outlook): readonly Group[] => elderlyWords.map(([which, label]) => ({ label, cells: cells.filter(cell => cell.elderly === which) }));
