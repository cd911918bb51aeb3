import type { Page } from 'playwright-core';

/** The widths on which nothing may scroll sideways: old phone, phone, tablet, small and usual office screen. */
export const widths = [360, 390, 800, 1024, 1366] as const;

/** Widths on which the page is wider than the screen. */
export async function tooWideAt(page: Page, list: readonly number[] = widths): Promise<readonly number[]> {
  const found: number[] = [];
  for (const width of list) {
    await page.setViewportSize({ width, height: 900 });
    if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) found.push(width);
  }
  return found;
}

/** Latin words among what a person reads: units, grades, file kinds and the keys of rules aside, a screen is Chinese. */
export async function englishIn(page: Page): Promise<readonly string[]> {
  const [text, keys] = await page.evaluate(() => [document.body.innerText, [...document.querySelectorAll('.key')].map(each => each.textContent)] as const);
  return [...new Set(text.match(/\b(?:undefined|null|NaN|true|false|Error|object Object|[a-z]+[A-Z][A-Za-z]+)\b/g) ?? [])].filter(word => !keys.includes(word));
}

/** How many sheets of paper a page becomes, and the size of the first in millimetres. */
export async function printed(page: Page): Promise<{ readonly sheets: number; readonly width: number; readonly height: number }> {
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  const [, width = '0', height = '0'] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(pdf) ?? [];
  const mm = (points: string): number => Math.round(Number(points) / 72 * 25.4);
  return { sheets: (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length, width: mm(width), height: mm(height) };
}

/** Millimetres of each kind of paper, across and down. */
const papers: Readonly<Record<string, readonly [number, number]>> = { 'a3': [297, 420], 'a4': [210, 297], 'a4-wide': [297, 210], 'a5': [210, 148] };

/**
 * What is wrong with a printed sheet: another size than it declares, fewer sheets than it has papers, something wider than the paper, a number that no
 * paper may carry, a letter that names two households. `heads`: everybody who heads one, officers aside.
 */
export async function paperFaults(page: Page, heads: readonly string[]): Promise<readonly string[]> {
  const faults: string[] = [];
  const kind = await page.evaluate(() => /page-(a3|a4-wide|a4|a5)/.exec([...document.querySelectorAll('link[rel=stylesheet]')].map(each => each.getAttribute('href')).join(' '))?.[1] ?? '');
  const [across, down] = papers[kind] ?? [0, 0];
  const { sheets, width, height } = await printed(page);
  if (width !== across || height !== down) faults.push(`${width} × ${height} mm and not ${kind}`);
  const count = await page.locator('article.official, section.sheet, section.plaque').count();
  if (count === 0 || sheets < count) faults.push(`${sheets} sheets for ${count} papers`);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: Math.round(across / 25.4 * 96), height: 900 });
  if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) faults.push('wider than the paper');
  await page.emulateMedia({ media: null });
  for (const text of await page.locator('main.papers article, main.papers section').allInnerTexts()) if (/\d{17}[\dXx]|(?<!\d)1[3-9]\d{9}(?!\d)/.test(text.replaceAll(/[0-9a-f]{32,}/g, ''))) faults.push('a number of a card or a phone');
  for (const text of await page.locator('article.letter').allInnerTexts()) {
    const named = [...new Set(heads.filter(head => text.includes(head)))];
    if (named.length > 1) faults.push(`names ${named.join(' and ')}`);
  }
  return faults;
}
