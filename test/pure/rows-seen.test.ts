import test from 'ava';
import { markOf, RowsSeen } from '../../src/observations/rows-seen.ts';

test('another value for what a file has said is told with the row that said it, however many households lie between', t => {
  const said = new RowsSeen(3);
  const say = (row: number, subject: number, item: number, text: string) => said.before({ subject, item, row, mark: markOf(text) });
  for (let subject = 1; subject <= 5_000; subject++) t.is(say(subject + 1, subject, subject % 3, '"a":1'), undefined);
  t.is(say(9_001, 1, 1, '"a":2'), 2);
  t.is(say(9_002, 2_500, 2_500 % 3, '"a":2'), 2_501);
  t.is(say(9_003, 5_000, 5_000 % 3, '"a":1'), undefined, 'the same once more is no other value');
  t.is(say(9_004, 1, 2, '"b":1'), undefined, 'another item of the same household');
  t.is(say(9_005, 1, 2, '"b":2'), 9_004);
});

test('values are told apart by their marks', t => {
  const marks = new Set(Array.from({ length: 20_000 }, (_, at) => markOf(`"item":${at}`)));
  t.is(marks.size, 20_000);
});
