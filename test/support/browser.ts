import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { ExecutionContext } from 'ava';
import { flags, installedChromium, packagedChromium } from './chromium.ts';

/** The screens the office has: what a grid worker carries, a villager's phone, an office desk, the wall of the village hall. */
export const screens = {
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  tablet: { viewport: { width: 800, height: 1280 }, hasTouch: true },
  desk: { viewport: { width: 1366, height: 768 } },
  wall: { viewport: { width: 1920, height: 1080 } },
} as const satisfies Readonly<Record<string, BrowserContextOptions>>;
export type Screen = keyof typeof screens;

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page itself: script errors and console errors. An honest journey ends with none. */
  readonly troubles: readonly string[];
}

/**
 * A fresh visitor (own cookies, own storage) in the browser that this test process shares.
 * When the test fails, the screen is kept in test/.artifacts.
 */
export async function openBrowser(t: ExecutionContext, screen: Screen = 'tablet', options: BrowserContextOptions = {}): Promise<Visitor> {
  const browser = await shared();
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', ...screens[screen], ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', error => { troubles.push(error.message); });
  page.on('console', message => { if (message.type() === 'error') troubles.push(message.text()); });
  t.teardown(async () => {
    if (!t.passed) await keepScreen(t.title, context);
    await context.close();
    await release();
  });
  return { page, context, troubles };
}

export interface Violation { readonly rule: string; readonly impact: string; readonly help: string; readonly where: readonly string[] }

/** Runs axe over the whole page (WCAG 2.1 A and AA and best practices) and returns what it found; `t.deepEqual(await axe(page), [])`. */
export async function axe(page: Page): Promise<readonly Violation[]> {
  // The page's content security policy forbids eval, so axe enters through the debugger and not through a script tag.
  await page.evaluate(axeSource());
  return await page.evaluate(async () => {
    const found = await (globalThis as unknown as { axe: { run(where: Document, options: object): Promise<{ violations: readonly AxeViolation[] }> } }).axe.run(document, { resultTypes: ['violations'] });
    return found.violations.map(violation => ({ rule: violation.id, impact: violation.impact ?? '', help: violation.help, where: violation.nodes.map(node => node.target.join(' ')) }));
  });
}

interface AxeViolation { readonly id: string; readonly impact?: string; readonly help: string; readonly nodes: readonly { readonly target: readonly string[] }[] }

let source: string | undefined;
const axeSource = (): string => source ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// One browser a process, started by the first visitor and closed with the last, so that the test process can end.
let running: Promise<Browser> | undefined;
let visitors = 0;

async function shared(): Promise<Browser> {
  visitors++;
  running ??= (async () => chromium.launch({ executablePath: installedChromium() ?? await packagedChromium(), args: [...flags] }))();
  return await running;
}

async function release(): Promise<void> {
  visitors--;
  if (visitors > 0 || running === undefined) return;
  const closing = running;
  running = undefined;
  await (await closing).close();
}

async function keepScreen(title: string, context: BrowserContext): Promise<void> {
  const folder = new URL('../.artifacts/', import.meta.url).pathname;
  mkdirSync(folder, { recursive: true });
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
  for (const [at, page] of context.pages().entries()) await page.screenshot({ path: join(folder, `${name}-${at}.png`), fullPage: true }).catch(() => undefined);
}
