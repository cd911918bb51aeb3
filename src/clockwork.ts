import { parse, schedule, type ScheduledTask } from 'node-cron';
import { newId } from './kit/id.ts';
import { addMinutes, type Instant } from './kit/time.ts';
import type { Log } from './log.ts';
import type { Office } from './office.ts';
import { doneFor, dropLease, endLease, renewLease, takeLease } from './store/lease.ts';
import type { Job } from './web/area.ts';

/** China's clock: eight hours ahead, all year. */
const chinaMs = 8 * 60 * 60_000;
/** A night missed because the machine was off is made up for; what was missed longer ago has been overtaken. */
const catchUpMinutes = 8 * 24 * 60;
/** How long a job stays with a process that says nothing more, because it died or its machine sleeps. While it runs, it says so four times as often. */
const leaseMinutes = 60;

export interface Clockwork {
  /** Runs what is due and not yet done, this once. Resolves when it has run. */
  beat(): Promise<void>;
  start(): void;
  close(): Promise<void>;
}

/** The jobs of the areas by the clock: each due time once, whichever process is first, and never two of one job at a time. */
export function openClockwork(office: Office, jobs: readonly Job[], log: Pick<Log, 'info' | 'error'>, { leaseMs = leaseMinutes * 60_000 } = {}): Clockwork {
  const holder = newId();
  const timed = jobs.map(job => ({ job, lastDue: lastDueOf(job.cron) }));
  let beating: Promise<void> | undefined;
  let ticker: ScheduledTask | undefined;
  const closing = new AbortController();

  async function round(): Promise<void> {
    const now = office.clock.now();
    const due = timed.flatMap(({ job, lastDue }) => { const at = lastDue(now); return at === undefined ? [] : [{ job, name: job.name, due: at }]; });
    const done = await doneFor(office.store.write, due, now);
    for (const one of due) if (!closing.signal.aborted && one.due > (done.get(one.name) ?? '')) await runOnce(one.job, one.due);
  }

  async function runOnce(job: Job, due: Instant): Promise<void> {
    const { name } = job;
    const now = office.clock.now();
    if (!await takeLease(office.store.write, { name, holder, now, until: later(now), due })) return;
    const hold = holdOn(name);
    const stop = AbortSignal.any([closing.signal, hold.lost]);
    log.info({ job: name, due }, 'job begins');
    try {
      await job.run(office, stop);
      log.info({ job: name, due }, 'job done');
    } catch (error) {
      // It comes again at its next time; trying every minute would hide the cause and load the machine.
      if (!stop.aborted) log.error({ job: name, due, error }, 'job failed');
    }
    await hold.release();
    if (hold.lost.aborted) log.error({ job: name, due }, 'job is with another process now');
    else if (closing.signal.aborted) await dropLease(office.store.write, { name, holder, now: office.clock.now() });   // the next start makes up for it
    else await endLease(office.store.write, { name, holder, now: office.clock.now(), due });
  }

  /** Renews the lease while its job runs. A renewal that the disk refuses is tried again with the next; that it is somebody else's ends the job. */
  function holdOn(name: string): { readonly lost: AbortSignal; release(): Promise<void> } {
    const losing = new AbortController();
    let renewing: Promise<void> = Promise.resolve();
    const renew = async (): Promise<void> => {
      try { if (!await renewLease(office.store.write, { name, holder, until: later(office.clock.now()) })) losing.abort(); } catch (error) { log.error({ job: name, error }, 'lease'); }
    };
    const timer = setInterval(() => { renewing = renewing.then(renew); }, leaseMs / 4);
    return { lost: losing.signal, async release() { clearInterval(timer); await renewing; } };
  }

  const later = (now: Instant): Instant => addMinutes(now, leaseMs / 60_000);

  const beat = (): Promise<void> => {
    beating ??= round().finally(() => { beating = undefined; });
    return beating;
  };
  const beatAndTell = (): void => { beat().catch((error: unknown) => { if (!closing.signal.aborted) log.error({ error }, 'clockwork'); }); };
  return {
    beat,
    start() { ticker = schedule('* * * * *', beatAndTell, { noOverlap: true }); beatAndTell(); },
    async close() {
      closing.abort();
      await ticker?.destroy();
      await beating?.catch(() => undefined);
    },
  };
}

/**
 * The last time up to now, to the minute, at which a job was to run. The rule is read by node-cron; its minutes are tried here,
 * by whole numbers, since node-cron's own way with dates would hold up the first pages for half a second.
 */
function lastDueOf(cron: string): (now: Instant) => Instant | undefined {
  const minuteMs = 60_000;
  const rule = parse(cron);
  const [minutes, hours, days, months, weekdays] = [rule.minute, rule.hour, rule.dayOfMonth, rule.month, rule.dayOfWeek].map(field => new Set<unknown>(field));
  return now => {
    const last = Math.floor(Date.parse(now) / minuteMs) * minuteMs;
    for (let time = last; time > last - catchUpMinutes * minuteMs; time -= minuteMs) {
      const there = new Date(time + chinaMs);
      if (minutes?.has(there.getUTCMinutes()) && hours?.has(there.getUTCHours()) && days?.has(there.getUTCDate()) && months?.has(there.getUTCMonth() + 1) && weekdays?.has(there.getUTCDay())) return new Date(time).toISOString();
    }
    return undefined;
  };
}
