import test from 'ava';
import fc from 'fast-check';
import { addDays } from '../../src/kit/time.ts';
import { evaluate } from '../../src/ratings/evaluate.ts';
import { changed, type Step } from '../../src/ratings/lift/change.ts';
import { familiesAt, type Family } from '../../src/ratings/lift/families.ts';
import { liftOf, type Way } from '../../src/ratings/lift/lift.ts';
import { waitingDays } from '../../src/ratings/lift/moments.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { compile, type Compiled } from '../../src/standards/compile.ts';
import { factsOf, type Facts } from '../../src/standards/facts.ts';
import type { EventItem } from '../../src/standards/kinds/event-item.ts';
import type { Indicator, Standard, WrittenEvent, WrittenFact } from '../../src/standards/standard.ts';
import { dayNumber } from '../../src/kit/time.ts';
import { smallStandard } from '../support/small-standard.ts';

/**
 * Every way is held against trying everything: on small standards all combinations of all steps on all days are scored by the page's own evaluator,
 * without any of the search's short cuts. What the search says must reach, nothing smaller may, and where it finds nothing there must be nothing.
 */
const runs = Number(process.env['TRIAL_RUNS'] ?? 300);
const day = '2026-06-30';
interface Case { readonly standard: Standard; readonly facts: Readonly<Record<string, WrittenFact>>; readonly events: readonly WrittenEvent[] }

const points = fc.integer({ min: 1, max: 6 });
const item = (n: number): fc.Arbitrary<EventItem> => fc.record({ gain: points, shape: fc.constantFrom('plain', 'hours', 'heads', 'ladder', 'month', 'minus', 'cured', 'twice'), lifeMonths: fc.constantFrom(6, 12) })
  .map(({ gain, shape, lifeMonths }) => ({
    key: `item${n}`, label: `事${n}`, lifeMonths, points: shape === 'minus' || shape === 'cured' ? -gain : gain, ...shape === 'minus' || shape === 'cured' ? { legalBasis: ['law'] } : {},
    ...shape === 'heads' ? { each: { amount: 1, unit: '人', sum: false }, perEvent: gain * 2, atAll: gain * 5 } : {}, ...shape === 'hours' ? { each: { amount: 4, unit: '小时', sum: true }, atAll: gain * 3 } : {}, ...shape === 'ladder' ? { ladder: { unit: '小时', rungs: [{ atLeast: 2, points: gain }, { atLeast: 5, points: gain + 2 }] } } : {},
    ...shape === 'month' ? { perMonth: gain * 2 } : {}, ...shape === 'cured' ? { cured: -0.5 } : {}, ...shape === 'twice' ? { repeats: [1, 2], perYear: gain * 3 } : {},
  }));
const asked = { source: 'grid', purpose: '试', sensitivity: 'ordinary', retentionMonths: 12, legalBasis: ['law'] } as const;
const eventful = (key: string, category: string): fc.Arbitrary<Indicator> => fc.record({ items: fc.tuple(item(0), item(1)), pick: fc.constantFrom('all' as const, 'best' as const), cap: fc.integer({ min: 4, max: 14 }), start: fc.constantFrom(0, 4) })
  .map(({ items, pick, cap, start }) => ({ ...asked, key, title: key, category, type: 'events', scoring: { kind: 'events', start, floor: -8, cap, pick, items } }));
const choice = (key: string, category: string): fc.Arbitrary<Indicator> => fc.record({ gains: fc.array(points, { minLength: 3, maxLength: 3 }), fixed: fc.integer({ min: -1, max: 2 }) })
  .map(({ gains, fixed }) => ({
    ...asked, key, title: key, category, type: 'choice', withinPower: 'slow', scoring: { kind: 'choice' }, missing: { notAsked: 0, dontKnow: 1, refused: 0, noDealings: 2 }, neutral: 1,
    options: gains.map((gain, at) => ({ key: `o${at}`, label: `选${at}`, points: gain, ...at === fixed ? { withinPower: 'never' as const } : {} })),
  }));
const figure: Indicator = { ...asked, key: 'size', title: '几亩', category: 'b', type: 'whole', least: 0, most: 20, withinPower: 'slow', scoring: { kind: 'bands', bands: [{ below: 3, points: 0 }, { atLeast: 3, below: 9, points: 3 }, { atLeast: 9, points: 5 }] }, missing: { notAsked: 0, dontKnow: 0, refused: 0, noDealings: 0 }, neutral: 0 };
const since: Indicator = { ...asked, key: 'since', title: '从哪年', category: 'b', type: 'year', scoring: { kind: 'bands', measure: 'years', bands: [{ below: 2, points: 0 }, { atLeast: 2, points: 4 }] }, missing: { notAsked: 0, dontKnow: 0, refused: 0, noDealings: 0 }, neutral: 0 };
const flag: Indicator = { ...asked, key: 'paper', title: '证', type: 'flag', withinPower: 'now' };

const cases: fc.Arbitrary<Case> = fc.record({
  one: eventful('e0', 'a'), two: eventful('e1', 'b'), pick: choice('c0', 'a'), caps: fc.tuple(fc.integer({ min: 5, max: 20 }), fc.integer({ min: 5, max: 20 })),
  high: fc.integer({ min: 16, max: 30 }), low: fc.integer({ min: 8, max: 15 }), needsPaper: fc.boolean(), vetoed: fc.boolean(), met: fc.boolean(),
  facts: fc.record({ c0: fc.constantFrom<WrittenFact>('o0', 'o1', 'o2', { missing: 'notAsked' }, { missing: 'refused' }), size: fc.integer({ min: 0, max: 12 }), since: fc.integer({ min: 2023, max: 2026 }), paper: fc.boolean() }),
  events: fc.array(fc.record({ indicator: fc.constantFrom('e0', 'e1'), item: fc.constantFrom('item0', 'item1'), ago: fc.integer({ min: 0, max: 380 }), amount: fc.integer({ min: 1, max: 6 }) }), { maxLength: 4 }),
}).map(given => ({
  standard: smallStandard({
    categories: [{ key: 'a', title: '甲', cap: given.caps[0], floor: 0 }, { key: 'b', title: '乙', cap: given.caps[1] }], indicators: [given.one, given.two, given.pick, figure, since, flag],
    grades: [
      { code: 'A', label: '好', credit: true, atLeast: given.high, ...given.needsPaper ? { requires: [{ holds: { indicator: 'paper', is: true }, words: '有证', missing: { notAsked: 'fails', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' } }] } : {} },
      { code: 'B', label: '中', credit: false, atLeast: given.low, ...given.needsPaper ? {} : { below: given.high } },
    ],
    vetoes: given.vetoed ? [{ key: 'v', title: '否', when: { all: [{ indicator: 'paper', is: false }, { indicator: 'size', below: 2 }] }, words: '否', legalBasis: ['law'], lifeMonths: 12, missing: { notAsked: 'clear', dontKnow: 'clear', refused: 'clear', noDealings: 'clear' } }] : [],
    preconditions: given.met ? [{ key: 'p', title: '要', holds: { indicator: 'size', atLeast: 1 }, words: '要', missing: { notAsked: 'ask', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' } }] : [],
  }),
  facts: given.facts, events: given.events.map(({ ago, ...event }) => ({ ...event, on: addDays(day, -ago) })),
}));

const familyOf = (step: Step): string => step.kind === 'deed' ? `deed ${step.slot}.${step.item}` : step.kind === 'cure' ? `cure ${step.slot}.${step.at}` : `answer ${step.slot}`;
const gradeWith = (compiled: Compiled, facts: Facts, steps: readonly Step[], on: string): number => evaluate(compiled, changed(facts, steps, dayNumber(on)), { day: on }).grade?.index ?? 99;

/** The size of the smallest set there is, by trying everything; undefined when nothing of three changes or fewer does it. */
function smallest(compiled: Compiled, facts: Facts, now: number): number | undefined {
  const { standard } = compiled;
  const days = [day, ...waitingDays(standard, facts, { day, trace: compiled.at({ day }).score(facts) })];
  const families = days.map(on => familiesAt({ standard, facts, scorer: compile(standard).at({ day: on }), day: dayNumber(on) }));
  const some = (list: readonly Family[], size: number, steps: readonly Step[], on: string): boolean =>
    size === 0 ? gradeWith(compiled, facts, steps, on) < now : list.some((family, at) => family.steps.some(step => some(list.slice(at + 1), size - 1, [...steps, step], on)));
  for (let size = 1; size <= 3; size++) if (days.some((on, at) => some(families[at] ?? [], size - (at === 0 ? 0 : 1), [], on))) return size;
  return undefined;
}
const sizeOf = (way: Way): number => way.steps.length + (way.wait === undefined ? 0 : 1);

test('a drawn standard is a lawful file', t => {
  fc.assert(fc.property(cases, ({ standard }) => {
    const checked = checkStandard(standard);
    if ('faults' in checked) throw new Error(checked.faults.map(fault => `${fault.path} ${fault.say}`).join('\n'));
  }), { numRuns: 100 });
  t.pass();
});

test('every way reaches, no smaller one does, none holds another, and where none is told there is none', t => {
  let found = 0;
  fc.assert(fc.property(cases, ({ standard, facts: written, events }) => {
    const compiled = compile(standard);
    const facts = factsOf(standard, written, events);
    const lift = liftOf(compiled, facts, { day });
    const now = evaluate(compiled, facts, { day }).grade?.index ?? 99;
    if (lift.kind !== 'searched') { if (lift.kind === 'top' && now !== 0) throw new Error('not the top'); return; }
    const fewest = smallest(compiled, facts, now);
    if (!lift.isWhole) throw new Error('a small standard is searched whole');
    if (lift.ways.length === 0) { if (fewest !== undefined) throw new Error(`nothing told, though ${fewest} would do`); return; }
    found++;
    if (sizeOf(lift.ways[0] ?? { steps: [], wait: undefined, grade: 0, total: 0 }) !== fewest) throw new Error(`not the smallest: ${JSON.stringify(lift.ways[0])} against ${String(fewest)}`);
    for (const way of lift.ways) {
      const on = way.wait?.kind === 'day' ? way.wait.until : day;
      if (gradeWith(compiled, facts, way.steps, on) !== way.grade || way.grade >= now) throw new Error(`does not reach: ${JSON.stringify(way)}`);
      way.steps.forEach((_, left) => { if (gradeWith(compiled, facts, way.steps.filter((__, at) => at !== left), on) < now) throw new Error(`one change too many: ${JSON.stringify(way)}`); });
      if (new Set(way.steps.map(familyOf)).size !== way.steps.length) throw new Error('the same thing twice');
    }
  }), { numRuns: runs });
  t.true(found > runs / 10, `${found} ways were looked at`);
});
