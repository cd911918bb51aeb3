import type { Fault, Raw } from '../../kit/form.ts';
import { form } from '../../kit/form.ts';
import { pointsText } from '../standard.ts';
import { formModel, type FieldModel } from '../../web/form-model.ts';
import type { Cell } from './cell.ts';
import { held, rows, type Body, type Path } from './edit/path.ts';
import { rowsOf, shownOf, type Part } from './pane.ts';
import type { Opened } from './panes.ts';
import { toMend, type Examined, type Trouble } from './troubles.ts';
import { tallyOf, tallyWords } from './tally.ts';
import { titleAt } from './titles.ts';
import { memberWord, sentences } from './words.ts';

/** What a page has been told: what was typed where it was refused, and what is wrong. */
export interface Given { readonly body: Body; readonly open: Opened; readonly raw: Raw | undefined; readonly faults: readonly Fault[]; readonly troubles: readonly Trouble[] }

/** A page of the editor as its view prints it. Each trouble stands at its field; what belongs to no field stands over its table. */
export function presentPane({ body, open, raw, faults, troubles }: Given) {
  const parts = open.pane.parts(body, open.path);
  const own = troubles.filter(trouble => trouble.address === open.address);
  const isWide = parts.some(part => part.kind !== 'fields' && part.columns.length > 2);
  return { isWide, parts: parts.map(part => presentPart(part, { body, raw, faults, troubles: own })), elsewhere: own.filter(trouble => parts.every(part => !touches(body, part, trouble.at))).map(({ say, remedy, rule }) => sentences(say, remedy, rule)) };
}

interface Around { readonly body: Body; readonly raw: Raw | undefined; readonly faults: readonly Fault[]; readonly troubles: readonly Trouble[] }

function presentPart(part: Part, around: Around) {
  const { body, troubles } = around;
  const said = { title: part.title, hint: part.hint };
  const loose = part.kind === 'table' ? troubles.filter(({ at }) => begins(at, part.path) && !rowsOf(body, part).flat().some(cell => owns(cell, at))).map(({ say, remedy }) => sentences(say, remedy)) : [];
  switch (part.kind) {
    case 'fields': {
      const fields = part.cells.flatMap(cell => fieldsOf(cell, around)).map(field => ({ ...field, isWide: field.kind === 'checks' || field.options?.some(option => option.label.length > roomOfLabel) === true }));
      return { ...said, kind: 'fields' as const, fields, isFolded: part.isFolded === true, isOpen: fields.some(field => field.fault !== undefined) };
    }
    case 'grid': {
      const fields = new Map(fieldsOf(part.cell, around).map(field => [field.name, field]));
      const pick = (names: readonly string[]): readonly FieldModel[] => names.flatMap(name => { const field = fields.get(name); return field === undefined ? [] : [field]; });
      return { ...said, kind: 'grid' as const, columns: part.columns, before: part.before === undefined ? undefined : fields.get(part.before), rows: part.lines.map(names => pick(names).map(field => [field])), loose: [...fields.values()].flatMap(field => field.fault === undefined ? [] : [field.fault]) };
    }
    default: {
      const lines = rowsOf(body, part).map(row => row.map(cell => fieldsOf(cell, around)));
      const last = part.isFixed === true ? -1 : lines.length - 1;
      return {
        ...said, kind: 'table' as const, columns: part.columns, loose, hasMore: part.more !== undefined,
        rows: lines.map((cells, at) => ({
          no: at + 1, isNew: at === last, cells, faults: cells.flat().flatMap(field => field.fault === undefined ? [] : [{ id: field.id, say: field.fault }]),
          more: at === last ? undefined : part.more?.(at), up: at > 0 && at !== last ? `up:${part.path.join('.')}:${at}` : undefined, drop: at === last ? undefined : `drop:${part.path.join('.')}:${at}`,
        })),
      };
    }
  }
}

function fieldsOf(cell: Cell, { body, raw, faults, troubles }: Around): readonly FieldModel[] {
  const [first] = Object.keys(cell.fields);
  const line = (at: Path): string => cell.lineOf === undefined || at.length === cell.path.length ? '' : `第 ${cell.lineOf(held(body, cell.path), at.slice(cell.path.length))} 行：`;
  const wrong = troubles.filter(trouble => owns(cell, trouble.at)).map(({ at, say, remedy }) => ({ field: first ?? '', code: 'draft', say: `${line(at)}${sentences(say, remedy)}` }));
  return formModel(form(cell.fields), { raw: raw ?? shownOf(body, [cell]), faults: [...faults, ...wrong] }).fields;
}

/** Characters of an option that two fields side by side have room for on a tablet; a longer one has the whole width. */
const roomOfLabel = 12;
const begins = (at: Path, path: Path): boolean => path.every((step, n) => step === at[n]);
const owns = (cell: Cell, at: Path): boolean => begins(at, cell.path) && (cell.members === undefined || at.length === cell.path.length || cell.members.includes(String(at[cell.path.length])));
const touches = (body: Body, part: Part, at: Path): boolean => part.kind === 'table' ? begins(at, part.path) : part.kind === 'grid' ? owns(part.cell, at) : part.cells.some(cell => owns(cell, at)) && body !== undefined;

/** The sums and the list of what is to be mended, beside every page. */
export function presentWeight(body: Body, { troubles }: Examined, here: { readonly id: string; readonly address: string }) {
  const tally = tallyOf(body, troubles);
  const wanting = toMend(troubles);
  const line = ({ say, more, address, at }: { readonly say: string; readonly more: string; readonly address: string; readonly at: Path }) => ({ say, more, href: `/drafts/${here.id}/${address}#${at.join('.')}`, isHere: address === here.address });
  const lines = [...Map.groupBy(wanting, each => each.lacks === undefined ? each : each.address).values()].flatMap(told => told[0] === undefined ? [] : [line({ ...told[0], ...lineWords(body, told[0], told.flatMap(each => each.lacks ?? [])) })]);
  const topics = troubles.filter(each => !wanting.includes(each)).map(each => line({ ...each, ...lineWords(body, each, []) }));
  return {
    categories: tally.categories.map(({ title, sum, cap, counts }) => ({ title, sum: pointsText(sum), cap: cap === undefined ? '' : pointsText(cap), counts: pointsText(counts), isOver: cap !== undefined && sum > cap })),
    base: pointsText(tally.base), sum: pointsText(tally.most), most: pointsText(Math.min(tally.most, tally.cap ?? tally.most)), top: tally.cap === undefined ? '' : pointsText(tally.cap), words: tallyWords(tally),
    lines: lines.slice(0, mostLines), count: wanting.length, rest: Math.max(0, lines.length - mostLines), topics: topics.slice(0, mostLines),
  };
}

const mostLines = 40;

/** What is said of a trouble in a list away from its page; what is only lacking there is said of all that lacks at once. */
function lineWords(body: Body, { kind, say, remedy, rule, at }: Trouble, lacked: readonly string[]): { readonly say: string; readonly more: string } {
  if (lacked.length > 0) return { say: `${placeWords(body, at.slice(0, 2).filter((step, n) => n === 0 || typeof step === 'number'))}：${[...new Set(lacked)].map(each => `“${each}”`).join('')}还没填`, more: '' };
  return { say: kind === 'fault' ? `${placeWords(body, at)}：${say}` : sentences(say), more: sentences(remedy, rule) };
}

/** Where something is, for a list away from it: 「家里几口人 · 依据」. */
function placeWords(body: Body, at: Path): string {
  const entry = typeof at[1] === 'number' ? rows(body, [String(at[0])])[at[1]] : undefined;
  const name = entry === undefined ? undefined : entry['title'] ?? entry['law'] ?? entry['label'];
  return [typeof name === 'string' ? name : titleAt(String(at[0])), memberWord(at.slice(1).findLast(step => typeof step === 'string'))].filter(each => each !== '').join(' · ');
}
