import { hash } from 'node:crypto';
import { canonical } from '../kit/canonical.ts';
import type { Row } from './dialect.ts';
import { tableOf, type TableName } from './tables.ts';

export const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** The text of a row's key, in the key's own order. */
export const keyText = (table: TableName, row: Row): string => tableOf(table).key.map(column => String(row[column])).join('|');

/** One row of a `rows` table as a leaf. Columns that are null count as absent, so that a later column changes no old leaf. */
export function leafOf(row: Row): string {
  const present: Record<string, string | number> = {};
  for (const [column, value] of Object.entries(row)) if (value !== null && value !== undefined) present[column] = value;
  return sha256(canonical(present));
}

/** The digest a ledger entry keeps over all rows a unit wrote to one table. */
export function digestOf(table: TableName, rows: readonly Row[]): string {
  const keyed = inKeyOrder(table, rows);
  if (tableOf(table).trace === 'rows') return leavesDigest(keyed.map(leafOf));
  const columns = Object.keys(keyed[0] ?? {}).sort();
  return sha256(JSON.stringify(keyed.map(row => (sameColumns(row, columns) ? columns : Object.keys(row).sort()).map(column => row[column] ?? null))));
}

function inKeyOrder(table: TableName, rows: readonly Row[]): readonly Row[] {
  if (rows.length < 2) return rows;
  const keyed = rows.map(row => ({ key: keyText(table, row), row }));
  return keyed.sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0).map(({ row }) => row);
}

function sameColumns(row: Row, columns: readonly string[]): boolean {
  let count = 0;
  for (const _ in row) count++;
  return count === columns.length && columns.every(column => column in row);
}

export const leavesDigest = (leaves: readonly string[]): string => sha256(leaves.join(''));
