/** One row of the table: what is measured, ours, what it is held against, and the wish. `ratio` is undefined where the figure itself is the wish (memory, milliseconds). */
export interface Figure {
  readonly what: string;
  readonly ours: string;
  readonly baseline: string;
  readonly ratio?: number;
  readonly wanted: string;
  readonly isMet: boolean;
}

/** A ratio that must not be larger than `most`. */
export const atMost = (row: Omit<Figure, 'wanted' | 'isMet'> & { readonly ratio: number }, most: number): Figure => ({ ...row, wanted: `≤ ${most}`, isMet: row.ratio <= most });
/** A ratio that must not be smaller than `least`. */
export const atLeast = (row: Omit<Figure, 'wanted' | 'isMet'> & { readonly ratio: number }, least: number): Figure => ({ ...row, wanted: `≥ ${least}`, isMet: row.ratio >= least });
/** A figure with its unit that must stay below a bound of its own. */
export const below = (what: string, value: number, unit: string, most: number): Figure => ({ what, ours: `${round(value)} ${unit}`, baseline: '', wanted: `< ${most} ${unit}`, isMet: value < most });

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower = NaN, upper = NaN] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (lower + upper) / 2;
};
export const percentile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`;
export const perSecond = (value: number): string => `${thousands(value)}/s`;
export const thousands = (value: number): string => Math.round(value).toLocaleString('en').replaceAll(',', ' ');
const round = (value: number): string => value >= 100 ? value.toFixed(0) : value.toFixed(1);

/** The rows as a plain table; a row below its wish ends with ✗. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [['what', 'ours', 'baseline', 'ratio', 'wanted', ''], ...figures.map(row => [row.what, row.ours, row.baseline, row.ratio?.toFixed(2) ?? '', row.wanted, row.isMet ? '' : '✗'])];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows.map((row, at) => {
    const line = row.map((cell, column) => column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)).join('  ').trimEnd();
    return at === 0 ? `${line}\n${widths.map(width => '─'.repeat(width)).join('  ').trimEnd()}` : line;
  }).join('\n');
}
