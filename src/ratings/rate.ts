import type { Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import { ahead, begun } from '../kit/ahead.ts';
import { Lots } from '../kit/lots.ts';
import type { Office } from '../office.ts';
import { placeSubject } from '../places/queries.ts';
import { roundByNo } from '../rounds/round.ts';
import type { Row } from '../store/dialect.ts';
import { keepHouse } from '../store/housekeeping.ts';
import { inUnit } from '../store/unit.ts';
import { keepBooks, type Book } from './book.ts';
import { openBooks, type Books } from './books.ts';
import { candidates, stretchesOf, type Candidate, type Scope, type Stretch } from './candidates.ts';
import { gather, Room, type Gathered } from './gather.ts';
import { markSettled, type Settled } from './mark-settled.ts';
import { formerCode, isRepeat, scoreOf } from './outcome.ts';
import { openRun, placeAt, rateable, runById, villagesIn, type Run } from './run.ts';
import { rollUp } from './rollup.ts';

export type Progress = (run: Run) => void;

/** One action for a whole round, or the part of it below `scope`: rates every household that is ready, then its villages and township. */
export async function rateRound(office: Office, actor: Actor, given: { readonly round: number; readonly scope?: string }, onProgress?: Progress): Promise<Run> {
  return goOn(office, actor, (await openRun(office, actor, given)).id, onProgress);
}

const underWay = new WeakMap<Office, Map<string, Promise<Run>>>();

/** Does a run, or goes on with one that was interrupted, to its end and to the villages and townships above it. Asked twice, both wait for the same work. */
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

const batchSize = 5_000;   // Households read and rated at once: pages are answered in between.
const batchesPerUnit = 1;   // At most: well under a tenth of a second of writing.
const stretchesAhead = 3;   // Two are read at once, as many as `jobs` has connections; so they need not wait for the writing.

async function work(office: Office, actor: Actor, id: string, onProgress: Progress): Promise<Run> {
  let run = await runById(office.read, id);
  if (run.phase !== 'rating') { onProgress(run); return run; }
  const round = await roundByNo(office.read, run.round);
  const books = await openBooks(office.jobs, round, run.day);
  const subject = placeSubject(await placeAt(office.read, round, run.scope));
  const scope = { round: run.round, villages: await villagesIn(office.read, round, run.scope), day: run.day };
  const stretches = stretchesOf(office.read, scope, { after: run.after_no, size: batchSize });

  // Villages and townships rest on what a committee has approved, which a run never moves: they are rated beside it.
  const rolled = begun(rollUp(office, actor, { round: run.round, scope: run.scope }));
  const rooms: Room[] = [];   // Given back when a batch is rated: so there are as many as are read ahead.
  const kept = new Set<Book>();
  // Written while the next households are read and rated.
  const units = new Lots<Rated>(batchesPerUnit, async rated => {
    if (run.phase !== 'rating') return;
    onProgress(run);
    run = await write(office, actor, { run, subject, kept }, rated);
  });
  for await (const batch of ahead(stretches, stretchesAhead, stretch => readBatch(office, books, scope, stretch, rooms.pop()))) {
    const rated = rateBatch(books, run, batch);
    rooms.push(batch.room);
    if (rated.done > 0) await units.add(rated);
    if (run.phase !== 'rating') break;
  }
  await units.end();
  if (run.phase !== 'rating') { onProgress(run); return run; }
  run = await swapIn(office, actor, subject, { ...run, total: Math.max(run.total, run.done), skipped: Math.max(0, run.total - run.done), done: Math.max(run.total, run.done) });
  onProgress(run);
  if (run.phase === 'done') await rolled;
  return run;
}

interface Batch { readonly list: readonly Candidate[]; readonly facts: Gathered; readonly room: Room }

/** Sees one moment: else a sheet that comes in between would be rated, but not named. */
const readBatch = ({ jobs, store: { dialect } }: Office, books: Books, scope: Scope, stretch: Stretch, room = new Room()): Promise<Batch> => dialect.snapshot(jobs, async read => {
  const list = await candidates({ read, dialect }, scope, stretch);
  return { list, facts: await gather({ read, dialect }, scope.round, list.map(one => one.subject), books.county, { codingAt: index => books.of(list[index]?.village ?? -1).coding, room }), room };
});

interface Rated {
  readonly rows: readonly Row[];
  /** By which they were rated. */
  readonly used: ReadonlySet<Book>;
  /** No new rating, yet not marked as rated. */
  readonly settled: readonly Settled[];
  readonly done: number;
  /** The number of the last household. */
  readonly last: number;
}

function rateBatch(books: Books, run: Run, { list, facts }: Batch): Rated {
  const rows: Row[] = [];
  const used = new Set<Book>();
  const settled: Settled[] = [];
  list.forEach((one, index) => {
    const book = books.of(one.village);
    const own = facts.at(index);
    const score = scoreOf(book.standard, book.scorer.score(own));
    if (!isRepeat(one.before, score, book, one.sheet)) {
      used.add(book);
      rows.push({
        round: run.round, subject: one.subject, revision: one.before.last + 1, run: run.no, village: one.village,
        points: score.points, grade: score.grade, outcome: score.outcome, credit: score.credit,   // By name: spreading a hundred thousand of them is felt.
        sheet: one.sheet, yardstick: book.yardstick, former: formerCode(book.standard, own),
      });
    } else if (one.standing !== 'rated') settled.push({ subject: one.subject, sheet: one.sheet });
  });
  return { rows, used, settled, done: list.length, last: list.at(-1)?.subject ?? 0 };
}

interface Writing { readonly run: Run; readonly subject: Subject; /** Books that the run has written down. */ readonly kept: Set<Book> }

/** Rows and progress go in together, so a killed run goes on exactly where it stood. */
async function write(office: Office, actor: Actor, { run, subject, kept }: Writing, rated: readonly Rated[]): Promise<Run> {
  const now = await runById(office.read, run.id);
  if (now.phase !== 'rating') return now;
  await markSettled(office, actor, { run, subject }, rated.flatMap(({ settled }) => settled));
  const rows = rated.flatMap(batch => batch.rows);
  const books = new Set(rated.flatMap(({ used }) => [...used].filter(book => !kept.has(book))));
  const next: Run = { ...run, done: rated.reduce((sum, { done }) => sum + done, run.done), fresh: run.fresh + rows.length, after_no: rated.at(-1)?.last ?? run.after_no, beat_at: office.clock.now() };
  const progress = { no: run.no, done: next.done, fresh: next.fresh, after_no: next.after_no, beat_at: next.beat_at };
  if (rows.length === 0) { await keepHouse(office, 'change', 'rating_runs', [progress]); return next; }
  await inUnit(office, actor, [`run:${run.id}`], async unit => {
    unit.require('rating.run', subject);
    keepBooks(unit, [...books]);
    unit.insert('ratings', rows);
    unit.change('rating_runs', progress);
    unit.record({ act: 'rating.computed', power: 'rating.run', subject });
    return Promise.resolve();
  });
  for (const book of books) kept.add(book);
  return next;
}

/** The one moment in which a run's ratings come into force and its cases are rated: no page ever sees half of it. Such a rating is its own mark: the history of a case tells it from the rating itself (`marksOf`). In a round that was closed meanwhile nothing does. */
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
    if (run.fresh > 0) unit.enforce({ round: run.round, run: run.no, standings: rateable });
    const next: Run = { ...run, phase: 'done', finished_at: unit.at, beat_at: unit.at };
    unit.change('rating_runs', { no: run.no, phase: next.phase, total: next.total, done: next.done, skipped: next.skipped, finished_at: next.finished_at, beat_at: next.beat_at });
    unit.record({ act: 'rating.swapped-in', power: 'rating.run', subject });
    return next;
  });
}
