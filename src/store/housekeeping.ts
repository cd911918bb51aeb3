import type { Row } from './dialect.ts';
import { tableOf, type TableName } from './tables.ts';
import type { Desk } from './unit.ts';

/** Tables that hold the office's own running state: nothing about anybody, nothing decided, hence no ledger entry. */
const tables: readonly TableName[] = ['sessions', 'leases', 'rating_runs', 'simulations', 'settings'];

/** The one exception to "no write outside a unit": last-seen times, leases, progress of a job. */
export async function keepHouse(desk: Pick<Desk, 'writer'>, kind: 'put' | 'remove' | 'change', table: (typeof tables)[number], rows: readonly Row[]): Promise<void> {
  if (!tables.includes(table)) throw new Error(`${table} is written by acts only`);
  if (kind === 'change') await desk.writer.commit({ ops: [{ kind, table, rows, columns: Object.keys(rows[0] ?? {}).filter(column => !tableOf(table).key.includes(column)) }], entries: [] });
  else await desk.writer.commit({ ops: [{ kind, table, rows }], entries: [] });
}
