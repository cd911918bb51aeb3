import type { Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import type { Office } from '../office.ts';
import { placeSubject } from '../places/queries.ts';
import { roundByNo } from '../rounds/round.ts';
import type { Row } from '../store/dialect.ts';
import { keepHouse } from '../store/housekeeping.ts';
import { inUnit } from '../store/unit.ts';
import { keepBasisSet } from './bases.ts';
import { openBook, type Book } from './book.ts';
import { candidates, type Candidate } from './candidates.ts';
import { gather, type Gathered } from './gather.ts';
import { markRated, type Seen } from './mark-rated.ts';
import { isRepeat, scoreOf } from './outcome.ts';
import { openRun, placeAt, rateable, runById, villagesIn, type Run } from './run.ts';
import { rollUp } from './rollup.ts';

export type Progress = (run: Run) => void;

/** One action for a whole round, or the part of it below `scope`: rates every household that is ready, then its villages and township. */
export async function rateRound(office: Office, actor: Actor, given: { readonly round: number; readonly scope?: string }, onProgress?: Progress): Promise<Run> {
  return carryOut(office, actor, (await openRun(office, actor, given)).id, onProgress);
}

/** An opened or interrupted run to its end, and the villages and townships above it. */
export async function carryOut(office: Office, actor: Actor, id: string, onProgress?: Progress): Promise<Run> {
  const run = await goOn(office, actor, id, onProgress);
  if (run.phase === 'done') await rollUp(office, actor, { round: run.round, scope: run.scope });
  return run;
}

const underWay = new WeakMap<Office, Map<string, Promise<Run>>>();

/** Does a run, or goes on with one that was interrupted. Asked twice, both wait for the same work. */
export function goOn(office: Office, actor: Actor, id: string, onProgress: Progress = () => undefined): Promise<Run> {
  const own = underWay.get(office) ?? new Map<string, Promise<Run>>();
  underWay.set(office, own);
  const running = own.get(id);
  if (running !== undefined) return running;
  const started = work(office, actor, id, onProgress).finally(() => own.delete(id));
  own.set(id, started);
  return started;
}

export const isUnderWay = (office: Office, id: string): boolean => underWay.get(office)?.has(id) === true;

const batchSize = 2_500;   // Households a unit: well under a tenth of a second of writing.

async function work(office: Office, actor: Actor, id: string, onProgress: Progress): Promise<Run> {
  let run = await runById(office.read, id);
  const round = await roundByNo(office.read, run.round);
  const book = await openBook(office.jobs, round.household_standard, run.day);
  const subject = placeSubject(await placeAt(office.read, round, run.scope));
  const scope = { round: run.round, villages: await villagesIn(office.read, round, run.scope), day: run.day };
  /** Cases that must be told, with the sheet their rating saw: what changed since is not marked as rated. */
  const seen: Seen[] = [];
  const isWhole = run.phase === 'rating' && run.after_no === 0;

  if (run.phase === 'rating') {
    let next = begun(read(run.after_no));
    let writing = Promise.resolve(run);
    for (let batch = await next; batch.list.length > 0; batch = await next) {
      next = begun(read(batch.list.at(-1)?.subject ?? 0));
      const rows = rateBatch(book, run, batch, seen);
      run = await writing;   // One unit is written while the next households are read and rated.
      if (run.phase !== 'rating') break;
      onProgress(run);
      writing = begun(write(office, actor, subject, run, { book, rows, batch: batch.list }));
    }
    await next;
    run = await writing;
    if (run.phase !== 'rating') return run;
    run = { ...run, total: Math.max(run.total, run.done), skipped: Math.max(0, run.total - run.done), done: Math.max(run.total, run.done) };
    run = await swapIn(office, actor, subject, run);
    if (run.phase === 'stopped') return run;
  }
  if (run.phase === 'marking') {
    await markRated(office, actor, { run, scope, subject, seen: isWhole ? seen : undefined });
    run = { ...run, phase: 'done', finished_at: office.clock.now() };
    await keepHouse(office, 'change', 'rating_runs', [{ no: run.no, phase: run.phase, finished_at: run.finished_at, beat_at: office.clock.now() }]);
  }
  onProgress(run);
  return run;

  /** Sees one moment: else a sheet that comes in between would be rated, but not named. */
  function read(after: number): Promise<Batch> {
    const { dialect } = office.store;
    return dialect.snapshot(office.jobs, async trx => {
      const list = await candidates({ read: trx, dialect }, { ...scope, after, most: batchSize });
      return { list, facts: await gather({ read: trx, dialect }, run.round, list.map(one => one.subject), book) };
    });
  }
}

/** Awaited in a later turn; until then a failure is nobody's news. */
function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

interface Batch { readonly list: readonly Candidate[]; readonly facts: Gathered }

function rateBatch(book: Book, run: Run, { list, facts }: Batch, seen: Seen[]): readonly Row[] {
  const rows: Row[] = [];
  list.forEach((one, index) => {
    const score = scoreOf(book.standard, book.scorer.score(facts.at(index)));
    const isSame = isRepeat(one, score, book, one.sheet);
    if (!isSame || one.standing !== 'rated') seen.push({ subject: one.subject, sheet: one.sheet });
    if (isSame) return;
    rows.push({
      round: run.round, subject: one.subject, revision: one.last + 1, run: run.no, village: one.village, ...score,
      sheet: one.sheet, day: book.day, engine: book.engine, standard: book.hash, bases: book.bases,
    });
  });
  return rows;
}

/** Rows and progress go in together, so a killed run goes on exactly where it stood. */
async function write(office: Office, actor: Actor, subject: Subject, run: Run, { book, rows, batch }: { readonly book: Book; readonly rows: readonly Row[]; readonly batch: readonly Candidate[] }): Promise<Run> {
  const kept = await runById(office.read, run.id);
  if (kept.phase !== 'rating') return kept;
  const next: Run = { ...run, done: run.done + batch.length, fresh: run.fresh + rows.length, after_no: batch.at(-1)?.subject ?? run.after_no, beat_at: office.clock.now() };
  const progress = { no: run.no, done: next.done, fresh: next.fresh, after_no: next.after_no, beat_at: next.beat_at };
  if (rows.length === 0) { await keepHouse(office, 'change', 'rating_runs', [progress]); return next; }
  await inUnit(office, actor, [`run:${run.id}`], async unit => {
    unit.require('rating.run', subject);
    keepBasisSet(unit, book.inForce);
    unit.insert('ratings', rows);
    unit.change('rating_runs', progress);
    unit.record({ act: 'rating.computed', power: 'rating.run', subject });
    return Promise.resolve();
  });
  return next;
}

/** The one moment in which a run's ratings come into force: no page ever sees half of them. In a round that was closed meanwhile nothing does. */
async function swapIn(office: Office, actor: Actor, subject: Subject, run: Run): Promise<Run> {
  return inUnit(office, actor, [`round:${run.round}`, `ratings:${run.round}`, `run:${run.id}`], async unit => {
    const [kept, round] = await Promise.all([runById(unit.read, run.id), roundByNo(unit.read, run.round)]);
    unit.require('rating.run', subject);
    if (kept.phase !== 'rating') return unit.nothingNew(kept);
    if (round.closed_on !== null) {
      const stopped: Run = { ...run, phase: 'stopped', finished_at: unit.at };
      unit.change('rating_runs', { no: run.no, phase: stopped.phase, finished_at: stopped.finished_at });
      unit.record({ act: 'rating.stopped', power: 'rating.run', subject });
      return stopped;
    }
    if (run.fresh > 0) {
      // Whoever a committee passed since the run looked keeps the rating that the committee saw.
      unit.copy('current_ratings', {
        table: 'ratings', columns: ['round', 'subject', 'revision', 'village', 'points', 'grade', 'outcome', 'credit'],
        where: { round: run.round, run: run.no }, newer: 'revision', standings: rateable,
      });
    }
    const next: Run = { ...run, phase: 'marking', after_no: 0, beat_at: unit.at };
    unit.change('rating_runs', { no: run.no, phase: next.phase, total: next.total, done: next.done, skipped: next.skipped, after_no: next.after_no, beat_at: next.beat_at });
    unit.record({ act: 'rating.swapped-in', power: 'rating.run', subject });
    return next;
  });
}
