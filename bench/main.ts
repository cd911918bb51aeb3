import { performance } from 'node:perf_hooks';
import { tableOf, type Figure } from './figure.ts';
import { rate } from './rows/rate.ts';
import { importing } from './rows/import.ts';
import { saving } from './rows/save.ts';
import { pages } from './rows/pages.ts';
import { simulate } from './rows/simulate.ts';
import { evaluate } from './rows/evaluate.ts';
import { starting } from './rows/start.ts';

/** `npm run bench [-- name…]`: each row against a baseline of the same run, on the default database; nothing outside a scratch folder is touched. */
const rows: Readonly<Record<string, () => Promise<readonly Figure[]>>> = { start: starting, pages, save: saving, import: importing, evaluate, rate, simulate };

const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !(name in rows));
if (unknown.length > 0) {
  process.stderr.write(`no such bench: ${unknown.join(', ')}; there are ${Object.keys(rows).join(', ')}\n`);
  process.exit(2);
}
const figures: Figure[] = [];
const start = performance.now();
for (const [name, run] of Object.entries(rows)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`… ${name} (${((performance.now() - start) / 1_000).toFixed(0)} s)\n`);
  try { figures.push(...await run()); } catch (error) {   // One that fails does not cost the others their figures.
    figures.push({ what: name, ours: 'failed', baseline: error instanceof Error ? error.message : String(error), wanted: '', isMet: false });
    process.exitCode = 1;
  }
}
process.stdout.write(`\n${tableOf(figures)}\n\nSQLite, synchronous=FULL, Node ${process.versions.node}, ${((performance.now() - start) / 1_000).toFixed(0)} s. Ratios hold within one run; between machines only ratios compare.\n`);
