import { closeSync, existsSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './commands/refusals.ts';
import { newId } from './kit/id.ts';

/** The process that owns a data folder. `born` tells two processes apart that got the same number one after the other. */
export interface Holder { readonly pid: number; readonly born: string; readonly what: string }

export interface Lock { release(): void }

const lockFile = (dataDir: string): string => join(dataDir, 'office.lock');

/** One process owns the data folder: takes it, or refuses with `office-locked` naming the one that has it. A dead owner's lock is taken over. */
export function takeLock(dataDir: string, what: string): Lock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = lockFile(dataDir);
  const own: Holder = { pid: process.pid, born: bornOf(process.pid), what };
  for (let tries = 0; tries < 5; tries++) {
    if (create(path, own)) {
      return { release() { if (readHolder(path)?.pid === own.pid) rmSync(path, { force: true }); } };
    }
    const holder = readHolder(path);
    if (holder !== undefined && isAlive(holder)) command.refuse('office-locked', { pid: holder.pid, what: holder.what });
    putAside(path, holder);
  }
  return command.refuse('office-locked', { pid: 0, what });
}

/** Who owns the folder now; undefined when nobody does. */
export function holderOf(dataDir: string): Holder | undefined {
  const holder = readHolder(lockFile(dataDir));
  return holder !== undefined && isAlive(holder) ? holder : undefined;
}

function create(path: string, own: Holder): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, JSON.stringify(own));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const read = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return typeof read.pid === 'number' ? { pid: read.pid, born: read.born ?? '', what: read.what ?? '' } : undefined;
  } catch { return undefined; }
}

/** Two that find the same dead lock at once must not remove each other's new one: what was moved aside is looked at again. */
function putAside(path: string, dead: Holder | undefined): void {
  const aside = `${path}.${newId()}`;
  try { renameSync(path, aside); } catch { return; }
  const moved = readHolder(aside);
  if (moved !== undefined && (moved.pid !== dead?.pid || moved.born !== dead.born) && isAlive(moved)) try { linkSync(aside, path); } catch { /* its owner made a new one already */ }
  rmSync(aside, { force: true });
}

/** A process of that number that began at another time is somebody else; in a container numbers come again at every start. */
function isAlive(holder: Holder): boolean {
  if (holder.pid === process.pid) return holder.born === bornOf(process.pid);
  try { process.kill(holder.pid, 0); } catch (error) { if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false; }
  const born = bornOf(holder.pid);
  return born === '' || holder.born === '' || born === holder.born;
}

/** When a process began, where the system tells it (Linux). */
function bornOf(pid: number): string {
  const path = `/proc/${pid}/stat`;
  try { return existsSync(path) ? readFileSync(path, 'utf8').replace(/^.*\) /s, '').split(' ')[19] ?? '' : ''; } catch { return ''; }
}
