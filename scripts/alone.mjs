// One installation at a time: `npm start` and `npm test` begun together on a fresh copy would each empty the folder the other is filling.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `work` while no other process of this machine runs it for the same folder; waits for one that does, telling so once. */
export function alone(folder, { waiting, work }) {
  const lock = join(tmpdir(), `xiangxin-install-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`);
  for (let told = false; !taken(lock); told = true) {
    if (!told) waiting();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  }
  try { return work(); } finally { rmSync(lock, { force: true }); }
}

function taken(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!isHeld(lock)) rmSync(lock, { force: true });   // Left by a process that was killed: the next try takes it.
  return false;
}

function isHeld(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid > 0) return isRunning(pid);
    return Date.now() - statSync(lock).mtimeMs < 10_000;   // Empty: being written at this moment, or never finished.
  } catch { return true; }   // Gone meanwhile: try again.
}

function isRunning(pid) {
  try { process.kill(pid, 0); return true; } catch (error) { return error.code === 'EPERM'; }
}
