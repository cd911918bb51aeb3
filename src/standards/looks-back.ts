import type { Standard } from './standard.ts';

const known = new WeakMap<Standard, boolean>();

/** Whether anything in a standard rests on the grade of a former round: points for it, or a condition on it. Only then is it looked for. */
export function looksBack(standard: Standard): boolean {
  const told = known.get(standard);
  if (told !== undefined) return told;
  const found = standard.indicators.some(indicator => indicator.scoring?.kind === 'former')
    || JSON.stringify([standard.grades, standard.preconditions, standard.types ?? [], standard.vetoes]).includes('"former":');
  known.set(standard, found);
  return found;
}
