import { actorId, type Actor } from '../access/actor.ts';
import { mayRate } from '../consents/queries.ts';
import { NotSimple } from '../kit/fast-csv.ts';
import { newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { dayOf } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { roundByNo, type Round } from '../rounds/round.ts';
import { rounds } from '../rounds/refusals.ts';
import { loadCoding, type Coding } from '../standards/dictionary.ts';
import { inUnit } from '../store/unit.ts';
import { importSubject } from './import-subject.ts';
import { readFast, readSlow, type Taker, type ValueSource } from './read-values.ts';
import { recordPrepared, type Batch, type Left } from './record-many.ts';
import { rosterOf } from './roster.ts';
import { RowsSeen } from './rows-seen.ts';
import type { SheetSource } from './sheet.ts';
import { CellReader, Gatherer } from './value-cells.ts';
import { closedByStanding } from './world.ts';

/** What is wrong with one row, in words for the person who has the file open. */
export interface RowProblem { readonly row: number; readonly column: string; readonly value: string; readonly say: string; readonly remedy: string }
export interface Unmatched { readonly row: number; readonly cells: Readonly<Record<string, string>>; readonly why: string }

export interface Report {
  /** Id of the import; '' when the file was only looked at. */
  readonly id: string;
  readonly rows: number;
  /** Values that are right, and households they belong to. */
  readonly values: number;
  readonly households: number;
  /** Households whose values were written, or would be. */
  readonly loaded: number;
  /** At most `limits.faultsPerReport` of them; `problemCount` counts all. */
  readonly problems: readonly RowProblem[];
  readonly problemCount: number;
  /** Rows whose household was not found, the first hundred thousand of them: they come back as a file. */
  readonly unmatched: readonly Unmatched[];
  /** Households that take nothing now, by reason. */
  readonly left: readonly Left[];
  /** Headings nobody knows: reported, not read. */
  readonly unknown: readonly string[];
}

export interface Loading {
  readonly round: number;
  readonly source: Extract<SheetSource, 'bank' | 'bureau' | 'paper' | 'village' | 'demo'>;
  readonly file: ValueSource;
  readonly signed?: Batch['signed'];
}

/** Looks a file of values through and writes nothing. */
export const checkValues = (office: Office, actor: Actor, given: Loading): Promise<Report> => run(office, actor, given, undefined);

/** Loads what is right in a file of values; the rest is reported row by row. One import, taken back as one. */
export async function loadValues(office: Office, actor: Actor, given: Loading & { readonly id?: string }): Promise<Report> {
  const round = await roundByNo(office.read, given.round);
  if (round.closed_on !== null) rounds.refuse('round-closed');
  const id = given.id ?? newId();
  const isNew = await beginImport(office, actor, { id, round, source: given.source, fileName: given.file.fileName });
  if (!isNew) return { id, rows: 0, values: 0, households: 0, loaded: 0, problems: [], problemCount: 0, unmatched: [], left: [], unknown: [] };
  const report = await run(office, actor, given, id);
  await endImport(office, actor, { id, round, report });
  return report;
}

/** Writes down that a file is being loaded before the first value of it: what breaks off can still be taken back. */
async function beginImport(office: Office, actor: Actor, given: { readonly id: string; readonly round: Round; readonly source: SheetSource; readonly fileName: string }): Promise<boolean> {
  return inUnit(office, actor, [`import:${given.id}`], async unit => {
    const subject = importSubject(actor, given.id, given.round);
    unit.require('observation.load', subject);
    const known: { rows: number; taken_back_at: string | null } | undefined = await unit.read('imports').where({ id: given.id }).first('rows', 'taken_back_at');
    // One that broke off has no count yet: it is begun again, and what is there already repeats itself without a trace.
    if (known !== undefined) return unit.nothingNew(known.rows === 0 && known.taken_back_at === null);
    unit.insert('imports', {
      id: given.id, kind: 'values', file_name: given.fileName.slice(0, 200), round: given.round.no, source: given.source, rows: 0, loaded: 0, unmatched: 0,
      evidence: null, taken_back_at: null, taken_back_by: null, at: unit.at, by: actorId(actor), unit: unit.no,
    });
    unit.record({ act: 'import.begun', power: 'observation.load', subject });
    return true;
  });
}

async function endImport(office: Office, actor: Actor, given: { readonly id: string; readonly round: Round; readonly report: Report }): Promise<void> {
  await inUnit(office, actor, [`import:${given.id}`], async unit => {
    const subject = importSubject(actor, given.id, given.round);
    unit.require('observation.load', subject);
    unit.change('imports', { id: given.id, rows: given.report.rows, loaded: given.report.loaded, unmatched: given.report.unmatched.length, standing: 'loaded' });
    unit.record({ act: 'import.loaded', power: 'observation.load', subject });
  });
}

/** With an id it writes, without it only looks. */
async function run(office: Office, actor: Actor, given: Loading, id: string | undefined): Promise<Report> {
  const round = await roundByNo(office.read, given.round);
  const { coding } = await loadCoding(office.read, round.household_standard);
  const roster = await rosterOf(office, actor, round, dayOf(office.clock.now()));
  try {
    if (given.file.pieces !== undefined) return await readThrough('fast');
  } catch (error) {
    if (!(error instanceof NotSimple)) throw error;   // Quotes, another encoding: the careful way. What was written already repeats itself without a trace.
  }
  return readThrough('slow');

  async function readThrough(way: 'fast' | 'slow'): Promise<Report> {
    const intake = new Intake(office, actor, { round, coding, batch: { round: round.no, source: given.source, batch: id ?? '', signed: given.signed }, writes: id !== undefined });
    const unknown = await (way === 'fast' ? readFast : readSlow)(given.file, { coding, roster, source: given.source }, intake);
    await intake.done();
    return { ...intake.report(unknown), id: id ?? '' };
  }
}

interface Task { readonly round: Round; readonly coding: Coding; readonly batch: Batch; readonly writes: boolean }

const mostUnmatched = 100_000;

/** Takes cells in, gathers households, and has them written five hundred at a time while the next are read. */
class Intake implements Taker {
  readonly #office: Office;
  readonly #actor: Actor;
  readonly #given: Task;
  readonly #cells: CellReader;
  readonly #gatherer: Gatherer;
  readonly #seen: RowsSeen;
  readonly #problems: RowProblem[] = [];
  readonly #unmatched: Unmatched[] = [];
  readonly #left: Left[] = [];
  #counts = { rows: 0, values: 0, households: 0, loaded: 0, problems: 0 };
  readonly #onTheWay: Promise<void>[] = [];

  constructor(office: Office, actor: Actor, given: Task) {
    this.#office = office;
    this.#actor = actor;
    this.#given = given;
    this.#cells = new CellReader(given.coding, dayOf(office.clock.now()));
    this.#gatherer = new Gatherer(given.coding);
    this.#seen = new RowsSeen(given.coding.standard.indicators.length);
  }

  get isFull(): boolean { return this.#gatherer.size >= limits.householdsPerUnit; }
  isGathering(subject: number): boolean { return this.#gatherer.has(subject); }
  row(): void { this.#counts.rows++; }

  value(row: number, subject: number, slot: number, text: string): void {
    const understood = this.#cells.read(slot, text);
    if ('empty' in understood) return;
    const heading = this.#given.coding.standard.indicators[slot]?.title ?? '';
    if ('fault' in understood) { this.problem({ row, column: heading, value: text, say: '这个值不对', remedy: understood.fault }); return; }
    const before = this.#seen.before({ subject, item: slot, row, mark: understood.cell.mark });
    if (before !== undefined) { this.problem({ row, column: heading, value: text, say: `同一户的这一项在第 ${before} 行已经写过另一个值`, remedy: '核对这两行，留下对的那一行' }); return; }
    this.#gatherer.add(subject, understood.cell);
    this.#counts.values++;
  }

  problem(problem: RowProblem): void {
    this.#counts.problems++;
    if (this.#problems.length < limits.faultsPerReport) this.#problems.push(problem);
  }

  /** A file of another place altogether is not kept in memory row by row. */
  unmatched(one: Unmatched): void { if (this.#unmatched.length < mostUnmatched) this.#unmatched.push(one); }

  /** The households gathered so far go on their way; two groups may be on it while the next is read. */
  async flush(): Promise<void> {
    const list = this.#gatherer.take();
    this.#counts.households += list.length;
    if (list.length === 0) return;
    const before = this.#onTheWay.length < 2 ? undefined : this.#onTheWay.shift();
    const sent = this.#send(list);
    sent.catch(() => undefined);   // Somebody will wait for it: a failure in between is heard then.
    this.#onTheWay.push(sent);
    await before;
  }

  async #send(list: Parameters<typeof recordPrepared>[2]): Promise<void> {
    if (this.#given.writes) {
      const { loaded, left } = await recordPrepared(this.#office, this.#actor, list, this.#given.batch);
      this.#counts.loaded += loaded;
      this.#left.push(...left);
      return;
    }
    const nos = list.map(one => one.subject);
    const { read } = this.#office;
    const [rows, consenting] = await Promise.all([
      read('cases').where({ round: this.#given.round.no }).whereIn('subject', nos).select('subject', 'standing'),
      mayRate(read, nos, dayOf(this.#office.clock.now())),
    ]);
    for (const row of rows as { subject: number; standing: Parameters<typeof closedByStanding>[1]['standing'] }[]) {
      const why = closedByStanding(this.#given.round, row, this.#given.batch.source === 'bank') ?? (consenting.has(row.subject) ? undefined : 'consent-missing' as const);
      if (why === undefined) this.#counts.loaded++; else this.#left.push({ subject: row.subject, why });
    }
  }

  async done(): Promise<void> { await this.flush(); await Promise.all(this.#onTheWay); }

  report(unknown: readonly string[]): Omit<Report, 'id'> {
    const { rows, values, households, loaded, problems } = this.#counts;
    return { rows, values, households, loaded, problems: this.#problems, problemCount: problems, unmatched: this.#unmatched, left: this.#left, unknown };
  }
}
