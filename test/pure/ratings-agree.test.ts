import test from 'ava';
import fc from 'fast-check';
import { canonical } from '../../src/kit/canonical.ts';
import type { Json } from '../../src/kit/canonical.ts';
import { evaluate } from '../../src/ratings/evaluate.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { compile } from '../../src/standards/compile.ts';
import { factsOf } from '../../src/standards/facts.ts';
import { hundredths, pointsText } from '../../src/standards/standard.ts';
import { randomRating, runs } from '../support/random-standard.ts';
import { refer } from '../support/reference-evaluator.ts';

const seed = Number(process.env['TRIAL_SEED'] ?? Date.now() % 2_147_483_647);
const tried = { numRuns: runs, seed } as const;
const bytes = (value: unknown): string => canonical(value as Json);

test.before(t => { t.log(`TRIAL_SEED=${seed} TRIAL_RUNS=${runs}`); });

test('a random standard passes its own check', t => {
  fc.assert(fc.property(randomRating, ({ standard }) => {
    const checked = checkStandard(standard);
    if ('faults' in checked) throw new Error(checked.faults.map(fault => `${fault.path} ${fault.say}`).join('\n'));
  }), tried);
  t.pass();
});

test('both evaluators agree on random standards and facts', t => {
  fc.assert(fc.property(randomRating, ({ standard, facts, events, day, bases }) => {
    const ours = evaluate(compile(standard), factsOf(standard, facts, events), { day, bases });
    const wanted = refer(standard, facts, events, day, bases);
    const got = {
      points: Object.fromEntries(ours.indicators.filter(each => each.outcome !== 'fact').map(each => [each.key, pointsText(each.points)])),
      total: pointsText(ours.total), grade: ours.grade?.code ?? 'none', vetoes: ours.vetoes, verdicts: ours.preconditions.map(each => each.verdict), asks: !ours.isComplete,
    };
    if (bytes(got) !== bytes(wanted)) throw new Error(`ours ${bytes(got)}\nreference ${bytes(wanted)}`);
  }), tried);
  t.pass();
});

test('the order of events never matters, and the same input gives the same bytes', t => {
  fc.assert(fc.property(randomRating, fc.infiniteStream(fc.nat()), ({ standard, facts, events, day, bases }, keys) => {
    const compiled = compile(standard);
    const told = bytes(evaluate(compiled, factsOf(standard, facts, events), { day, bases }));
    const shuffled = events.map(event => ({ event, key: keys.next().value })).sort((a, b) => a.key - b.key).map(each => each.event);
    const again = compile(standard);
    evaluate(again, factsOf(standard, {}, events.slice(1)), { day, bases });   // What another subject left in the trace must not show.
    if (bytes(evaluate(again, factsOf(standard, facts, shuffled), { day, bases })) !== told) throw new Error('another order told another story');
  }), tried);
  t.pass();
});

test('caps and floors hold, and what can still be reached is never less than what is', t => {
  fc.assert(fc.property(randomRating, ({ standard, facts, events, day, bases }) => {
    const told = evaluate(compile(standard), factsOf(standard, facts, events), { day, bases });
    const within = (points: number, { cap, floor }: { readonly cap?: number; readonly floor?: number }): boolean =>
      points >= Math.min(hundredths(floor ?? -1e6), hundredths(cap ?? 1e6)) && points <= Math.max(hundredths(cap ?? 1e6), hundredths(floor ?? -1e6));
    if (!within(told.total, standard.total ?? {})) throw new Error('total');
    standard.categories.forEach((category, at) => { if (!within(told.categories[at]?.after ?? NaN, category)) throw new Error(category.key); });
    for (const indicator of standard.indicators) {
      const result = told.indicators.find(each => each.key === indicator.key);
      if (indicator.scoring?.kind === 'events' && result?.outcome === 'scored' && !within(result.points, indicator.scoring)) throw new Error(indicator.key);
    }
    if (told.most < told.total) throw new Error('most');
  }), tried);
  t.pass();
});

test('a better fact never lowers a monotone item', t => {
  fc.assert(fc.property(randomRating, fc.integer({ min: 1, max: 20 }), ({ standard, facts, events, day, bases }, more) => {
    const rising = standard.indicators.filter(({ scoring }) => scoring?.kind === 'steps' && scoring.pointsPerStep >= 0
      || scoring?.kind === 'bands' && scoring.measure === undefined && scoring.bands.every((band, n, all) => band.points >= (all[n - 1]?.points ?? -Infinity)));
    const compiled = compile(standard);
    const before = evaluate(compiled, factsOf(standard, facts, events), { day, bases });
    for (const { key } of rising) {
      const fact = facts[key];
      if (typeof fact !== 'number') continue;
      const after = evaluate(compiled, factsOf(standard, { ...facts, [key]: fact + more }, events), { day, bases });
      const pointsOf = (told: typeof before): number => told.indicators.find(each => each.key === key)?.points ?? NaN;
      if (!(pointsOf(after) >= pointsOf(before)) || after.total < before.total) throw new Error(key);
    }
  }), tried);
  t.pass();
});
