import type { Knex } from 'knex';
import { actorId, type Actor } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import type { Day, Instant } from '../kit/time.ts';
import type { Office } from '../office.ts';
import type { Place } from '../places/place.ts';
import { placeSubject, placesBelow } from '../places/queries.ts';
import { standingAfter, standings } from '../rounds/case.ts';
import { rounds } from '../rounds/refusals.ts';
import { roundByNo, type Round } from '../rounds/round.ts';
import { inUnit } from '../store/unit.ts';
import { ratings } from './refusals.ts';

export const runPhases = { rating: '正在算分', done: '算完了', stopped: '停下了' } as const;
export type RunPhase = keyof typeof runPhases;

/** One calculation over a round or a part of it. `after_no` is where it goes on if the machine stops. */
export interface Run {
  readonly no: number; readonly id: string; readonly round: number; readonly scope: string; readonly kind: 'household' | 'village' | 'township'; readonly phase: RunPhase; readonly day: Day;
  readonly total: number; readonly done: number; readonly fresh: number; readonly skipped: number; readonly after_no: number;
  readonly beat_at: Instant; readonly finished_at: Instant | null; readonly at: Instant; readonly by: string;
}
export const runColumns = ['no', 'id', 'round', 'scope', 'kind', 'phase', 'day', 'total', 'done', 'fresh', 'skipped', 'after_no', 'beat_at', 'finished_at', 'at', 'by'] as const;

/** Standings in which a household is rated anew by a run; later ones are decided and only reopened one by one. */
export const rateable = standings.filter(standing => standingAfter('household', standing, 'rated', false) !== undefined);

export async function runById(read: Knex, id: string): Promise<Run> {
  const row: Run | undefined = await read('rating_runs').where({ id }).first(...runColumns);
  return row ?? common.refuse('not-found');
}

/** Runs of households, newest first. */
export const runsOf = (read: Knex, round: number): Promise<readonly Run[]> => read('rating_runs').where({ round, kind: 'household' }).orderBy('no', 'desc').limit(20).select<Run[]>(...runColumns);

/** Starts a run over a round or the part of it below `scope`; nothing is rated yet. A run already under way over the same part is answered again. */
export async function openRun(office: Office, actor: Actor, given: { readonly round: number; readonly scope?: string }): Promise<Run> {
  return inUnit(office, actor, [`round:${given.round}`, `ratings:${given.round}`], async unit => {
    const round = await roundByNo(unit.read, given.round);
    const scope = given.scope ?? round.path;
    const place = await placeAt(unit.read, round, scope);
    const subject = placeSubject(place);
    unit.require('rating.run', subject);
    if (round.closed_on !== null) rounds.refuse('round-closed');
    const open: Run[] = await unit.read('rating_runs').where({ round: round.no, kind: 'household', phase: 'rating' }).select(...runColumns);
    const same = open.find(run => run.scope === scope);
    if (same !== undefined) return unit.nothingNew(same);
    const other = open.find(run => run.scope.startsWith(scope) || scope.startsWith(run.scope));
    if (other !== undefined) ratings.refuse('run-under-way', { run: other.id, place: (await placeAt(unit.read, round, other.scope)).name });
    const villages = await villagesIn(unit.read, round, scope);
    const row: { n: number | string } | undefined = await casesIn(unit.read, round.no, villages).count({ n: '*' }).first();
    const total = Number(row?.n ?? 0);
    if (total === 0) ratings.refuse('nothing-to-rate');
    const run: Run = {
      no: await unit.number('run'), id: newId(), round: round.no, scope, kind: 'household', phase: 'rating', day: unit.day,
      total, done: 0, fresh: 0, skipped: 0, after_no: 0, beat_at: unit.at, finished_at: null, at: unit.at, by: actorId(actor),
    };
    unit.insert('rating_runs', { ...run });
    unit.record({ act: 'rating.started', power: 'rating.run', subject });
    return run;
  });
}

/** Stops a run that is under way: what it had computed is never swapped in. */
export async function stopRun(office: Office, actor: Actor, id: string): Promise<void> {
  await inUnit(office, actor, [`run:${id}`], async unit => {
    const run = await runById(unit.read, id);
    const subject = placeSubject(await placeAt(unit.read, await roundByNo(unit.read, run.round), run.scope));
    unit.require('rating.run', subject);
    if (run.phase !== 'rating') return unit.nothingNew(undefined);
    unit.change('rating_runs', { no: run.no, phase: 'stopped', finished_at: unit.at });
    unit.record({ act: 'rating.stopped', power: 'rating.run', subject });
    return undefined;
  });
}

/** The place a scope names: the round's own, or one below it. */
export async function placeAt(read: Knex, round: Pick<Round, 'path'>, scope: string): Promise<Place> {
  const place: Place | undefined = scope.startsWith(round.path) ? await read('places').where({ path: scope }).first('no', 'id', 'kind', 'code', 'name', 'parent_no', 'path', 'sort', 'since', 'until', 'successor_no', 'hidden') : undefined;
  return place ?? common.refuse('not-found');
}

/** Villages a scope covers; undefined for the whole round, which needs no list. */
export async function villagesIn(read: Knex, round: Pick<Round, 'path'>, scope: string): Promise<readonly number[] | undefined> {
  return scope === round.path ? undefined : (await placesBelow(read, scope, 'village')).map(place => place.no);
}

/** Cases of households that a run takes. */
export function casesIn(read: Knex, round: number, villages: readonly number[] | undefined): Knex.QueryBuilder {
  const query = read('cases as c').join('households', 'households.no', 'c.subject').where('c.round', round).whereIn('c.standing', rateable);
  return villages === undefined ? query : query.whereIn('c.village', [...villages]);
}

/** What must be settled while a case is decided: the household itself, and its case in the round. */
export const caseKeys = (round: number, subject: { readonly subject: number; readonly id: string }): readonly string[] => [`household:${subject.id}`, `case:${round}:${subject.subject}`];
