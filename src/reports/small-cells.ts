/** Fewer rated households than this, and a figure speaks of single families (our choice, after the practice of statistical offices). */
export const smallCell = 5;

export interface Guarded { readonly rated: number; readonly sees: boolean }

/**
 * Which lines keep their grades back from a reader who does not look after those households. One hidden line could be worked out
 * from the sum, so then the sum is kept back as well.
 */
export function guardSmall(lines: readonly Guarded[]): { readonly hidden: readonly boolean[]; readonly hideTotal: boolean } {
  const hidden = lines.map(line => !line.sees && line.rated > 0 && line.rated < smallCell);
  return { hidden, hideTotal: hidden.filter(Boolean).length === 1 };
}
