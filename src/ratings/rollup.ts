import { actorId, type Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { dayOf } from '../kit/time.ts';
import { keptFact } from '../observations/codes.ts';
import { emptyBody, factsIn, pictureOf, sameFact, type Sheet } from '../observations/observation.ts';
import { bodyText, sheetsOf } from '../observations/sheet.ts';
import type { Office } from '../office.ts';
import { placesBelow, placeSubject } from '../places/queries.ts';
import { standingAfter } from '../rounds/case.ts';
import { mark, type Case } from '../rounds/mark.ts';
import { formerGrades } from '../rounds/former.ts';
import { rounds } from '../rounds/refusals.ts';
import { roundByNo, type Round } from '../rounds/round.ts';
import { factsOf } from '../standards/facts.ts';
import type { WrittenFact } from '../standards/standard.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { keepBooks, openBook, type Book } from './book.ts';
import { countBelow, countedFacts, type Counted } from './counted.ts';
import type { VillageSums } from './household-sums.ts';
import { formerCode, isRepeat, scoreOf, type Score } from './outcome.ts';
import { placeAt } from './run.ts';
import { measured } from './yardstick.ts';
import { ownedByCount, titledOf, writtenFacts, type Titled } from './titled.ts';

/**
 * Rates the villages below `scope`, and the townships if it holds them, from what is confirmed below. What was counted becomes a sheet
 * of the village itself, so a village rating rests on its sheets like any other and can be worked out again years later.
 */
export async function rollUp(office: Office, actor: Actor, given: { readonly round: number; readonly scope?: string }): Promise<{ readonly villages: number; readonly townships: number }> {
  const round = await roundByNo(office.read, given.round);
  const scope = given.scope ?? round.path;
  const leave = may(actor, 'rating.run', placeSubject(await placeAt(office.read, round, scope)));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  const below = await countBelow(office.jobs, round, { scope, day: dayOf(office.clock.now()) });   // It passes by every household: the pages that others look at would be pushed out of the cache of `read`.
  const villages = await rateTitles(office, actor, { round, scope, kind: 'village', below: below.village });
  const townships = await rateTitles(office, actor, { round, scope, kind: 'township', below: below.township });
  return { villages, townships };
}

interface Titles { readonly round: Round; readonly scope: string; readonly kind: 'village' | 'township'; readonly below: VillageSums }

async function rateTitles(office: Office, actor: Actor, { round, scope, kind, below }: Titles): Promise<number> {
  const places = (await placesBelow(office.read, scope, kind)).filter(place => may(actor, 'rating.run', placeSubject(place)) === true);
  if (places.length === 0) return 0;
  const above = placeSubject(await placeAt(office.read, round, scope));
  return inUnit(office, actor, [`round:${round.no}`, `ratings:${round.no}`, ...places.map(place => `household:${place.id}`)], async unit => {
    unit.require('rating.run', above);
    if ((await roundByNo(unit.read, round.no)).closed_on !== null) rounds.refuse('round-closed');
    // What was applied for, and what was named, rests on the figures of that day: see `today` for those of this one.
    const titled = (await titledOf(unit.read, round, places)).filter(({ one }) => standingAfter('title', one.standing, 'rated', one.held > 0) !== undefined);
    const book = await openBook(unit.read, kind === 'village' ? round.village_standard : round.township_standard, unit.day);
    const sheets = await sheetsOf(unit.read, round.no, titled.map(({ one }) => one.subject));
    const counted = await countedFacts(office.jobs, round, titled, book, { below });
    const run = await unit.number('run');
    const fresh = await stageRatings(unit, { round, book, titled, sheets, counted, run });
    if (fresh === 0) return unit.nothingNew(0);
    keepBooks(unit, [book]);
    unit.insert('rating_runs', {
      no: run, id: newId(), round: round.no, scope, kind, phase: 'done', day: unit.day, total: titled.length, done: titled.length, fresh, skipped: 0, after_no: 0,
      beat_at: unit.at, finished_at: unit.at, at: unit.at, by: actorId(unit.actor),
    });
    unit.record({ act: 'rating.rolled-up', power: 'rating.run', subject: above });
    return fresh;
  });
}

interface Staging { readonly round: Round; readonly book: Book; readonly titled: readonly Titled[]; readonly sheets: ReadonlyMap<number, readonly Sheet[]>; readonly counted: Counted; readonly run: number }

async function stageRatings(unit: Unit, { round, book, titled, sheets, counted, run }: Staging): Promise<number> {
  const subjects = titled.map(({ one }) => one.subject);
  const inForce = new Map((await measured(unit.read).join('current_ratings as k', join => join.on('k.round', 'r.round').andOn('k.subject', 'r.subject').andOn('k.revision', 'r.revision'))
    .where('r.round', round.no).whereIn('r.subject', subjects).select<{ subject: number; revision: number; seen: number; standard: string; engine: string; points: number; grade: number; outcome: string }[]>('r.subject', 'r.revision', 'r.sheet as seen', 'y.standard', 'y.engine', 'r.points', 'r.grade', 'r.outcome'))
    .map(row => [Number(row.subject), row]));
  const former = await formerGrades(unit.read, round.no, subjects, book.standard);
  const fresh = new Map<Case, Score & { readonly revision: number }>();
  for (const { one } of titled) {
    const own = sheets.get(one.subject) ?? [];
    const seq = stageSheet(unit, book, one, own, counted.get(one.subject) ?? {});
    const facts = factsOf(book.standard, writtenFacts(book, own, counted.get(one.subject) ?? {}), [], former.get(one.subject));
    const score = scoreOf(book.standard, book.scorer.score(facts));
    const before = inForce.get(one.subject);
    if (before !== undefined && isRepeat(before, score, book, seq)) continue;
    const revision = (before?.revision ?? 0) + 1;
    unit.insert('ratings', { round: round.no, subject: one.subject, revision, run, village: one.village, ...score, sheet: seq, yardstick: book.yardstick, former: formerCode(book.standard, facts) });
    fresh.set(one, { revision, ...score });
  }
  if (fresh.size === 0) return 0;
  unit.change('cases', [...fresh].map(([{ subject }, score]) => ({ round: round.no, subject, ...score })));
  mark(unit, [...fresh.keys()], { mark: 'rated', track: 'title', body: one => ({ revision: fresh.get(one)?.revision }) });
  return fresh.size;
}

/** Keeps what was counted as a sheet of the village, if it is news. Answers the number of the last sheet. */
function stageSheet(unit: Unit, book: Book, one: Case, sheets: readonly Sheet[], counted: Readonly<Record<string, WrittenFact>>): number {
  const last = sheets.at(-1)?.seq ?? 0;
  const known = factsIn(pictureOf(sheets));
  const values = Object.fromEntries(Object.entries(ownedByCount(book, sheets, counted)).filter(([key, fact]) => !sameFact(known[key], fact)));
  if (Object.keys(values).length === 0) return last;
  const seq = last + 1;
  unit.insert('sheets', { round: one.round, subject: one.subject, seq, id: newId(), source: 'computed', base_seq: last, body: bodyText({ ...emptyBody, values }), batch: null, salt: newId(), at: unit.at, by: actorId(unit.actor) });
  unit.change('cases', { round: one.round, subject: one.subject, sheet: seq });
  const rows = Object.entries(values).flatMap(([key, fact]) => { const kept = keptFact(book.coding, book.compiled.slots.get(key) ?? -1, fact); return kept === undefined ? [] : [kept]; });
  unit.put('current_values', rows.map(kept => ({ round: one.round, subject: one.subject, ...kept, sheet: seq })));
  return seq;
}
