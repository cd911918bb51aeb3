import test from 'ava';
import fc from 'fast-check';
import { canonical } from '../../src/kit/canonical.ts';
import type { Json } from '../../src/kit/canonical.ts';
import { evaluate } from '../../src/ratings/evaluate.ts';
import type { Evaluation, EventResult } from '../../src/ratings/evaluate.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { compile } from '../../src/standards/compile.ts';
import type { Context } from '../../src/standards/compile.ts';
import { isRecord } from '../../src/standards/cursor.ts';
import { factsOf, itemsOf } from '../../src/standards/facts.ts';
import { isSummed, itemPoints } from '../../src/standards/kinds/event-item.ts';
import type { EventItem } from '../../src/standards/kinds/event-item.ts';
import { withLocalItems } from '../../src/standards/local-items.ts';
import { hundredths, pointsText } from '../../src/standards/standard.ts';
import type { Standard, WrittenEvent } from '../../src/standards/standard.ts';
import { localItems } from '../support/random-events.ts';
import { randomRating, runs } from '../support/random-standard.ts';
import type { RandomRating } from '../support/random-standard.ts';
import { refer } from '../support/reference-evaluator.ts';
import type { Referred } from '../support/reference-evaluator.ts';
import { indicator, smallStandard } from '../support/small-standard.ts';

const seed = Number(process.env['TRIAL_SEED'] ?? Date.now() % 2_147_483_647);
const tried = { numRuns: runs, seed, includeErrorInReport: true } as const;
const bytes = (value: unknown): string => canonical(value as Json);

const contextOf = ({ day, bases, round }: RandomRating): Context => ({ day, bases, ...round === undefined ? {} : { round } });
const rated = (rating: RandomRating): Evaluation => evaluate(compile(rating.standard), factsOf(rating.standard, rating.facts, rating.events, rating.former), contextOf(rating));
/** Whether it has points of its own: its item is not counted in sum. */
const isSingle = (standard: Standard, event: EventResult): boolean => {
  const item = itemsOf(standard.indicators.find(each => each.key === event.indicator)).find(each => each.key === event.item);
  return item !== undefined && !isSummed(item);
};

/** Only what differs, one line each, so that a disagreement can be read. */
const differences = (ours: Readonly<Record<string, unknown>>, wanted: Readonly<Record<string, unknown>>): readonly string[] => Object.keys(wanted).flatMap(key => {
  const [a, b] = [ours[key], wanted[key]];
  if (bytes(a) === bytes(b)) return [];
  return isRecord(a) && isRecord(b) ? differences(a, b).map(line => `${key}.${line}`) : [`${key}: ours ${bytes(a)}, reference ${bytes(b)}`];
});

test.before(t => { t.log(`TRIAL_SEED=${seed} TRIAL_RUNS=${runs}`); });

test('a random standard passes its own check', t => {
  fc.assert(fc.property(randomRating, ({ standard }) => {
    const checked = checkStandard(standard);
    if ('faults' in checked) throw new Error(checked.faults.map(fault => `${fault.path} ${fault.say}`).join('\n'));
  }), tried);
  t.pass();
});

test('both evaluators agree on random standards and facts', t => {
  fc.assert(fc.property(randomRating, rating => {
    const { standard } = rating;
    const ours = rated(rating);
    const wanted = refer(rating);
    const got: Referred = {
      points: Object.fromEntries(ours.indicators.filter(each => each.outcome !== 'fact').map(each => [each.key, pointsText(each.points)])),
      total: pointsText(ours.total), grade: ours.grade?.code ?? 'none', gradeByPoints: ours.gradeByPoints?.code ?? 'none', type: ours.type ?? 'none',
      vetoes: ours.vetoes, repaired: ours.repaired, verdicts: ours.preconditions.map(each => each.verdict), asks: !ours.isComplete,
      counted: Object.fromEntries(Object.keys(wanted.counted).map(key => [key, ours.events.filter(event => event.standing === 'counts' && event.indicator === key && isSingle(standard, event)).length])),
      made: Object.fromEntries(ours.indicators.filter(each => each.key in wanted.made).map(each => [each.key, each.state === 'known' ? String(each.fact) : each.state])),
    };
    if (bytes(got) !== bytes(wanted)) throw new Error(differences({ ...got }, { ...wanted }).join('\n'));
  }), tried);
  t.pass();
});

test('the order of facts and events never matters, and the same input gives the same bytes', t => {
  fc.assert(fc.property(randomRating, fc.infiniteStream(fc.nat()), (rating, keys) => {
    const { standard, facts, events, former } = rating;
    const shuffled = <T>(all: readonly T[]): readonly T[] => all.map(each => ({ each, key: keys.next().value })).sort((a, b) => a.key - b.key).map(({ each }) => each);
    const again = compile(standard);
    evaluate(again, factsOf(standard, {}, events.slice(1)), contextOf(rating));   // What another subject left in the trace must not show.
    const told = evaluate(again, factsOf(standard, Object.fromEntries(shuffled(Object.entries(facts))), shuffled(events), former), contextOf(rating));
    if (bytes(told) !== bytes(rated(rating))) throw new Error('another order told another story');
  }), tried);
  t.pass();
});

test('rating changes no fact, and every number it tells is whole hundredths', t => {
  fc.assert(fc.property(randomRating, rating => {
    const facts = factsOf(rating.standard, rating.facts, rating.events, rating.former);
    const before = [[...facts.values], [...facts.states], facts.events.map(event => ({ ...event })), facts.former];
    const told = evaluate(compile(rating.standard), facts, contextOf(rating));
    t.deepEqual([[...facts.values], [...facts.states], facts.events, facts.former], before);
    const { total, totalBefore, most, base, categories, indicators, events } = told;
    const points = [total, totalBefore, most, base, ...categories.flatMap(each => [each.before, each.after]), ...indicators.map(each => each.points), ...events.map(each => each.points)];
    const odd = [...points.filter(each => !Number.isInteger(each)), ...[points, indicators.map(each => each.fact), indicators.flatMap(each => each.parts.map(part => part.value))].flat().filter(each => Number.isNaN(each) || Object.is(each, -0))];
    if (odd.length > 0) throw new Error(`${odd.map(each => Object.is(each, -0) ? '−0' : String(each)).join(' ')} in ${bytes(told)}`);
  }), tried);
});

test('caps and floors hold, and what can still be reached is never less than what is', t => {
  fc.assert(fc.property(randomRating, rating => {
    const { standard } = rating;
    const told = rated(rating);
    const within = (points: number, { cap, floor }: { readonly cap?: number; readonly floor?: number }): boolean => points >= hundredths(floor ?? -1e6) && points <= hundredths(cap ?? 1e6);
    const judged = standard.vetoes.filter(veto => told.vetoes.includes(veto.key)).map(veto => hundredths(veto.total ?? NaN));
    if (!within(told.total, standard.total ?? {}) && !judged.includes(told.total)) throw new Error('total');
    standard.categories.forEach((category, at) => { if (!within(told.categories[at]?.after ?? NaN, category)) throw new Error(category.key); });
    for (const { key, scoring } of standard.indicators) {
      const result = told.indicators.find(each => each.key === key);
      // Where another of its category counts alone it gives nothing, whatever its floor.
      if (scoring !== undefined && 'cap' in scoring && result?.outcome === 'scored' && !result.limits.includes('outdone') && !within(result.points, scoring)) throw new Error(key);
    }
    for (const event of told.events) {
      const limit = itemsOf(standard.indicators.find(each => each.key === event.indicator)).find(item => item.key === event.item)?.perEvent;
      if (limit !== undefined && Math.abs(event.points) > hundredths(limit)) throw new Error(`${event.indicator}.${event.item}`);
    }
    if (told.most < told.total) throw new Error('most');
  }), tried);
  t.pass();
});

test('a better fact never lowers a monotone item', t => {
  fc.assert(fc.property(randomRating, fc.integer({ min: 1, max: 20 }), (rating, more) => {
    const rising = rating.standard.indicators.filter(({ scoring }) => scoring?.kind === 'steps' && scoring.pointsPerStep >= 0
      || scoring?.kind === 'tiers' && scoring.ranges.every(range => range.points >= 0)
      || scoring?.kind === 'line' && scoring.knots.every((knot, n, all) => knot.points >= (all[n - 1]?.points ?? -Infinity))
      || scoring?.kind === 'bands' && scoring.measure === undefined && scoring.bands.every((band, n, all) => band.points >= (all[n - 1]?.points ?? -Infinity)));
    const before = rated(rating);
    for (const { key } of rising) {
      const fact = rating.facts[key];
      if (typeof fact !== 'number') continue;
      const after = rated({ ...rating, facts: { ...rating.facts, [key]: fact + more } });
      const pointsOf = (told: Evaluation): number => told.indicators.find(each => each.key === key)?.points ?? NaN;
      // Better than the heaviest of its category, it may count no longer: the total tells then.
      const isOutdone = after.indicators.some(each => each.key === key && each.limits.includes('outdone'));
      if (!(isOutdone || pointsOf(after) >= pointsOf(before)) || after.total < before.total) throw new Error(key);
    }
  }), tried);
  t.pass();
});

test('what a village adds never gives more than the county lets it', t => {
  const limits = fc.record({ rewards: fc.integer({ min: 0, max: 3 }), deductions: fc.integer({ min: 0, max: 3 }), largest: fc.integer({ min: 0, max: 2500 }).map(cents => cents / 100) });
  const events = fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 0, max: 5000 }).map(n => n / 100), fc.nat(2), fc.boolean()), { minLength: 1, maxLength: 6 });
  let accepted = 0;
  fc.assert(fc.property(limits, localItems, events, (local, items, happened) => {
    const county = smallStandard({ indicators: [indicator({ key: 'e', type: 'events', scoring: { kind: 'events', start: 0, floor: -9999, cap: 9999, pick: 'all', items: [], local } })] });
    const made = withLocalItems(county, { indicator: 'e', items });
    if ('faults' in made) return;
    accepted++;
    const isDeduction = (item: EventItem): boolean => itemPoints(item).some(gain => gain < 0);
    if (items.filter(isDeduction).length > local.deductions || items.filter(item => !isDeduction(item)).length > local.rewards) throw new Error('too many');
    for (const item of items) {
      const written = happened.map(([month, amount, level, isCured]): WrittenEvent => ({ indicator: 'e', item: item.key, on: `2026-0${month + 1}-15`, amount, ...item.levels === undefined ? {} : { level: `l${level % item.levels.length}` }, ...isCured ? { curedOn: '2026-05-01' } : {} }));
      const told = evaluate(compile(made.standard), factsOf(made.standard, {}, written), { day: '2026-06-30' });
      const most = hundredths(local.largest) * (isSummed(item) ? 1 : written.length);
      if (Math.abs(told.indicators[0]?.points ?? NaN) <= most && told.events.every(event => Math.abs(event.points) <= hundredths(local.largest))) continue;
      throw new Error(`${item.key} gives ${String(told.indicators[0]?.points)} of ${most}`);
    }
  }), tried);
  t.true(accepted > 0);
});
