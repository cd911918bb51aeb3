import test from 'ava';
import { drawn } from '../../src/peers/draw.ts';
import { isWide, spreadWords } from '../../src/peers/peer.ts';
import { tally } from '../../src/peers/tally.ts';
import type { Indicator } from '../../src/standards/standard.ts';

const base = { key: 'repute', title: '邻里口碑', source: 'reviewers', purpose: '', sensitivity: 'ordinary' } as unknown as Indicator;
const choice = (points: readonly number[], judged: Indicator['judged'] = { by: 'median', least: 5 }): Indicator => ({ ...base, type: 'choice', options: points.map((each, at) => ({ key: `o${at}`, label: `第${at}档`, points: each })), judged }) as unknown as Indicator;
const count = (judged: Indicator['judged'], more: Partial<Indicator> = {}): Indicator => ({ ...base, type: 'integer', judged, ...more }) as unknown as Indicator;

test('the middle answer, whatever the extremes say', t => {
  t.deepEqual(tally(choice([5, 3, 1, 0]), [0, 0, 1, 3, 3]), { value: 1, answers: 5, unclear: 0, spread: 3 });
  t.is(tally(choice([5, 3, 1, 0]), [0, 0, 0, 3, 3]).value, 0, 'two against three');
});

test('between two options in the middle the household has the better, whichever way they are listed', t => {
  t.is(tally(choice([5, 3, 1]), [0, 0, 0, 1, 1, 1]).value, 0);
  t.is(tally(choice([1, 3, 5]), [0, 0, 0, 1, 1, 1]).value, 1);
  t.is(tally(count({ by: 'median', least: 3 }), [1, 2, 3, 4]).value, 3, 'numbers half way, rounded up');
});

test('the mean without the highest and the lowest, rounded half up', t => {
  const judged = { by: 'trimmedMean', least: 5, trim: 1 } as const;
  t.deepEqual(tally(count(judged), [0, 80, 81, 82, 100]), { value: 81, answers: 5, unclear: 0, spread: 100 });
  t.is(tally(count(judged), [100, 80, 81, 100, 0, 80]).value, 85, '(80 + 80 + 81 + 100) / 4 = 85.25');
  t.is(tally(count(judged), [0, 1, 2, 2, 9, 9]).value, 4, '3.5 goes up');
  t.is(tally(count({ by: 'trimmedMean', least: 3 }), [1, 2, 2]).value, 2);
});

test('too few answers come to nothing; not knowing is no answer', t => {
  t.deepEqual(tally(choice([5, 3, 1]), [0, 0, 1, 1, undefined]), { value: undefined, answers: 4, unclear: 1, spread: 1 });
  t.deepEqual(tally(choice([5, 3, 1]), []), { value: undefined, answers: 0, unclear: 0, spread: 0 });
});

test('no order of the answers and no single extreme moves the outcome past its neighbours', t => {
  const judged = { by: 'trimmedMean', least: 5, trim: 1 } as const;
  for (let seed = 1; seed <= 200; seed++) {
    const answers = Array.from({ length: 5 + seed % 5 }, (_, at) => (seed * 7919 + at * 104_729) % 101);
    const [one, turned] = [tally(count(judged), answers), tally(count(judged), answers.toReversed())];
    t.deepEqual(one, turned);
    const sorted = answers.toSorted((a, b) => a - b);
    t.true((one.value ?? -1) >= (sorted[1] ?? 0) && (one.value ?? 999) <= (sorted.at(-2) ?? 0));
  }
});

test('the lot is the same on any machine, and the seed decides it', t => {
  const ids = ['甲', '乙', '丙', '丁', '戊', '己'];
  t.deepEqual(drawn(ids, 'seed-1', 3), drawn(ids.toReversed(), 'seed-1', 3));
  t.is(new Set(drawn(ids, 'seed-1', 6)).size, 6);
  t.true(['seed-2', 'seed-3', 'seed-4'].some(seed => drawn(ids, seed, 3).join() !== drawn(ids, 'seed-1', 3).join()));
  const wins = new Map(ids.map(id => [id, 0]));
  for (let at = 0; at < 600; at++) for (const id of drawn(ids, `lot ${at}`, 2)) wins.set(id, (wins.get(id) ?? 0) + 1);
  for (const [id, n] of wins) t.true(n > 150 && n < 250, `${id} ${n}`);
});

test('how far apart is told in words, and when it is too far', t => {
  t.true(isWide(choice([5, 3, 1]), 2) && !isWide(choice([5, 3, 1]), 1));
  const score = count({ by: 'median', least: 3 }, { least: 0, most: 100 });
  t.true(isWide(score, 34) && !isWide(score, 33));
  t.is(spreadWords(choice([5, 3]), { answers: 5, unclear: 1, spread: 1, counts: 1 }), '5 人评，1 人不清楚，最高最低差 1 档');
  t.is(spreadWords(choice([5, 3]), { answers: 4, unclear: 0, spread: 1, counts: 0 }), '4 人评，人数不够，没有结果');
  t.is(spreadWords(choice([5, 3]), { answers: 6, unclear: 0, spread: 0, counts: 1 }), '6 人评，都一样');
});
