import test from 'ava';
import { distribution, ladder, pointsBar, progressBars } from '../../src/web/charts.ts';

test('the distribution says every figure aloud, and the difference in words', t => {
  const svg = distribution([{ label: 'AAA', now: 86, before: 71 }, { label: 'AA', now: 138, before: 142 }, { label: 'B', now: 21, before: 21 }, { label: '新级', now: 3 }]).toHTML();
  t.regex(svg, /role="img" aria-label="AAA 今年 86 户，去年 71 户；AA 今年 138 户，去年 142 户；B 今年 21 户，去年 21 户；新级 今年 3 户"/);
  for (const words of ['多 15', '少 4', '没变']) t.true(svg.includes(words));
  t.is(svg.match(/class="was"/g)?.length, 3, 'nothing to compare draws no hollow bar');
  t.notRegex(svg, /style=|NaN|undefined/);
});

test('bars keep to their room, whatever the numbers', t => {
  for (const bars of [[], [{ label: 'A', now: 0, before: 0 }], [{ label: 'A', now: 250_000, before: 1 }, { label: 'B', now: 0, before: 250_000 }]]) {
    const svg = distribution(bars).toHTML();
    t.notRegex(svg, /NaN|Infinity|width="-/);
    for (const [, width] of svg.matchAll(/<rect class="\w+" x="62"[^>]* width="([\d.]+)"/g)) t.true(Number(width) <= 206);
  }
});

test('progress shows counts and survives an empty village', t => {
  const svg = progressBars([{ label: '双马村', done: 302, all: 312 }, { label: '兴隆村', done: 0, all: 0 }]).toHTML();
  t.regex(svg, /aria-label="双马村 312 户做完 302 户；兴隆村 0 户做完 0 户"/);
  t.regex(svg, />302 \/ 312</);
  t.notRegex(svg, /NaN/);
});

test('words from outside are escaped in drawings', t => {
  t.notRegex(distribution([{ label: '"><script>', now: 1 }]).toHTML(), /<script>/);
  t.notRegex(ladder(8300, [{ code: '<b>', from: 8000 }], '"x"').toHTML(), /<b>|label=""x/);
});

test('points and ladder stay inside their frame', t => {
  t.regex(pointsBar(4, 8).toHTML(), /class="a" x="1" y="1" width="49"/);
  t.regex(pointsBar(-3, 8).toHTML(), /class="a" x="1" y="1" width="0"/);
  t.regex(ladder(20_000, [], '顶').toHTML(), /class="a" x="2" y="27" width="357"/);
  t.regex(ladder(0, [], '底').toHTML(), /class="a" x="2" y="27" width="0"/);
});
