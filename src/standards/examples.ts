import type { Compiled } from './compile.ts';
import { factsOf } from './facts.ts';
import { basesOn, pointsText } from './standard.ts';
import type { Example } from './standard.ts';
import { mostReachable } from './reach.ts';
import { verdicts } from './trace.ts';

/** An example that does not come out as written. `what` is a key, `total`, `grade`, `most`, `vetoes` or `unmet`. */
export interface Mismatch { readonly example: string; readonly at: number; readonly what: string; readonly written: string; readonly got: string }

/** Works every example of a standard; an empty list means that all come out as written. A standard with mismatches cannot be adopted. */
export const mismatches = (compiled: Compiled): readonly Mismatch[] => compiled.standard.examples.flatMap((example, at) => compare(compiled, example, at));

function compare(compiled: Compiled, example: Example, at: number): Mismatch[] {
  const { standard, slots } = compiled;
  const bases = new Set([...basesOn(standard.legalBases, example.day)].filter(id => example.without?.includes(id) !== true));
  const trace = compiled.at({ day: example.day, bases }).score(factsOf(standard, example.facts, example.events, example.former));
  const found: Mismatch[] = [];
  const want = (what: string, written: string | undefined, got: string): void => {
    if (written !== undefined && written !== got) found.push({ example: example.title, at, what, written, got });
  };
  for (const [key, points] of Object.entries(example.points ?? {})) want(key, String(points), pointsText(trace.points[slots.get(key) ?? -1] ?? 0));
  want('total', example.total === undefined ? undefined : String(example.total), pointsText(trace.total));
  want('grade', example.grade, standard.grades[trace.grade]?.code ?? 'none');
  want('type', example.type, standard.types?.[trace.type]?.key ?? 'none');
  want('vetoes', named(example.vetoes), named(standard.vetoes.filter((_, n) => trace.vetoes[n] === 1).map(veto => veto.key)) ?? '');
  want('unmet', named(example.unmet), named(standard.preconditions.filter((_, n) => trace.preconditions[n] === verdicts.fails).map(each => each.key)) ?? '');
  want('most', example.most === undefined ? undefined : String(example.most), pointsText(mostReachable(standard, trace)));
  return found;
}

const named = (keys: readonly string[] | undefined): string | undefined => keys?.toSorted().join(',');
