import { hash } from 'node:crypto';
import { canonical } from '../kit/canonical.ts';
import type { Row } from './dialect.ts';
import { packed } from './packed.ts';
import { tableOf, type TableName } from './tables.ts';

export const sha256 = (text: string): string => hash('sha256', text, 'hex');
export const sha256Bytes = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');

/** The text of a row's key, in the key's own order. */
export const keyText = (table: TableName, row: Row): string => tableOf(table).key.map(column => String(row[column])).join('|');

/** One row of a `rows` table as a leaf. Columns that are null count as absent, so that a later column changes no old leaf. */
export function leafOf(row: Row): string {
  const present: Record<string, string | number> = {};
  for (const column of Object.keys(row).sort()) {
    const value = row[column];
    if (value !== null && value !== undefined) present[column] = value;
  }
  return sha256(JSON.stringify(present));   // Canonical already: plain values, in the order of their names.
}

/** The digest a ledger entry keeps over all rows a unit wrote to one table. */
export function digestOf(table: TableName, rows: readonly Row[]): string {
  if (tableOf(table).trace === 'rows') return leavesDigest(inTextOrder(table, rows).map(leafOf));
  const { same, columns, lists } = packed(inKeyOrder(table, rows));
  return sha256(`${canonical(same)}\n${columns.join()}\n${lists}`);
}

/** The order of tombstones, which keep no more than the text of a key. */
function inTextOrder(table: TableName, rows: readonly Row[]): readonly Row[] {
  if (rows.length < 2) return rows;
  const keyed = rows.map(row => ({ key: keyText(table, row), row }));
  return keyed.sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0).map(({ row }) => row);
}

/** The order in which jobs write anyway: most often nothing is to be done. */
function inKeyOrder(table: TableName, rows: readonly Row[]): readonly Row[] {
  const { key } = tableOf(table);
  return rows.every((row, at) => at === 0 || compared(key, rows[at - 1] ?? row, row) <= 0) ? rows : rows.toSorted((a, b) => compared(key, a, b));
}

function compared(key: readonly string[], a: Row, b: Row): number {
  for (const column of key) {
    const one = a[column] ?? '';
    const other = b[column] ?? '';
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

export const leavesDigest = (leaves: readonly string[]): string => sha256(leaves.join(''));
