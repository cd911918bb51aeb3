import { clockwork } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { isUnderWay, simulate } from './simulate.ts';
import { underWay } from './simulation.ts';

const silentMs = 60_000;

/** Scenarios that nobody counts any more, because the machine stopped, are taken up by the clock. One that fails says so on its page and keeps no other from its turn. */
export async function resumeSimulations(office: Office, stop?: AbortSignal): Promise<void> {
  const now = Date.parse(office.clock.now());
  const failures: unknown[] = [];
  for (const one of await underWay(office.read)) {
    stop?.throwIfAborted();
    if (isUnderWay(office, one.id) || now - Date.parse(one.beat_at) < silentMs) continue;
    try { await simulate(office, clockwork, one.id); } catch (error) { failures.push(error); }
  }
  if (failures.length > 0) throw failures[0];
}
