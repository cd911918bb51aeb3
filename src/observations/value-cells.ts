import { canonical, type Json } from '../kit/canonical.ts';
import type { Day } from '../kit/time.ts';
import type { Coding } from '../standards/dictionary.ts';
import type { Indicator, WrittenFact } from '../standards/standard.ts';
import { readValue, writtenOf } from '../standards/values.ts';
import { packable, packFact } from '../store/dialect.ts';
import { factFault } from './checks.ts';
import { keptFact, type Kept } from './codes.ts';
import type { Prepared } from './prepared.ts';
import { markOf } from './rows-seen.ts';

/** One cell understood: its piece of the sheet's text and its small integers. An empty cell says nothing. */
export interface Cell { readonly slot: number; readonly text: string; readonly mark: number; readonly kept: Kept | undefined; /** `kept` as one number, where it fits into one. */ readonly packed: number | undefined }
export type Understood = { readonly cell: Cell } | { readonly empty: true } | { readonly fault: string };

/** Understands cells. The same few texts come a million times over, so each is understood once. */
export class CellReader {
  readonly #coding: Coding;
  readonly #day: Day;
  readonly #known: Map<string, Understood>[];

  constructor(coding: Coding, day: Day) {
    this.#coding = coding;
    this.#day = day;
    this.#known = coding.standard.indicators.map(() => new Map<string, Understood>());
  }

  read(slot: number, text: string): Understood {
    const known = this.#known[slot];
    const before = known?.get(text);
    if (before !== undefined) return before;
    const made = this.#understand(slot, text);
    if (known !== undefined) { if (known.size > 20_000) known.clear(); known.set(text, made); }
    return made;
  }

  #understand(slot: number, text: string): Understood {
    const indicator = this.#coding.standard.indicators[slot];
    if (indicator === undefined) return { fault: '评定标准里没有这一项' };
    if (text.trim() === '') return { empty: true };
    const read = readValue(indicator, text);
    if ('fault' in read) return { fault: read.fault };
    const fact = factIn(indicator, read);
    const fault = factFault(indicator, fact, this.#day);
    if (fault !== undefined) return { fault };
    const told = `${JSON.stringify(indicator.key)}:${canonical(fact as Json)}`;
    const kept = keptFact(this.#coding, slot, fact);
    return { cell: { slot, text: told, mark: markOf(told), kept, packed: kept !== undefined && packable(kept.value ?? 0) ? packFact(kept) : undefined } };
  }
}

const factIn = (indicator: Indicator, read: Exclude<ReturnType<typeof readValue>, { readonly fault: string }>): WrittenFact =>
  'missing' in read ? { missing: read.missing } : writtenOf(indicator, read.value);

/** Gathers the cells of households until they are written. */
export class Gatherer {
  readonly #order: readonly number[];
  #cells = new Map<number, (Cell | undefined)[]>();

  constructor(coding: Coding) {
    const keys = coding.standard.indicators.map(indicator => indicator.key);
    // Canonical text has its keys sorted: the place of each slot among them is known beforehand.
    this.#order = keys.map((_, slot) => slot).sort((a, b) => (keys[a] ?? '') < (keys[b] ?? '') ? -1 : 1);
  }

  get size(): number { return this.#cells.size; }
  has(subject: number): boolean { return this.#cells.has(subject); }

  add(subject: number, cell: Cell): void {
    let own = this.#cells.get(subject);
    if (own === undefined) { own = new Array<Cell | undefined>(this.#order.length).fill(undefined); this.#cells.set(subject, own); }
    own[cell.slot] = cell;
  }

  /** Everything gathered, ready to be written, and an empty gatherer again. */
  take(): readonly Prepared[] {
    const made = [...this.#cells].map(([subject, own]) => this.#prepared(subject, own));
    this.#cells = new Map();
    return made;
  }

  #prepared(subject: number, own: readonly (Cell | undefined)[]): Prepared {
    const facts: number[] = [];
    const large: Kept[] = [];
    const texts: string[] = [];
    for (const slot of this.#order) {
      const cell = own[slot];
      if (cell === undefined) continue;
      texts.push(cell.text);
      if (cell.packed !== undefined) facts.push(cell.packed); else if (cell.kept !== undefined) large.push(cell.kept);
    }
    // Rising order, as the table's own key: rows then go in at the end of a page each time.
    facts.sort((a, b) => (a & 4095) - (b & 4095));
    return { subject, body: `{"values":{${texts.join(',')}}}`, facts, large, events: [] };
  }
}
