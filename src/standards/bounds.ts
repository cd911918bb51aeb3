/** Bounds that say for themselves whether they are open: `atLeast`/`atMost` include the number, `above`/`below` do not. */
export interface Bounds { readonly atLeast?: number; readonly above?: number; readonly atMost?: number; readonly below?: number }

/** Whole numbers from `from` to `to`, both included. */
export interface Span { readonly from: number; readonly to: number }

/** Every compact value is an integer, so an open bound is the next integer inside. `scale` is how many integers make one written unit. */
export function spanOf(bounds: Bounds, scale: number): Span {
  const from = bounds.atLeast !== undefined ? Math.round(bounds.atLeast * scale) : bounds.above !== undefined ? Math.round(bounds.above * scale) + 1 : -Infinity;
  const to = bounds.atMost !== undefined ? Math.round(bounds.atMost * scale) : bounds.below !== undefined ? Math.round(bounds.below * scale) - 1 : Infinity;
  return { from, to };
}

export const holds = (span: Span, value: number): boolean => value >= span.from && value <= span.to;

/** What is wrong between spans that must cover `whole` once each; values are given in written units. */
export function coverage(spans: readonly Span[], whole: Span): { gaps: Span[]; overlaps: (readonly [number, number])[] } {
  const order = spans.map((span, at) => ({ span, at })).filter(entry => entry.span.from <= entry.span.to).sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to);
  const gaps: Span[] = [];
  const overlaps: (readonly [number, number])[] = [];
  let next = whole.from;
  let last = -1;
  for (const { span, at } of order) {
    if (span.from > next) gaps.push({ from: next, to: span.from - 1 });
    if (last >= 0 && span.from < next) overlaps.push([last, at]);
    if (span.to + 1 > next) { next = span.to + 1; last = at; }
    if (last < 0) last = at;
  }
  if (next <= whole.to && next !== Infinity) gaps.push({ from: next, to: whole.to });
  return { gaps, overlaps };
}

/** 「60 以上不到 70」, with the unit after each number. */
export function boundsWords(bounds: { readonly [K in keyof Bounds]?: number | string }, unit = ''): string {
  const parts: string[] = [];
  if (bounds.atLeast !== undefined) parts.push(`${bounds.atLeast}${unit} 以上`);
  if (bounds.above !== undefined) parts.push(`超过 ${bounds.above}${unit}`);
  if (bounds.atMost !== undefined) parts.push(`不超过 ${bounds.atMost}${unit}`);
  if (bounds.below !== undefined) parts.push(`不到 ${bounds.below}${unit}`);
  return parts.length === 0 ? '不论多少' : parts.join('、');
}
