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
 * Reads only, on the handle for long readers, and sees one moment: acts go on meanwhile, and one of them must never look like a forgery.
 * Everything wrong is named by its exact place.
 */
export const verify = (office: Pick<Office, 'clock' | 'store'>, say: Say = () => undefined, extra: readonly Check[] = checks): Promise<Verified> =>
  office.store.survey(read => walk({ read, clock: office.clock }, say, extra));

async function walk({ read, clock }: { readonly read: Office['jobs']; readonly clock: Office['clock'] }, say: Say, extra: readonly Check[]): Promise<Verified> {
  const startedAt = clock.now();
  const findings: Finding[] = [];
  let more = 0;
  const find = (finding: Finding): void => { if (findings.length < mostFindings) findings.push(finding); else more++; };
  const counted: { n?: number | string } | undefined = await read('ledger').count({ n: '*' }).first();
  const all = Number(counted?.n ?? 0) * 2;
  let done = 0;
  const step = (entries: readonly Pick<Entry, 'seq'>[]): void => { done += entries.length; say({ done, all }); };

  const chains = await walkChains(read, find, step);
  const { rows, erased, erasures } = await compareRows(read, find, step);
  const told: Verified['checks'][number][] = [];
  for (const check of extra) {
    const { looked, wrong } = await check.run(read);
    for (const about of wrong) find({ what: 'check', chain: '', seq: 0, why: 'differs', about });
    told.push({ title: check.title, looked, wrong: wrong.length });
  }
  return { startedAt, finishedAt: clock.now(), chains, entries: Math.round(all / 2), rows, erased, erasures, checks: told, findings, more };
}
