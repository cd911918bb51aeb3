import { createReadStream } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { atConsole } from '../../src/access/actor.ts';
import { csv } from '../../src/exchange/formats/csv.ts';
import { loadValues } from '../../src/observations/load.ts';
import { openScratch } from '../scratch.ts';

export interface Imported { readonly ms: number; readonly rows: number; readonly left: number; readonly peakBytes: number }

/** Loads a file of observations, every row checked, as the office does it. */
export default async function importValues({ dataDir, file }: { readonly dataDir: string; readonly file: string }): Promise<Imported> {
  const office = await openScratch(dataDir);
  const start = performance.now();
  const report = await loadValues(office, atConsole, {
    round: 1, source: 'paper',
    file: { fileName: 'values.csv', pieces: () => createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>, table: columns => csv.read({ path: file }, columns) },
  });
  return { ms: performance.now() - start, rows: report.values, left: report.left.length + report.problemCount, peakBytes: process.resourceUsage().maxRSS * 1_024 };
}
