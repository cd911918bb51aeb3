import test from 'ava';
import { isRepeat } from '../../src/ratings/outcome.ts';

test('a rating says nothing new only after the same sheet, by the same standard and engine, with the same result', t => {
  const before = { seen: 3, standard: 'h', engine: '1', points: 8_000, grade: 1, outcome: 'graded' };
  const made = { points: 8_000, grade: 1, outcome: 'graded', credit: 1 } as const;
  const by = { hash: 'h', engine: '1' };
  t.true(isRepeat(before, made, by, 3));
  for (const other of [{ seen: 2 }, { standard: 'g' }, { engine: '0' }, { points: 7_999 }, { grade: 0 }, { outcome: 'provisional' }, { seen: null }]) t.false(isRepeat({ ...before, ...other }, made, by, 3), JSON.stringify(other));
});
