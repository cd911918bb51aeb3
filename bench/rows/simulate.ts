import { runApart } from '../apart.ts';
import { atMost, below, seconds, type Figure } from '../figure.ts';
import type { Filled } from '../pieces/fill.ts';
import type { Simulated } from '../pieces/simulate.ts';
import { inScratch } from '../scratch.ts';

const township = { villages: 100, households: 200, values: 30 };
const county = { villages: 1_250, households: 200, values: 30 };

/** What-if: a slider over a township, and a draft over a county with every household that changes kept, against rating that round. */
export const simulate = async (): Promise<readonly Figure[]> => {
  const slid = await measured(township);
  const kept = await measured(county);
  return [
    below(`a slider over ${words(slid.households)} households, ${words(slid.slidFlips)} change`, slid.slideMs / 1_000, 's', 1),
    atMost({ what: `try a draft on ${words(kept.households)} households, ${words(kept.flips)} changes kept`, ours: seconds(kept.simulateMs), baseline: `${seconds(kept.rateMs)} to rate the round`, ratio: kept.simulateMs / kept.rateMs }, 2),
    below('  its peak memory', kept.peakBytes / 1e6, 'MB', 400),
  ];
};

/** The draft is counted in a process that has done nothing else, so that its memory is its own. */
const measured = (size: typeof township): Promise<Simulated> => inScratch(async dataDir => {
  const { county: made } = await runApart<object, Filled>('./pieces/fill.ts', { dataDir, size });
  const { rateMs } = await runApart<object, Pick<Simulated, 'rateMs'>>('./pieces/simulate.ts', { dataDir, county: made, what: 'rate' });
  return { ...await runApart<object, Omit<Simulated, 'rateMs'>>('./pieces/simulate.ts', { dataDir, county: made, what: 'try' }), rateMs };
});

const words = (n: number): string => n.toLocaleString('en').replaceAll(',', ' ');
