import type { Knex } from 'knex';
import { happeningOf, indicatorsOf } from '../observations/checks.ts';
import { eventsIn, factsIn, pictureOf, type Sheet } from '../observations/observation.ts';
import { sheetsOf } from '../observations/sheet.ts';
import { writtenEvent } from '../observations/wanted.ts';
import type { Office } from '../office.ts';
import { engineVersion, type Compiled } from '../standards/compile.ts';
import { factsOf, type Facts } from '../standards/facts.ts';
import { loadCoding } from '../standards/dictionary.ts';
import { loadStandard } from '../standards/load.ts';
import type { Standard } from '../standards/standard.ts';
import { villageStandards } from '../standards/village-items.ts';
import { basisSets } from './bases.ts';
import { keptFacts, sameFacts } from './kept-facts.ts';
import { scoreOf } from './outcome.ts';
import { ratingColumns, type Rating } from './queries.ts';
import { measured, yardstickNo } from './yardstick.ts';

/** A kept rating worked out again from its sheets. `erased`: the person's facts were deleted on request; nothing can be said. */
export type Rechecked = 'equal' | 'wrong' | 'erased' | 'other-engine';

/** The facts a rating saw: everything its sheets said up to the last one it names, in the words of its standard, and the former grade it kept. */
export function factsUpTo(standard: Standard, sheets: readonly Sheet[], { sheet: seq, former }: Pick<Rating, 'sheet' | 'former'>): Facts {
  const picture = pictureOf(sheets.filter(sheet => sheet.seq <= seq));
  const known = indicatorsOf(standard);
  const written = Object.fromEntries(Object.entries(factsIn(picture)).filter(([key]) => known.has(key)));
  return factsOf(standard, written, eventsIn(picture).filter(event => happeningOf(standard, event) !== undefined).map(writtenEvent), former ?? undefined);
}

/** What a rating is held against beside its sheets. */
interface Seen {
  /** For a rating moved by hand, what was computed before it. */
  readonly computed?: Pick<Rating, 'points' | 'grade' | 'outcome'> | undefined;
  /** The legal bases that its digest is of; none are kept for one that was tampered with. */
  readonly bases: ReadonlySet<string> | undefined;
  readonly kept?: Facts | undefined;
}

/**
 * Bit for bit: points, grade and outcome, from the sheets up to the one it names and the legal bases in force when it was made.
 * `kept` is what the compact tables tell, where the rating saw the last sheet: a run reads them, so they must say what the sheets say.
 */
export function recheck(compiled: Compiled, rating: Rating, sheets: readonly Sheet[], { computed = rating, bases, kept }: Seen): Rechecked {
  if (sheets.filter(sheet => sheet.seq <= rating.sheet).length < rating.sheet) return 'erased';   // Sheets are numbered without a gap; the ledger proves who removed one.
  if (rating.engine !== String(engineVersion)) return 'other-engine';
  const { standard } = compiled;
  const facts = factsUpTo(standard, sheets, rating);
  if (bases === undefined || yardstickNo(rating) !== rating.yardstick) return 'wrong';
  const score = scoreOf(standard, compiled.at({ day: rating.day, bases }).score(facts));
  const isEqual = (kept === undefined || sameFacts(kept, facts))
    && score.points === computed.points && score.grade === computed.grade && score.outcome === computed.outcome;
  return isEqual ? 'equal' : 'wrong';
}

export interface RecheckReport { readonly checked: number; readonly erased: number; readonly otherEngine: number; readonly wrong: readonly { readonly round: number; readonly subject: number; readonly revision: number }[] }

const chunk = 500;

/** Rechecks all kept ratings, or a sample: every `every`-th subject. Reads only; for `verify` and the nightly job. */
export async function recheckRatings(office: Pick<Office, 'jobs'>, { every = 1, round, stop }: { readonly every?: number; readonly round?: number; readonly stop?: AbortSignal | undefined } = {}): Promise<RecheckReport> {
  const report = { checked: 0, erased: 0, otherEngine: 0, wrong: [] as { round: number; subject: number; revision: number }[] };
  const rounds: { no: number }[] = round === undefined ? await office.jobs('rounds').orderBy('no').select('no') : [{ no: round }];
  for (const { no } of rounds) {
    for (let after = 0; ;) {
      stop?.throwIfAborted();
      const subjects: { subject: number }[] = await office.jobs('current_ratings').where({ round: no }).where('subject', '>', after).orderBy('subject').limit(chunk * every).select('subject');
      if (subjects.length === 0) break;
      after = Number(subjects.at(-1)?.subject ?? 0);
      await recheckSome(office.jobs, Number(no), subjects.map(row => Number(row.subject)).filter((_, at) => at % every === 0), report);
    }
  }
  return report;
}

async function recheckSome(read: Knex, round: number, subjects: readonly number[], report: { checked: number; erased: number; otherEngine: number; wrong: { round: number; subject: number; revision: number }[] }): Promise<void> {
  const [kept, sheets, moved, sets] = await Promise.all([
    measured(read).where('r.round', round).whereIn('r.subject', [...subjects]).select<Rating[]>(...ratingColumns),
    sheetsOf(read, round, subjects),
    read('adjustments').where({ round }).whereIn('subject', [...subjects]).select<(Pick<Rating, 'subject' | 'revision' | 'points' | 'grade' | 'outcome'>)[]>('subject', 'revision', 'points_before as points', 'grade_before as grade', 'outcome_before as outcome'),
    basisSets(read),
  ]);
  const told = await toldNow(read, round, kept.filter(rating => rating.sheet === sheets.get(Number(rating.subject))?.at(-1)?.seq));
  for (const rating of kept) {
    const compiled = await loadStandard(read, rating.standard);
    const own = sheets.get(Number(rating.subject)) ?? [];
    const computed = moved.find(row => Number(row.subject) === Number(rating.subject) && row.revision === rating.revision);
    const found = recheck(compiled, rating, own, { computed, bases: sets.get(rating.bases), kept: rating.sheet === own.at(-1)?.seq ? told.get(Number(rating.subject)) : undefined });
    report.checked++;
    if (found === 'erased') report.erased++;
    if (found === 'other-engine') report.otherEngine++;
    if (found === 'wrong') report.wrong.push({ round, subject: Number(rating.subject), revision: rating.revision });
  }
}

/** What the compact tables tell of the households among these that were rated here by the standards of the round, the county's or their village's. */
async function toldNow(read: Knex, round: number, ratings: readonly Rating[]): Promise<ReadonlyMap<number, Facts>> {
  const row: { household_standard: string } | undefined = await read('rounds').where({ no: round }).first('household_standard');
  const known = new Set([row?.household_standard, ...(await villageStandards(read, round)).values()]);
  const own = ratings.filter(rating => known.has(rating.standard) && rating.engine === String(engineVersion));
  const told = await Promise.all([...Map.groupBy(own, rating => rating.standard)].map(async ([standard, list]) =>
    keptFacts(read, round, [...new Set(list.map(rating => Number(rating.subject)))], (await loadCoding(read, standard)).coding)));
  return new Map(told.flatMap(facts => [...facts]));
}
