import type { Row } from './dialect.ts';
import { tableOf, type TableName } from './tables.ts';
import { keyText, leafOf } from './trace.ts';
import type { Unit } from './unit.ts';

/** Unit-level: rows go; of each that the ledger speaks of, a tombstone with its digest stays, so that the rest can still be proved. Only for acts that `verify` knows as erasing. */
export function bury(unit: Unit, table: TableName, rows: readonly Row[]): void {
  if (rows.length === 0) return;
  const { key, trace } = tableOf(table);
  if (trace === 'rows') unit.insert('tombstones', rows.map(row => ({ about: table, row_key: keyText(table, row), unit: row['unit'] ?? 0, leaf: leafOf(row), at: unit.at })));
  unit.remove(table, rows.map(row => Object.fromEntries(key.map(column => [column, row[column] ?? null]))));
}
