import test from 'ava';
import { drawn, lotsAmong } from '../../src/fairness/lots.ts';
import { atNight, atTheLast, hurried, mostAlike, shift, wilson } from '../../src/fairness/measures.ts';
import { kinShares, recorderLines, sharesBy, signalsIn, type Picture, type Seen } from '../../src/fairness/signals.ts';

const near = (one: number, other: number): boolean => Math.abs(one - other) < 0.0005;

test('a share keeps its interval inside 0 and 1, and the interval narrows with numbers', t => {
  // Worked out by hand from Wilson's formula: 8 of 10, and the ends.
  const { low, high } = wilson(8, 10);
  t.true(near(low, 0.4902) && near(high, 0.9433), `${low} ${high}`);
  t.true(near(wilson(0, 10).high, 0.2775) && wilson(0, 10).low === 0);
  t.true(near(wilson(10, 10).high, 1) && wilson(10, 10).high <= 1);
  t.deepEqual(wilson(0, 0), { low: 0, high: 1 });
  t.true(wilson(80, 100).high - wilson(80, 100).low < high - low);
});

test('a shift is held against what chance does', t => {
  const same = shift([70, 72, 74], [70, 72, 74]);
  t.is(same.by, 0);
  t.true(same.chance > 0);
  t.true(near(shift([10, 12], [2, 4]).by, 8));
  t.is(shift([10], [2, 4]).chance, Infinity, 'one household shows nothing');
});

test('alike, hurried, at night, at the last', t => {
  t.deepEqual([mostAlike([]), mostAlike(['a', 'b', 'a', 'a'])], [0, 3]);
  const at = (time: string, subject: number) => ({ at: `2026-11-20T${time}.000Z`, subject });
  t.is(hurried([at('02:00:30', 2), at('02:00:00', 1), at('02:00:40', 2), at('02:05:00', 3), at('02:05:59', 4), at('02:06:59', 5)]), 2, 'another household, under a minute, in whatever order they came');
  t.is(atNight([at('13:59:59', 1), at('14:00:00', 1), at('21:59:59', 1), at('22:00:00', 1)]), 2, '22:00 to 05:59 in China');
  t.is(atTheLast([at('02:00:00', 1)], '2026-11-22'), 0);
  t.is(atTheLast([at('02:00:00', 1), at('16:00:00', 1)], '2026-11-21'), 2, 'the last day but one, and the last');
  t.is(atTheLast([at('02:00:00', 1)], '2026-11-10'), 1, 'and afterwards');
});

test('anybody draws the same from the same seed; another seed draws others; one in twenty, one at least', t => {
  const numbers = Array.from({ length: 200 }, (_, at) => at + 1);
  t.deepEqual([0, 1, 20, 21, 200].map(lotsAmong), [0, 1, 1, 2, 10]);
  t.deepEqual(drawn('2026134', numbers), drawn('2026134', numbers.toReversed()));
  t.is(new Set(drawn('2026134', numbers)).size, 10);
  t.notDeepEqual(drawn('2026134', numbers), drawn('2026135', numbers));
  // echo -n 2026134-7 | sha256sum, and the same for 8 and 9: the smallest is drawn.
  t.deepEqual(drawn('2026134', [7, 8, 9]), [9]);
  const counts = new Map(numbers.map(no => [no, 0]));
  for (let seed = 0; seed < 400; seed++) for (const no of drawn(String(seed), numbers)) counts.set(no, (counts.get(no) ?? 0) + 1);
  t.true(Math.max(...counts.values()) < 45 && Math.min(...counts.values()) > 3, 'nobody is drawn much more often than another');
});

const home = (subject: number, own: Partial<Seen>): Seen => ({ subject, group: '第1组', grid: '一网格', recorder: 'mei', points: 7_000 + subject % 7 * 100, credit: true, answers: `a${subject}`, kin: false, ...own });
const many = (count: number, from: number, own: Partial<Seen> = {}): readonly Seen[] => Array.from({ length: count }, (_, at) => home(from + at, own));
const picture = (households: readonly Seen[], own: Partial<Picture> = {}): Picture => ({ households, collectUntil: '2026-12-04', recorders: ['mei', 'bo'].map(id => ({ id, name: id, saves: [], again: { same: 0, all: 0 } })), ...own });
const kindsIn = (one: Picture): readonly string[] => signalsIn(one).map(signal => signal.key);

test('nothing stands out where everybody does alike', t => {
  t.deepEqual(kindsIn(picture([...many(20, 1), ...many(20, 21, { recorder: 'bo' })])), []);
  t.deepEqual(kindsIn(picture([])), []);
});

test('whoever rates far higher, writes the same for all, saves at the last or too fast, is asked about; small numbers never are', t => {
  const higher = many(20, 21, { recorder: 'bo' }).map(one => ({ ...one, points: (one.points ?? 0) + 900 }));
  t.deepEqual(kindsIn(picture([...many(20, 1), ...higher])), ['shift:mei', 'shift:bo']);
  t.deepEqual(kindsIn(picture([...many(20, 1), ...higher.slice(0, 9)])).filter(key => key.endsWith('bo')), [], 'nine are too few');
  t.deepEqual(kindsIn(picture([...many(12, 1), ...many(8, 13, { answers: 'same' })])), ['alike:mei']);
  t.deepEqual(kindsIn(picture([...many(13, 1), ...many(7, 14, { answers: 'same' })])), []);
  const saves = Array.from({ length: 12 }, (_, at) => ({ at: `2026-12-04T02:00:${String(at * 5).padStart(2, '0')}.000Z`, subject: at }));
  t.deepEqual(kindsIn(picture(many(12, 1), { recorders: [{ id: 'mei', name: 'mei', saves, again: { same: 5, all: 9 } }] })), ['agreement:mei', 'last:mei', 'hurried:mei']);
  t.deepEqual(kindsIn(picture(many(12, 1), { recorders: [{ id: 'mei', name: 'mei', saves: saves.slice(0, 4), again: { same: 1, all: 4 } }] })), []);
});

test('groups and kin are compared by intervals, and only where both are large enough', t => {
  const households = [...many(30, 1, { group: '第1组' }), ...many(30, 31, { group: '第2组', credit: false })];
  t.deepEqual(kindsIn(picture(households)), ['group:第1组', 'group:第2组']);
  t.deepEqual(sharesBy(picture(households), 'group').map(line => [line.label, line.credit, line.rated]), [['第1组', 30, 30], ['第2组', 0, 30]]);
  t.deepEqual(kindsIn(picture([...many(30, 1), ...many(9, 31, { group: '第2组', credit: false })])), []);
  const kin = [...many(12, 1, { kin: true }), ...many(30, 13).map((one, at) => ({ ...one, credit: at % 3 === 0 }))];
  t.deepEqual(kindsIn(picture(kin)), ['kin:']);
  t.is(kinShares(picture(kin)).others.rated, 30);
  t.is(recorderLines(picture([home(1, { points: undefined })]))[0]?.mean, undefined, 'what is not rated has no mean');
});
