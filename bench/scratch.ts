import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from '../src/app.ts';
import { readConfig, type Config } from '../src/config.ts';
import { openOffice, type Office } from '../src/office.ts';
import { migrate } from '../src/store/migrate.ts';

/** Lends an empty data folder and takes it away afterwards, whatever happened. */
export async function inScratch<T>(use: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'xx-bench-'));
  try { return await use(dataDir); } finally { rmSync(dataDir, { recursive: true, force: true }); }
}

/** The settings a new office has, apart from where it lies and what it prints. */
export const configOf = (dataDir: string): Config => ({ ...readConfig({}), dataDir, databaseUrl: '', driver: 'sqlite3', demo: false, port: 0, host: '127.0.0.1', logLevel: 'silent' });

export async function openScratch(dataDir: string): Promise<Office> {
  const office = openOffice(configOf(dataDir));
  await migrate(office.store.write);
  return office;
}

/** The whole application on a free port. */
export const serveOffice = (office: Office): Promise<number> => listen(createServer(openApp(office).callback()));

export function listen(server: ReturnType<typeof createServer>): Promise<number> {
  server.keepAliveTimeout = 0;   // One that closes a line just as it is used again would end the measuring.
  return new Promise(resolve => { server.listen(0, '127.0.0.1', () => { resolve((server.address() as AddressInfo).port); }); });
}
