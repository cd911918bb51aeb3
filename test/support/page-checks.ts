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
