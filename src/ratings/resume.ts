import { clockwork } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { goOn, isUnderWay } from './rate.ts';
import { recheckRatings } from './recheck.ts';
import { rollUp } from './rollup.ts';
import type { Run } from './run.ts';

const silentMs = 60_000;

/** Runs that nobody works on any more, because the machine stopped, are carried on by the clock. One that cannot go on never keeps the others; it is told at the end. */
export async function resumeRuns(office: Office, stop?: AbortSignal): Promise<void> {
  const now = Date.parse(office.clock.now());
  const open: Pick<Run, 'id' | 'beat_at'>[] = await office.read('rating_runs').where({ phase: 'rating' }).orderBy('no').select('id', 'beat_at');
  const failures: unknown[] = [];
  for (const run of open) {
    stop?.throwIfAborted();
    if (isUnderWay(office, run.id) || now - Date.parse(run.beat_at) < silentMs) continue;
    try { await goOn(office, clockwork, run.id); } catch (error) { failures.push(error); }
  }
  if (failures.length > 0) throw failures[0];
}

/** Every night the villages and townships of open rounds are counted again: approvals of the day show in the morning. */
export async function countNightly(office: Office, stop?: AbortSignal): Promise<void> {
  const open: { no: number }[] = await office.read('rounds').whereNull('closed_on').orderBy('no').select('no');
  for (const round of open) {
    stop?.throwIfAborted();
    await rollUp(office, clockwork, { round: Number(round.no) });
  }
}

const sample = 50;

/** Every night one in fifty kept ratings is worked out again; a difference is a fault of ours and fails the job loudly. */
export async function recheckNightly(office: Office, stop?: AbortSignal): Promise<void> {
  const { wrong } = await office.store.survey(jobs => recheckRatings({ jobs }, { every: sample, stop }));
  const [first] = wrong;
  if (first !== undefined) throw new Error(`${wrong.length} kept ratings do not recompute, first round ${first.round} subject ${first.subject} revision ${first.revision}`);
}
