import { escape, markup, type Markup } from './markup.ts';

/** A bar with what it was before; `before` undefined: nothing to compare with. `told`: both in other words than their numbers. */
export interface Bar { readonly label: string; readonly now: number; readonly before?: number; readonly told?: { readonly now: string; readonly before: string } }
/** `same`: how two numbers that do not differ are told, where they are rounded. */
export interface BarWords { readonly unit: string; readonly now: string; readonly before: string; readonly same?: string }

const [width, axis, rowHeight] = [360, 70, 46];   // Left of the axis stands a label of four characters.
const room = 176;   // Longest bar: at its right a number of four digits and a difference of as many.

/** Grade distribution: wide solid bar now, thin hollow bar before, the number at the bar, the difference in words. Every figure is in the sentence read aloud. */
export function distribution(bars: readonly Bar[], words: BarWords = { unit: '户', now: '今年', before: '去年' }): Markup {
  const most = Math.max(1, ...bars.map(bar => Math.max(bar.now, bar.before ?? 0)));
  const height = bars.length * rowHeight + 2;
  const long = (value: number) => tenth(value / most * room);
  const rows = bars.map((bar, at) => {
    const top = at * rowHeight + 6;
    const longest = Math.max(long(bar.now), bar.before === undefined ? 0 : Math.min(long(bar.before), long(bar.now) + 6));
    const was = bar.before === undefined ? ''
      : `<rect class="was" x="${axis}" y="${top + 23}" width="${long(bar.before)}" height="9"/><text class="q" x="${width}" y="${top + 17}" text-anchor="end">${change(bar.now - bar.before, words.same)}</text>`;
    return `<text class="b" x="0" y="${top + 19}">${escape(bar.label)}</text><rect class="a" x="${axis}" y="${top}" width="${long(bar.now)}" height="20"/>`
      + `${was}<text class="b" x="${tenth(axis + longest + 8)}" y="${top + 17}">${escape(bar.told?.now ?? String(bar.now))}</text>`;
  });
  return drawing({ width, height, sentence: sentenceOf(bars, words), body: `${rows.join('')}<path class="ax" d="M${axis} 0v${height - 2}"/>` });
}

export interface Step { readonly label: string; readonly done: number; readonly all: number }

/** Progress of places, in the register's order and never ranked: framed bar, counts in words. From five rows up the page also shows the table. */
export function progressBars(rows: readonly Step[], unit = '户'): Markup {
  const [bar, from, line] = [170, 110, 34];
  const body = rows.map((row, at) => {
    const top = at * line + 4;
    const filled = row.all > 0 ? tenth(Math.min(row.done, row.all) / row.all * (bar - 2)) : 0;
    return `<text x="0" y="${top + 16}">${escape(row.label)}</text><rect class="was" x="${from}" y="${top + 3}" width="${bar}" height="16"/>`
      + `<rect class="a" x="${from + 1}" y="${top + 4}" width="${filled}" height="14"/><text class="b" x="${width}" y="${top + 17}" text-anchor="end">${row.done} / ${row.all}</text>`;
  });
  const sentence = rows.map(row => `${row.label} ${row.all} ${unit}做完 ${row.done} ${unit}`).join('；');
  return drawing({ width, height: rows.length * line + 4, sentence, body: body.join('') });
}

/** One bar of points out of the most there are; the figures stand in the table beside it. */
export function pointsBar(got: number, most: number): Markup {
  const share = most > 0 ? tenth(Math.min(Math.max(got, 0), most) / most * 98) : 0;
  return markup(`<svg class="chart pt" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="was" x="1" y="1" width="98" height="8"/><rect class="a" x="1" y="1" width="${share}" height="8"/></svg>`);
}

export interface Rung { readonly code: string; readonly from: number }

/** Where a total stands among the grades: points in hundredths, rungs from low to high. `sentence` tells it in words. */
export function ladder(total: number, rungs: readonly Rung[], sentence: string, least = 5000, most = 10_000): Markup {
  const at = (value: number) => tenth(1 + (Math.min(Math.max(value, least), most) - least) / (most - least) * 358);
  const marks = rungs.map((rung, place) => {
    const next = rungs[place + 1];
    const room = at(next?.from ?? most) - at(rung.from);
    const edge = at(rung.from);
    return `<path class="ax" d="M${edge} 20v32"/><text class="q" x="${edge}" y="70" text-anchor="middle">${whole(rung.from)}</text>`
      + (room < 14 ? '' : `<text class="b" x="${tenth(edge + 6)}" y="16">${escape(rung.code)}</text>`);
  });
  const ends = `<text class="q" x="2" y="70">${whole(least)}</text><text class="q" x="358" y="70" text-anchor="end">${whole(most)}</text>`;
  return drawing({ width, height: 78, sentence, body: `<rect class="was" x="1" y="26" width="358" height="20"/><rect class="a" x="2" y="27" width="${tenth(Math.max(0, at(total) - 2))}" height="18"/>${marks.join('')}${ends}` });
}

function sentenceOf(bars: readonly Bar[], words: BarWords): string {
  return bars.map(bar => `${bar.label} ${words.now} ${bar.told?.now ?? bar.now} ${words.unit}${bar.before === undefined ? '' : `，${words.before} ${bar.told?.before ?? bar.before} ${words.unit}`}`).join('；');
}

function change(by: number, same = '没变'): string {
  if (by === 0) return same;
  return by > 0 ? `多 ${by}` : `少 ${-by}`;
}

function drawing(chart: { readonly width: number; readonly height: number; readonly sentence: string; readonly body: string }): Markup {
  return markup(`<svg class="chart" viewBox="0 0 ${chart.width} ${chart.height}" role="img" aria-label="${escape(chart.sentence)}">${chart.body}</svg>`);
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
const whole = (hundredths: number): string => String(hundredths / 100);
