import { hash } from 'node:crypto';
import test from 'ava';
import { factsBytes } from '../../src/ratings/facts.ts';
import { scoreOf } from '../../src/ratings/outcome.ts';
import { compile } from '../../src/standards/compile.ts';
import { blankFacts, factsOf, type EventFact, type Facts } from '../../src/standards/facts.ts';
import { indicator, smallStandard } from '../support/small-standard.ts';

const digest = (facts: Facts): string => hash('sha256', factsBytes(facts));
const facts = (values: readonly number[], states: readonly number[], events: readonly EventFact[] = []): Facts => ({ values: Float64Array.from(values), states: Uint8Array.from(states), events });
const event = (day: number, amount = 100): EventFact => ({ slot: 2, item: 0, day, amount });

test('equal facts give equal digests, whatever lay in a slot that is not known', t => {
  t.is(digest(facts([3, 99], [0, 1])), digest(facts([3, 0], [0, 1])));
  t.is(digest(facts([0, 1], [0, 0])), digest(facts([-0, 1], [0, 0])));
  t.is(digest(facts([1], [0], [event(5), event(3, 400)])), digest(facts([1], [0], [event(3, 400), event(5)])));
});

test('every difference shows: value, state, event, amount, level, cure, whom an award names, size', t => {
  const all = [
    facts([3, 0], [0, 1]), facts([4, 0], [0, 1]), facts([3, 0], [0, 2]), facts([3, 0], [0, 0]), facts([3], [0]), facts([3, 0], [1, 1]), facts([0, 3], [1, 0]),
    facts([3, 0], [0, 1], [event(5)]), facts([3, 0], [0, 1], [event(6)]), facts([3, 0], [0, 1], [event(5, 200)]), facts([3, 0], [0, 1], [event(5), event(5)]),
    facts([3, 0], [0, 1], [{ ...event(5), level: 1 }]), facts([3, 0], [0, 1], [{ ...event(5), cured: 1 }]), facts([3, 0], [0, 1], [{ ...event(5), shared: true }]),
  ].map(digest);
  t.is(new Set(all).size, all.length);
});

test('the digest is the same on every machine and in every year', t => {
  t.is(digest(facts([1, 2.5, 0], [0, 0, 3], [event(20_000, 250)])), '257ff07a72a270eee9c2e3681c36a8ce42e4d9e210f474537988f063ca38d274');
});

test('a large household after a small one leaves nothing behind in the scratch', t => {
  const small = facts([1], [0]);
  const before = digest(small);
  digest(facts(Array.from({ length: 400 }, () => 7), Array.from({ length: 400 }, () => 0)));
  t.is(digest(small), before);
});

test('what must still be asked makes a rating provisional, and it counts for nothing', t => {
  const standard = smallStandard({ indicators: [indicator({ key: 'a', type: 'flag', scoring: { kind: 'flag', yes: 12, no: 0 } })] });
  const scorer = compile(standard).at({ day: '2026-11-23' });
  t.deepEqual(scoreOf(standard, scorer.score(factsOf(standard, { a: true }))), { points: 1200, grade: 0, outcome: 'graded', credit: 1 });
  t.deepEqual(scoreOf(standard, scorer.score(factsOf(standard, { a: false }))), { points: 0, grade: -1, outcome: 'ungraded', credit: 0 });
  t.like(scoreOf(standard, scorer.score(blankFacts(standard))), { outcome: 'provisional', credit: 0 });
});
