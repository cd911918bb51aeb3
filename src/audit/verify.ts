import type { Office } from '../office.ts';
import type { Entry } from '../store/chain.ts';
import { checks, type Check } from './checks.ts';
import { walkChains } from './chains.ts';
import { compareRows } from './rows.ts';
import type { Finding, Verified } from './verified.ts';

const mostFindings = 200;

/** How far a walk is: `done` of `all` entries, twice (first the chains, then the rows behind them). */
export type Say = (progress: { readonly done: number; readonly all: number }) => void;

/**
 * Walks every chain of the ledger, recomputes the digests of all rows the entries speak of, and runs the checks of the areas.
 * Reads only, on the handle for long readers. Everything wrong is named by its exact place.
 */
export async function verify(office: Pick<Office, 'jobs' | 'clock'>, say: Say = () => undefined, extra: readonly Check[] = checks): Promise<Verified> {
  const startedAt = office.clock.now();
  const findings: Finding[] = [];
  let more = 0;
  const find = (finding: Finding): void => { if (findings.length < mostFindings) findings.push(finding); else more++; };
  const counted: { n?: number | string } | undefined = await office.jobs('ledger').count({ n: '*' }).first();
  const all = Number(counted?.n ?? 0) * 2;
  let done = 0;
  const step = (entries: readonly Pick<Entry, 'seq'>[]): void => { done += entries.length; say({ done, all }); };

  const chains = await walkChains(office.jobs, find, step);
  const { rows, erased, erasures } = await compareRows(office.jobs, find, step);
  const told: Verified['checks'][number][] = [];
  for (const check of extra) {
    const { looked, wrong } = await check.run(office.jobs);
    for (const about of wrong) find({ what: 'check', chain: '', seq: 0, why: 'differs', about });
    told.push({ title: check.title, looked, wrong: wrong.length });
  }
  return { startedAt, finishedAt: office.clock.now(), chains, entries: Math.round(all / 2), rows, erased, erasures, checks: told, findings, more };
}
