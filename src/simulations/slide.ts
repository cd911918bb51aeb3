import { setImmediate as nextTurn } from 'node:timers/promises';
import { limits } from '../kit/limits.ts';
import { today } from '../kit/time.ts';
import type { Office } from '../office.ts';
import type { Place } from '../places/place.ts';
import { openBooks, type Books } from '../ratings/books.ts';
import type { Round } from '../rounds/round.ts';
import { looksBack } from '../standards/looks-back.ts';
import type { Standard } from '../standards/standard.ts';
import { Tally } from './cell.ts';
import type { Flip } from './queries.ts';
import { countRated, dayOfRound, nextRated, type Batch } from './rated.ts';
import { RatedSums } from './rated-sums.ts';
import { simulations } from './refusals.ts';
import { placesOfRound } from './round-places.ts';
import { openSides, type Sides } from './sides.ts';
import type { TitleChange } from './simulation.ts';
import { titleChanges, titleFacts, type TitleFacts } from './titles.ts';

/** What a slider counts again and again: the facts of a place as they were when somebody began to slide, and nothing that names anybody. */
export interface Ground { readonly round: Round; readonly books: Books; readonly batches: readonly Batch[]; readonly titles: TitleFacts; readonly at: string }

const mostHouseholds = 30_000;   // A large township; thirty facts of each weigh 8 MB.
const mostGrounds = 4;
const keptMs = 5 * 60_000;
const batchSize = 2_500;

interface Kept { readonly ground: Promise<Ground>; readonly drop: NodeJS.Timeout }
const grounds = new WeakMap<Office, Map<string, Kept>>();

/** The ground of a place, read at the first move and kept while somebody goes on sliding: a few at most, for minutes, and never past another run of the round. */
export async function groundOf(office: Office, round: Round, place: Place, tried: Standard): Promise<Ground> {
  const own = grounds.get(office) ?? new Map<string, Kept>();
  grounds.set(office, own);
  const last: { no: number } | undefined = await office.read('rating_runs').where({ round: round.no }).orderBy('no', 'desc').first('no');
  const key = `${round.no} ${place.path} ${last?.no ?? 0} ${looksBack(tried) ? 'back' : ''}`;
  const known = own.get(key);
  if (known !== undefined) { known.drop.refresh(); return known.ground; }
  const [oldest] = own.keys();
  if (own.size >= mostGrounds && oldest !== undefined) { clearTimeout(own.get(oldest)?.drop); own.delete(oldest); }
  const ground = readGround(office, round, place, tried);
  own.set(key, { ground, drop: setTimeout(() => { own.delete(key); }, keptMs).unref() });
  ground.catch(() => { clearTimeout(own.get(key)?.drop); own.delete(key); });
  return ground;
}

async function readGround(office: Office, round: Round, place: Place, tried: Standard): Promise<Ground> {
  const stretch = { round: round.no, villages: (await placesOfRound(office.jobs, round, place.path, 'village')).map(village => village.no), today: today(office.clock) };
  const [households, day] = [await countRated(office.jobs, stretch), await dayOfRound(office.jobs, round.no)];
  if (households === 0 || day === undefined) return simulations.refuse('nothing-to-simulate');
  if (households > mostHouseholds) simulations.refuse('too-many-to-slide', { households, most: mostHouseholds });
  const { dialect } = office.store;
  return dialect.snapshot(office.jobs, async trx => {
    const books = await openBooks(trx, round, day);
    const batches: Batch[] = [];
    for (let after = 0; ;) {
      const batch = await nextRated({ read: trx, dialect }, books, stretch, { after, most: batchSize, tried });
      if (batch.list.length === 0) break;
      batches.push(batch);
      after = batch.list.at(-1)?.subject ?? 0;
    }
    return { round, books, batches, titles: await titleFacts(office.jobs, round, { path: place.path, day }), at: office.clock.now() };
  });
}

export interface Slid { readonly tally: Tally; readonly changes: readonly TitleChange[]; readonly sides: Sides; /** The first of those who change, in the villages asked for. */ readonly flips: readonly Flip[] }

/** Counts one turn of a knob on ground that is kept. Other requests get their turn between the batches. */
export async function slide(office: Office, ground: Ground, tried: Standard, shown: ReadonlySet<number>): Promise<Slid> {
  const sides = await openSides(office.jobs, ground.round, tried, ground.books);
  const tally = new Tally();
  const rated = new RatedSums(sides);
  const flips: Flip[] = [];
  for (const { list, facts } of ground.batches) {
    list.forEach((one, index) => {
      const own = facts.at(index);
      const change = sides.compare(own, one.village);
      tally.add({ village: one.village, group: one.group, elderly: one.elderly, ...change });
      rated.add(one.village, own, change);
      if (change.clause !== undefined && flips.length < limits.rowsPerPage && shown.has(one.village)) flips.push({ subject: one.subject, village: one.village, before: change.before, after: change.after, points_before: change.pointsBefore, points_after: change.pointsAfter, clause: change.clause });
    });
    await nextTurn();
  }
  return { tally, changes: await titleChanges(ground.titles, sides, rated), sides, flips };
}
