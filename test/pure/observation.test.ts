import fc from 'fast-check';
import test from 'ava';
import { contestedIn, emptyBody, eventsIn, factsIn, isBuiltUpon, notAsked, pictureOf, sameFact, succeed, undoing, type Sheet } from '../../src/observations/observation.ts';
import type { WrittenFact } from '../../src/standards/standard.ts';

const sheet = (seq: number, by: string, base: number, values: Readonly<Record<string, WrittenFact>>, more: Partial<Sheet> = {}): Sheet =>
  ({ ...emptyBody, seq, by, base, values, source: 'grid', at: '2026-11-23T01:00:00.000Z', ...more });

test('how a value follows another', t => {
  const stand = { fact: 4, seq: 1, by: 'mei' };
  t.is(succeed(undefined, { fact: 4, seq: 1, by: 'mei', base: 0 }), 'current');
  t.is(succeed(stand, { fact: 4, seq: 2, by: 'bo', base: 0 }), 'repeated');
  t.is(succeed(stand, { fact: 5, seq: 2, by: 'bo', base: 1 }), 'current', 'seen before');
  t.is(succeed(stand, { fact: 5, seq: 2, by: 'mei', base: 0 }), 'current', 'one’s own correction');
  t.is(succeed(stand, { fact: 5, seq: 2, by: 'bo', base: 0 }), 'contested');
  t.is(succeed({ ...stand, fact: { missing: 'dontKnow' } }, { fact: { missing: 'dontKnow' }, seq: 2, by: 'bo', base: 0 }), 'repeated');
  t.false(sameFact({ missing: 'dontKnow' }, { missing: 'refused' }));
});

test('a contest ends by agreement or by decision, and a later word of one side only replaces that side', t => {
  const both = [sheet(1, 'mei', 0, { a: 1 }), sheet(2, 'bo', 0, { a: 2 })];
  t.deepEqual(contestedIn(pictureOf(both)), ['a']);
  t.deepEqual(factsIn(pictureOf(both)), {});
  const replaced = pictureOf([...both, sheet(3, 'mei', 2, { a: 3 })]).fields.get('a');
  t.deepEqual(replaced?.kind === 'contested' && [replaced.theirs.fact, replaced.ours.fact], [3, 2]);
  t.deepEqual(factsIn(pictureOf([...both, sheet(3, 'mei', 2, { a: 2 })])), { a: 2 });
  t.deepEqual(factsIn(pictureOf([...both, sheet(3, 'sun', 2, { a: 1 }, { settles: ['a'] })])), { a: 1 });
});

test('what had decided a contest is taken back: it is undecided again as it was, and that can be taken back too', t => {
  const decided = [sheet(1, 'mei', 0, { a: 1 }), sheet(2, 'bo', 0, { a: 2 }), sheet(3, 'sun', 2, { a: 2 }, { settles: ['a'] })];
  const undone = [...decided, sheet(4, 'sun', 3, {}, undoing(decided, [3], '撤回'))];
  t.deepEqual(pictureOf(undone).fields.get('a'), pictureOf(decided.slice(0, 2)).fields.get('a'));
  const again = [...undone, sheet(5, 'sun', 4, {}, undoing(undone, [4], '撤回'))];
  t.deepEqual(factsIn(pictureOf(again)), { a: 2 });
  t.true(isBuiltUpon(undone, [3]));
});

test('one side takes its last word back: the contest stands with the word before', t => {
  const list = [sheet(1, 'mei', 0, { a: 1 }), sheet(2, 'bo', 0, { a: 2 }), sheet(3, 'bo', 2, { a: 3 })];
  t.deepEqual(pictureOf([...list, sheet(4, 'bo', 3, {}, undoing(list, [3], '撤回'))]).fields.get('a'), pictureOf(list.slice(0, 2)).fields.get('a'));
  const two = list.slice(0, 2);
  t.deepEqual(factsIn(pictureOf([...two, sheet(3, 'bo', 2, {}, undoing(two, [2], '撤回'))])), { a: 1 }, 'without the second there is no contest');
});

test('a value taken back stands as not asked', t => {
  t.deepEqual(factsIn(pictureOf([sheet(1, 'mei', 0, { a: 1 }), sheet(2, 'mei', 1, { a: notAsked })])), {});
});

test('events: voided once, restored, never twice', t => {
  const entry = { id: 'e', indicator: 'i', option: 'o', day: '2026-11-01', note: '' };
  const kept = [sheet(1, 'mei', 0, {}, { events: [entry] }), sheet(2, 'sun', 1, {}, { voided: [{ id: 'e', why: '记错' }] })];
  t.is(eventsIn(pictureOf(kept)).length, 0);
  t.is(eventsIn(pictureOf([...kept, sheet(3, 'sun', 2, {}, undoing(kept, [2], '撤回'))])).length, 1);
  t.is(pictureOf([...kept, sheet(3, 'mei', 2, {}, { events: [entry] })]).events.size, 1);
});

test('what is built upon: only the same fields count', t => {
  const list = [sheet(1, 'file', 0, { a: 1 }), sheet(2, 'mei', 1, { b: 1 })];
  t.false(isBuiltUpon(list, [1]));
  t.true(isBuiltUpon([...list, sheet(3, 'mei', 2, { a: 2 })], [1]));
});

const facts = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant<WrittenFact>({ missing: 'dontKnow' })), { noNullPrototype: true });
const stories = fc.array(fc.record({ by: fc.constantFrom('mei', 'bo', 'sun'), lag: fc.integer({ min: 0, max: 3 }), values: facts }), { maxLength: 8 })
  .map(list => list.map(({ by, lag, values }, at) => sheet(at + 1, by, Math.max(0, at - lag), values)));

test('whatever is written: a field is current or contested, never lost; who saw everything is never contested', t => {
  fc.assert(fc.property(stories, list => {
    const picture = pictureOf(list);
    for (const key of new Set(list.flatMap(each => Object.keys(each.values)))) if (!picture.fields.has(key)) return false;
    const seen = pictureOf(list.map(each => ({ ...each, base: each.seq - 1 })));
    return contestedIn(seen).length === 0;
  }));
  t.pass();
});

test('taking the last sheet back restores exactly what stood, when nothing is contested', t => {
  fc.assert(fc.property(stories, list => {
    const seen = list.map(each => ({ ...each, base: each.seq - 1 }));
    const last = seen.at(-1);
    if (last === undefined) return true;
    const after = [...seen, sheet(last.seq + 1, last.by, last.seq, {}, undoing(seen, [last.seq], '撤回'))];
    const order = (picture: ReturnType<typeof pictureOf>): string => JSON.stringify(Object.entries(factsIn(picture)).sort(([one], [other]) => one < other ? -1 : 1));
    return order(pictureOf(after)) === order(pictureOf(seen.slice(0, -1)));
  }));
  t.pass();
});

test('whoever takes the last sheet back, all fields stand as they stood before it', t => {
  const told = (list: readonly Sheet[]): string => JSON.stringify([...pictureOf(list).fields].toSorted(([one], [other]) => one < other ? -1 : 1).map(([key, field]) => [key, field.kind === 'current' ? field.stand.fact : [field.theirs.fact, field.ours.fact]]));
  fc.assert(fc.property(stories, fc.boolean(), (list, settled) => {
    const [before, last] = [list.slice(0, -1), list.at(-1)];
    if (last === undefined) return true;
    const open = contestedIn(pictureOf(before)).filter(key => last.values[key] !== undefined);
    const whole = [...before, settled ? { ...last, settles: open } : last];
    return told([...whole, sheet(whole.length + 1, last.by, last.seq, {}, undoing(whole, [last.seq], '撤回'))]) === told(before);
  }));
  t.pass();
});
