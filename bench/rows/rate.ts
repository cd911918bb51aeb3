import { Agent, get } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { runApart, startApart } from '../apart.ts';
import { atMost, below, percentile, seconds, type Figure } from '../figure.ts';
import type { Filled } from '../pieces/fill.ts';
import type { RateSaid } from '../pieces/rate-office.ts';
import { inScratch } from '../scratch.ts';

const size = { villages: 500, households: 200, values: 30 };
const warm = 60;

/** A round of 100 000 households, and the pages that people open meanwhile. */
export const rate = (): Promise<readonly Figure[]> => inScratch(async dataDir => {
  const { county, staff } = await runApart<object, Filled>('./pieces/fill.ts', { dataDir, size });
  const office = startApart<object, RateSaid>('./pieces/rate-office.ts', { dataDir, county });
  try {
    const opened = await office.next();
    if (!('port' in opened)) throw new Error('the office says its port first');
    const pages = new Pages(opened.port, staff.committees.map(clerk => clerk.cookie));
    for (let n = 0; n < warm; n++) await pages.ask(n);   // A round is rated in an office at work: how the first pages after a start fare is the start's business.
    pages.took.length = 0;
    office.go();
    const rated = office.next();
    await pages.until(rated);
    const said = await rated;
    if ('port' in said) throw new Error('the office says its port once');
    return [
      atMost({ what: `rate ${county.households.toLocaleString('en').replace(',', ' ')} households × ${county.values} values`, ours: seconds(said.oursMs), baseline: `${seconds(said.scanMs)} select sum(value)`, ratio: said.ratio }, 8),
      below('  its peak memory', said.peakBytes / 1e6, 'MB', 350),
      below(`  pages meanwhile, p99 of ${pages.took.length}`, percentile(pages.took, 0.99), 'ms', 100),
    ];
  } finally { await office.stop(); }
});

/** One page of fifty households every fiftieth of a second, whether or not the last one has come: each village's clerk looks at the own village, in turn. */
class Pages {
  readonly took: number[] = [];
  readonly #port: number;
  readonly #cookies: readonly string[];
  readonly #agent = new Agent({ keepAlive: true });
  constructor(port: number, cookies: readonly string[]) { this.#port = port; this.#cookies = cookies; }

  async until(end: Promise<unknown>): Promise<void> {
    let isOver = false;
    const over = end.finally(() => { isOver = true; }).catch(() => undefined);
    const asked: Promise<void>[] = [];
    for (let n = 0; !isOver; n++) { asked.push(this.ask(n)); await Promise.race([pause(20), over]); }
    await Promise.all(asked);
    this.#agent.destroy();
  }

  ask(n: number): Promise<void> {
    const start = performance.now();
    return new Promise((done, failed) => {
      get({ port: this.#port, path: `/households?village=${100 + n % size.villages}`, agent: this.#agent, headers: { cookie: this.#cookies[n % size.villages] } }, answer => {
        if (answer.statusCode !== 200) failed(new Error(`a page said ${answer.statusCode}`));
        answer.on('end', () => { this.took.push(performance.now() - start); done(); }).resume();
      }).on('error', failed);
    });
  }
}
