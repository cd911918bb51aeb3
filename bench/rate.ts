import { performance } from 'node:perf_hooks';
import { atConsole } from '../src/access/actor.ts';
import type { Office } from '../src/office.ts';
import { rateRound } from '../src/ratings/rate.ts';
import type { County } from './county.ts';

/** What a whole round costs against reading its values once. Times in milliseconds, memory in bytes. */
export interface RateFigures { readonly oursMs: number; readonly scanMs: number; readonly ratio: number; readonly peakRss: number; readonly rated: number; readonly phases: readonly { readonly what: string; readonly ms: number }[] }

/** The baseline: a bare sum over the same rows, warm, the best of three. */
export async function scanMs(office: Office): Promise<number> {
  let best = Infinity;
  for (let turn = 0; turn < 3; turn++) {
    const start = performance.now();
    await office.jobs('current_values').sum({ sum: 'value' }).first();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Rates every household of a county that `fillCounty` made, stores the ratings, rolls up villages and township. */
export async function benchRate(office: Office, county: County): Promise<RateFigures> {
  const scan = await scanMs(office);
  let peakRss = process.memoryUsage.rss();
  const watch = setInterval(() => { peakRss = Math.max(peakRss, process.memoryUsage.rss()); }, 20);
  const phases: { what: string; ms: number }[] = [];
  const start = performance.now();
  const run = await rateRound(office, atConsole, { round: county.round }, progress => { phases.push({ what: `${progress.phase} ${progress.done}`, ms: performance.now() - start }); });
  const oursMs = performance.now() - start;
  clearInterval(watch);
  return { oursMs, scanMs: scan, ratio: oursMs / scan, peakRss, rated: run.fresh, phases };
}
