import { performance } from 'node:perf_hooks';
import { atConsole } from '../../src/access/actor.ts';
import { households } from '../../src/exchange/cargoes/households.ts';
import { csv } from '../../src/exchange/formats/csv.ts';
import { load } from '../../src/exchange/import.ts';
import { newId } from '../../src/kit/id.ts';
import { today } from '../../src/kit/time.ts';
import { openScratch } from '../scratch.ts';
import type { Imported } from './import-values.ts';

/** Loads a register of households and their members, every row checked, numbers sealed. */
export default async function importRegister({ dataDir, file }: { readonly dataDir: string; readonly file: string }): Promise<Imported> {
  const office = await openScratch(dataDir);
  const start = performance.now();
  const asked = { office, actor: atConsole, day: today(office.clock), importId: newId(), settings: {} };
  const report = await load(asked, households, { format: csv, source: { path: file }, fileName: 'register.csv' });
  if (report.left > 0) process.stderr.write(`${JSON.stringify(report.faults.slice(0, 3))}\n`);
  return { ms: performance.now() - start, rows: report.rows, left: report.left, peakBytes: process.resourceUsage().maxRSS * 1_024 };
}
