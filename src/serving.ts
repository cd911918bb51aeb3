import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openApp } from './app.ts';
import { areas } from './areas.ts';
import type { SecureDoor } from './tablets/secure-door.ts';
import type { Clockwork } from './clockwork.ts';
import { readConfig } from './config.ts';
import { openHandover } from './handover.ts';
import { openLog } from './log.ts';
import { Refusal } from './kit/refusal.ts';
import { takeLock, type Lock } from './lock.ts';
import { openOffice } from './office.ts';
import { announce, announceSecure, cannotListen, furnish } from './opening.ts';
import { migrate } from './store/migrate.ts';
import { uploadFolder } from './web/multipart.ts';
import { openServer } from './web/server.ts';

/** The process: settings, lock, office, doors, clockwork, and a gentle stop. */
const config = readConfig();
const log = openLog(config.logLevel);
const lock = ownFolder();
rmSync(uploadFolder(config.dataDir), { recursive: true, force: true });   // what a process that was killed had been sent
const office = openOffice(config);
await migrate(office.store.write);
const say = (line: string): void => { process.stdout.write(`${line}\n`); };
await furnish(office, say);
/** How long the clock lets the first pages have the machine. */
const firstPagesMs = 1_000;
const listener = openApp(office, log).callback();
const server = openServer(listener);
// A promise that nobody awaited is a bug to be told, not a reason to turn away a whole township.
process.on('unhandledRejection', error => { log.error({ error }, 'unhandled'); });
let clockwork: Clockwork | undefined;
let secureDoor: SecureDoor | undefined;
let stopping = false;
const handover = await openHandover(config.dataDir, async ({ args, cwd }, words) => {
  const [{ commands }, { runHanded }] = await Promise.all([import('./cli.ts'), import('./commands/run.ts')]);
  return runHanded(commands, office, { args, cwd, ...words });
});
server.once('error', error => { process.stderr.write(`${cannotListen(error, config)}\n`); lock.release(); process.exit(1); });
server.listen(config.port, config.host, () => { log.info({ port: portOf(server) }, 'listening'); void announce(office, portOf(server), say); setTimeout(startClock, firstPagesMs); });

function portOf(listening: Server): number {
  const address = listening.address();
  return typeof address === 'object' && address !== null ? address.port : config.port;
}

/** What the first pages do not need is loaded when they are out. */
async function startClock(): Promise<void> {
  const { openClockwork } = await import('./clockwork.ts');
  await openSecure();
  if (stopping) return;
  clockwork = openClockwork(office, areas.flatMap(area => area.jobs ?? []), log);
  clockwork.start();
  giveBack();
}

/** Plain HTTP is there already, and stays: without HTTPS tablets work as long as they have a line. */
async function openSecure(): Promise<void> {
  if (config.httpsPort === undefined) return;
  try {
    const { openSecureDoor } = await import('./tablets/secure-door.ts');
    secureDoor = await openSecureDoor(config, office.clock, listener, error => { log.error({ error }, 'renewing the certificate'); });
    log.info({ port: secureDoor.port }, 'listening securely');
    announceSecure(config, secureDoor.port, say);
  } catch (error) {
    log.error({ error }, 'no secure door');
    process.stderr.write(`安全连接没有打开，别的照常：${cannotListen(error as NodeJS.ErrnoException, { host: config.host, port: config.httpsPort, setting: 'HTTPS_PORT' })}\n`);
  }
}

/** What only the start needed goes back to the machine, 12 MB and more: an office that waits for its morning holds little. */
function giveBack(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as (wanted: object) => void)({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

/** A second server on the same folder would write past the first: it says who has it, and ends. */
function ownFolder(): Lock {
  try { return takeLock(config.dataDir, 'serve'); } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.words}\n`);
    process.exit(1);
  }
}

function stop(): void {
  if (stopping) return;
  stopping = true;
  const end = (): never => { lock.release(); process.exit(0); };
  server.close(() => { void Promise.all([handover.close(), clockwork?.close(), secureDoor?.close()]).then(() => office.close()).then(end, end); });
  server.closeIdleConnections();
  setTimeout(end, 5_000).unref();
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
