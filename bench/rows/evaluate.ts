import { runApart } from '../apart.ts';
import { atLeast, atMost, thousands, type Figure } from '../figure.ts';
import type { Evaluated } from '../pieces/evaluate.ts';

/** The evaluator by itself, on `household-100`: against two rule engines and against a scorer written for that one standard. */
export const evaluate = async (): Promise<readonly Figure[]> => {
  const { households, ours, hand, jsonRules, zen } = await runApart<object, Evaluated>('./pieces/evaluate.ts', {});
  const told = (microseconds: number): string => `${microseconds.toFixed(2)} µs`;
  return [
    atLeast({ what: `rate a household, trace and all; ${thousands(households)} come out alike`, ours: told(ours), baseline: `${told(jsonRules)} json-rules-engine`, ratio: jsonRules / ours }, 60),
    atLeast({ what: '  the same against a compiled decision', ours: told(ours), baseline: `${told(zen)} zen-engine`, ratio: zen / ours }, 15),
    atMost({ what: '  the same against a scorer by hand', ours: told(ours), baseline: `${told(hand)} for this standard only`, ratio: ours / hand }, 8),
  ];
};
