import test from 'ava';
import { day, grade, moment, money, name2, num, percent, points } from '../../src/web/helpers.ts';
import { icon, iconNames } from '../../src/web/icons.ts';
import { qr } from '../../src/web/qr.ts';

const space = '\u00a0';

test('counts and sums are spaced in thousands', t => {
  const cases: [unknown, string][] = [[0, '0'], [999, '999'], [2433, `2${space}433`], [1234567, `1${space}234${space}567`], [-1200, `−1${space}200`], ['12345.6', `12${space}345.6`], [null, '—'], [undefined, '—']];
  for (const [given, shown] of cases) t.is(num(given), shown);
  t.is(money(1234567), `12${space}345.67 元`);
  t.is(money(5, 'plain'), '0.05');
  t.is(money(-150), '−1.50 元');
});

test('days and moments are China’s, in the form a sentence or a table wants', t => {
  t.is(day('2026-11-03'), '11月3日');
  t.is(day('2026-11-03', 'full'), '2026年11月3日');
  t.is(day('2026-11-03', 'short'), '11-03');
  t.is(day('2026-11-03', 'iso'), '2026-11-03');
  t.is(day('2026-11-23', 'week'), '11月23日 星期一');
  t.is(day(null), '—');
  t.throws(() => day('2026-02-30'));
  t.is(moment('2026-11-23T06:05:00.000Z'), '11月23日 14:05');
  t.is(moment('2026-12-31T16:30:00.000Z', 'full'), '2027年1月1日 00:30');
  t.is(moment('2026-12-31T16:30:00.000Z', 'time'), '00:30');
  t.is(moment('2026-12-31T16:30:00.000Z', 'day'), '1月1日');
});

test('points are exact: two decimals in tables, no empty decimals in sentences', t => {
  const cases: [number, string | undefined, string][] = [[8300, undefined, '83.00'], [8300, 'say', '83 分'], [8350, 'say', '83.5 分'], [8305, 'say', '83.05 分'], [10_000, 'say', '100 分'], [0, 'say', '0 分'], [50, 'signed', '+0.50'], [-50, 'signed', '−0.50'], [0, 'signed', '0.00'], [5, undefined, '0.05']];
  for (const [given, form, shown] of cases) t.is(points(given, form), shown);
  t.throws(() => points(83.5), undefined, 'a fraction is no hundredth');
});

test('shares are rounded half up, and no share is made of nothing', t => {
  const cases: [number, number, string][] = [[275, 296, '92.9%'], [296, 312, '94.9%'], [0, 5, '0.0%'], [5, 5, '100.0%'], [1, 2000, '0.1%'], [1, 2001, '0.0%'], [3, 0, '—']];
  for (const [part, all, shown] of cases) t.is(percent(part, all), shown);
});

test('grades differ by letters and fill; not taking part is neutral', t => {
  t.is(grade({ code: 'AAA', rank: 1 }).toHTML(), '<span class="grade aaa">AAA</span>');
  t.is(grade({ code: '五星', rank: 1 }, { hon: true, xl: true }).toHTML(), '<span class="grade aaa hon xl">五星</span>');
  t.is(grade({ code: 'B', rank: 4, words: '一般' }, { words: true }).toHTML(), '<span class="grade b">B</span> 一般');
  t.is(grade({ code: 'C', rank: 6 }).toHTML(), '<span class="grade b">C</span>');
  t.is(grade(null).toHTML(), '<span class="grade none">未参评</span>');
  t.is(grade({ code: '', words: '暂未达标', rank: null }).toHTML(), '<span class="quiet nb">暂未达标</span>');
  t.is(grade({ code: '<b>', rank: 2 }).toHTML(), '<span class="grade aa">&lt;b&gt;</span>');
});

test('names keep rare characters whole; two characters take three places; nothing passes unescaped', t => {
  t.is(name2('李＊明').toHTML(), '<span class="mn">李<i>＊</i>明</span>');
  t.is(name2('张＊').toHTML(), '<span class="mn"><span class="n2">张<i>＊</i></span></span>');
  t.is(name2('𠮷明').toHTML(), '<span class="mn"><span class="n2">𠮷明</span></span>');
  t.is(name2('<i>').toHTML(), '<span class="mn">&lt;i&gt;</span>');
});

test('every icon is drawn, hidden from readers, and an unknown one is a bug', t => {
  for (const name of iconNames) t.regex(icon(name).toHTML(), /aria-hidden="true"><path d="M[\dMmLlHhVvAaCcSsZz\s.,-]+"\/><\/svg>$/);
  t.throws(() => icon('unicorn'));
});

test('a QR code covers its three corners and carries its words', t => {
  const svg = qr('http://localhost:3000/rolls/1', '扫码看榜').toHTML();
  t.regex(svg, /aria-label="扫码看榜"/);
  t.regex(svg, /<path d="M0 0h7v1h-7z/);
  t.notRegex(svg, /style=/);
});
