import test from 'ava';
import { NumberLists } from '../../src/kit/number-lists.ts';

const listed = (text: NumberLists, room = 9): number[] => { const into = new Float64Array(room); return [...into.subarray(0, text.list(into))]; };

test('numbers and lists are read one after the other, as either database writes them', t => {
  const text = new NumberLists('1000001[4,null,-20][1,2,3][]9[9007199254740991, -1 , 0][1, 2,3][2]');
  t.is(text.number(), 1_000_001);
  t.deepEqual(listed(text), [4, NaN, -20]);
  t.deepEqual(listed(text), [1, 2, 3]);
  t.deepEqual(listed(text), []);
  t.false(text.isOver);
  t.is(text.number(), 9);
  t.deepEqual([listed(text), listed(text), listed(text)], [[Number.MAX_SAFE_INTEGER, -1, 0], [1, 2, 3], [2]]);
  t.true(text.isOver);
  t.true(new NumberLists('').isOver);
});

test('a list longer than its room is an error, never cut short', t => {
  t.throws(() => listed(new NumberLists('[1,2,3]'), 2), { instanceOf: RangeError });
});
