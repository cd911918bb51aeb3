import { createTask, schedule, type ScheduledTask } from 'node-cron';
import { newId } from './kit/id.ts';
import { addMinutes, type Instant } from './kit/time.ts';
import type { Log } from './log.ts';
import type { Office } from './office.ts';
import { doneFor, endLease, takeLease } from './store/lease.ts';
import type { Job } from './web/area.ts';

const timezone = 'Asia/Shanghai';
/** A night missed because the machine was off is made up for; what was missed longer ago has been overtaken. */
const catchUpMinutes = 8 * 24 * 60;
const leaseMinutes = 60;

export interface Clockwork {
  /** Runs what is due and not yet done, this once. Resolves when it has run. */
  beat(): Promise<void>;
  start(): void;
  close(): Promise<void>;
}

/** The jobs of the areas by the clock: each due time once, whichever process is first, and never two of one job at a time. */
export function openClockwork(office: Office, jobs: readonly Job[], log: Pick<Log, 'info' | 'error'>): Clockwork {
  const holder = newId();
  const timed = jobs.map(job => ({ job, lastDue: lastDueOf(createTask(job.cron, () => undefined, { timezone })) }));
  let beating: Promise<void> | undefined;
  let ticker: ScheduledTask | undefined;
  let ended = false;

  async function round(): Promise<void> {
    const now = office.clock.now();
    const due = timed.flatMap(({ job, lastDue }) => { const at = lastDue(now); return at === undefined ? [] : [{ job, name: job.name, due: at }]; });
    const done = await doneFor(office.store.write, due, now);
    for (const one of due) if (!ended && one.due > (done.get(one.name) ?? '')) await runOnce(one.job, one.due);
  }

  async function runOnce(job: Job, due: Instant): Promise<void> {
    const now = office.clock.now();
    if (!await takeLease(office.store.write, { name: job.name, holder, now, until: addMinutes(now, leaseMinutes), due })) return;
    log.info({ job: job.name, due }, 'job begins');
    try {
      await job.run(office);
      log.info({ job: job.name, due }, 'job done');
    } catch (error) {
      // It comes again at its next time; trying every minute would hide the cause and load the machine.
      log.error({ job: job.name, due, error }, 'job failed');
    }
    await endLease(office.store.write, { name: job.name, holder, now: office.clock.now(), due });
  }

  const beat = (): Promise<void> => {
    beating ??= round().finally(() => { beating = undefined; });
    return beating;
  };
  const beatAndTell = (): void => { beat().catch((error: unknown) => { if (!ended) log.error({ error }, 'clockwork'); }); };
  return {
    beat,
    start() { ticker = schedule('* * * * *', beatAndTell, { timezone, noOverlap: true }); beatAndTell(); },
    async close() {
      ended = true;
      await ticker?.destroy();
      await beating?.catch(() => undefined);
    },
  };
}

/**
 * The last time up to now, to the minute, at which a job was to run. Asking for a minute costs a twentieth of a millisecond,
 * so each is asked for once: what was found is kept, and the next beat looks only at the minutes since.
 */
function lastDueOf(task: Pick<ScheduledTask, 'match'>): (now: Instant) => Instant | undefined {
  const minuteMs = 60_000;
  let known: { readonly upTo: number; readonly due: Instant | undefined } | undefined;
  return now => {
    const last = Math.floor(Date.parse(now) / minuteMs) * minuteMs;
    const kept = known !== undefined && known.upTo <= last ? known : undefined;   // A clock that was set back is asked anew.
    known = { upTo: last, due: search(last, Math.max(kept?.upTo ?? -Infinity, last - catchUpMinutes * minuteMs)) ?? kept?.due };
    return known.due;
  };

  function search(last: number, before: number): Instant | undefined {
    for (let time = last; time > before; time -= minuteMs) if (task.match(new Date(time))) return new Date(time).toISOString();
    return undefined;
  }
}
