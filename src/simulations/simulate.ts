import type { Actor } from '../access/actor.ts';
import { canonical, type Json } from '../kit/canonical.ts';
import { newId } from '../kit/id.ts';
import { today } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { openBooks } from '../ratings/books.ts';
import { roundByNo } from '../rounds/round.ts';
import type { Row } from '../store/dialect.ts';
import { keepHouse } from '../store/housekeeping.ts';
import { sha256 } from '../store/trace.ts';
import { Tally } from './cell.ts';
import { finish, giveUp, isWanted, keepFlips, removeParts } from './keep.ts';
import { nextRated, type Batch } from './rated.ts';
import { RatedSums } from './rated-sums.ts';
import { placesOfRound } from './round-places.ts';
import { keptStandard, openSides, type Sides } from './sides.ts';
import { simulationById, type Simulation } from './simulation.ts';
import { titleChanges, titleFacts } from './titles.ts';

const running = new WeakMap<Office, Map<string, Promise<Simulation>>>();
export const isUnderWay = (office: Office, id: string): boolean => running.get(office)?.has(id) === true;

/** Counts a scenario to its end. Asked twice, both wait for the same work. One that was interrupted begins anew: it takes seconds, and nobody has read the half of it. */
export function simulate(office: Office, actor: Actor, id: string): Promise<Simulation> {
  const own = running.get(office) ?? new Map<string, Promise<Simulation>>();
  running.set(office, own);
  const known = own.get(id);
  if (known !== undefined) return known;
  const started = work(office, actor, id).finally(() => own.delete(id));
  own.set(id, started);
  return started;
}

const batchSize = 2_500;
const flipsPerUnit = 5_000;   // As many rows as a unit of a rating run writes, twice over: about a twentieth of a second.

async function work(office: Office, actor: Actor, id: string): Promise<Simulation> {
  const asked = await simulationById(office.read, id);
  if (asked.phase !== 'counting') return asked;
  try {
    await count(office, actor, asked);
  } catch (error) {
    await giveUp(office, actor, asked);   // Told on its page; the cause goes to whoever waits, and to the log.
    throw error;
  }
  return simulationById(office.read, id);
}

async function count(office: Office, actor: Actor, asked: Simulation): Promise<void> {
  const round = await roundByNo(office.read, asked.round);
  const households = await openBooks(office.jobs, round, asked.day);
  const sides = await openSides(office.jobs, round, await keptStandard(office.read, asked.standard), households);
  const stretch = { round: round.no, villages: (await placesOfRound(office.read, round, asked.path, 'village')).map(village => village.no), today: today(office.clock) };
  await removeParts(office, actor, asked);
  const tally = new Tally();
  const rated = new RatedSums(sides);
  const found = { flips: [] as Row[], done: 0, changed: 0, apart: 0, digest: '' };
  let writing: Promise<unknown> = Promise.resolve();
  let next = begun(read(0));
  for (let batch = await next; batch.list.length > 0; batch = await next) {
    next = begun(read(batch.list.at(-1)?.subject ?? 0));   // Read while these are counted and the last ones written.
    compareBatch(asked, sides, batch, { tally, rated }, found);
    await writing;
    if (!await isWanted(office, asked)) { await next; return; }
    writing = begun(keep(flipsPerUnit));
  }
  await writing;
  await keep(1);
  const titles = await titleChanges(await titleFacts(office.read, round, { path: asked.path, day: sides.books.household.day }), sides, rated);
  await finish(office, actor, asked, { cells: tally.cells, titles, done: found.done, changed: found.changed, apart: found.apart, hash: hashOf(asked, sides, { agreed: stretch.villages.map(no => [no, households.of(no).hash]).filter(([, hash]) => hash !== households.county.hash), facts: found.digest, cells: tally.cells, titles }) });

  function read(after: number): Promise<Batch> {
    const { dialect } = office.store;
    return dialect.snapshot(office.jobs, trx => nextRated({ read: trx, dialect }, households, stretch, { after, most: batchSize, tried: sides.tried.standard }));
  }

  async function keep(least: number): Promise<void> {
    await keepHouse(office, 'change', 'simulations', [{ no: asked.no, done: found.done, changed: found.changed, beat_at: office.clock.now() }]);
    if (found.flips.length >= least) await keepFlips(office, actor, asked, found.flips.splice(0));
  }
}

interface Found { readonly flips: Row[]; done: number; changed: number; apart: number; digest: string }

/** Every household is counted, and named where its result is another. The digest tells which sheets and ratings were looked at, and what became of them. */
function compareBatch(asked: Simulation, sides: Sides, { list, facts }: Batch, { tally, rated }: { readonly tally: Tally; readonly rated: RatedSums }, found: Found): void {
  const flips: Row[] = [];
  list.forEach((one, index) => {
    const own = facts.at(index);
    const change = sides.compare(own, one.village);
    tally.add({ village: one.village, group: one.group, elderly: one.elderly, ...change });
    rated.add(one.village, own, change);
    if (one.isMoved || change.pointsBefore !== one.points || (change.before >= 0 && change.before !== one.grade)) found.apart++;
    if (change.clause === undefined) return;
    flips.push({ simulation: asked.no, subject: one.subject, village: one.village, before: change.before, after: change.after, points_before: change.pointsBefore, points_after: change.pointsAfter, clause: change.clause, salt: newId() });
  });
  found.done += list.length;
  found.changed += flips.length;
  for (const flip of flips) found.flips.push(flip);
  found.digest = sha256(`${found.digest}\n${JSON.stringify(list.map(one => [one.subject, one.revision, one.sheet]))}\n${JSON.stringify(flips.map(flip => Object.values(flip)))}`);
}

/** What the minutes of an adoption can name: the standard tried, the standards in force, whose facts, and what came of it. */
const hashOf = (asked: Simulation, { books }: Sides, result: object): string => sha256(canonical({
  standard: asked.standard, round: asked.round, place: asked.place_no, day: asked.day, engine: books.household.engine,
  inForce: [books.household, books.village, books.township].map(book => [book.hash, book.bases]), result: JSON.parse(JSON.stringify(result)) as Json,
}));

/** Awaited in a later turn; until then a failure is nobody's news. */
function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
