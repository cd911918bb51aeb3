import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** No network of its own, no first-run pages, no GPU: the browser does what the test says and nothing else. */
export const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const usual = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'];

/** A browser of the machine: `CHROMIUM` if set, else the first known name in PATH. */
export function installedChromium(): string | undefined {
  const chosen = process.env['CHROMIUM'];
  if (chosen !== undefined && chosen !== '') {
    if (!existsSync(chosen)) throw new Error(`CHROMIUM names ${chosen}, which does not exist`);
    return chosen;
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return [...names.flatMap(name => folders.map(folder => join(folder, name))), ...usual].find(path => existsSync(path));
}

/** The browser that came with the packages, unpacked on first use; brings no Chinese font. */
export async function packagedChromium(): Promise<string> {
  const { default: chromium } = await import('@sparticuz/chromium');
  return await chromium.executablePath();
}

/** Can Chinese be drawn? Where fontconfig is missing nobody knows, which counts as yes. */
export function hasChineseFont(): boolean {
  const listed = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  return listed.error !== undefined || listed.stdout.trim() !== '';
}
