import { compile } from '../compile.ts';
import { factsOf } from '../facts.ts';
import { checkStandard } from '../check.ts';
import { basesOn, hundredths, type Example } from '../standard.ts';
import { verdicts } from '../trace.ts';
import { standards } from '../refusals.ts';
import { held, put, rows, type Body } from './edit/path.ts';

/** The body with what the engine gives for one of its examples written as what should come out; the person says whether that is right. */
export function worked(body: Body, at: number): Body {
  const example = rows(body, ['examples'])[at] ?? {};
  const alone = { ...body, examples: [{ ...example, grade: 'none', points: undefined, total: undefined, vetoes: undefined, unmet: undefined, most: undefined, type: undefined }].map(one => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined))) };
  const checked = checkStandard(alone);
  if ('faults' in checked) return standards.refuse('draft-not-whole');
  const { standard } = checked;
  const [own] = standard.examples as readonly [Example];
  const bases = new Set([...basesOn(standard.legalBases, own.day)].filter(id => own.without?.includes(id) !== true));
  const compiled = compile(standard);
  const trace = compiled.at({ day: own.day, bases }).score(factsOf(standard, own.facts, own.events, own.former));
  const named = <T extends { readonly key: string }>(list: readonly T[], hit: (n: number) => boolean): readonly string[] | undefined => list.some((_, n) => hit(n)) ? list.flatMap((each, n) => hit(n) ? [each.key] : []) : undefined;
  const written = held(example, ['points']);
  const points = Object.fromEntries((typeof written === 'object' && written !== null ? Object.keys(written) : []).flatMap(key => { const slot = compiled.slots.get(key); return slot === undefined ? [] : [[key, (trace.points[slot] ?? 0) / hundredths(1)]]; }));
  const outcome: Body = {
    total: standard.categories.length === 0 ? undefined : trace.total / hundredths(1), grade: standard.grades[trace.grade]?.code ?? 'none', points: Object.keys(points).length === 0 ? undefined : points,
    vetoes: named(standard.vetoes, n => trace.vetoes[n] === 1), unmet: named(standard.preconditions, n => trace.preconditions[n] === verdicts.fails), type: standard.types?.[trace.type]?.key,
  };
  return Object.entries(outcome).reduce((so, [member, value]) => put(so, ['examples', at, member], value), body);
}
