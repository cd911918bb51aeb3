import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import type { ExecutionContext } from 'ava';
import { commands } from '../../src/cli.ts';
import type { Words } from '../../src/commands/command.ts';
import { command as refusals } from '../../src/commands/refusals.ts';
import { runHanded, runLine } from '../../src/commands/run.ts';
import { handOver, openHandover, socketPath } from '../../src/handover.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { holderOf, takeLock } from '../../src/lock.ts';
import { openOffice, testConfig } from '../support/office.ts';
import { openVillage } from '../support/village.ts';

interface Heard extends Words { readonly said: string[]; readonly faults: string[] }
const heard = (): Heard => {
  const said: string[] = [];
  const faults: string[] = [];
  return { said, faults, out: line => said.push(line), err: line => faults.push(line) };
};
function folder(t: ExecutionContext): string {
  const made = mkdtempSync(join(tmpdir(), 'xx-cli-'));
  t.teardown(() => { rmSync(made, { recursive: true, force: true }); });
  return made;
}
const line = (args: readonly string[], words: Words) => ({ args, cwd: tmpdir(), out: words.out, err: words.err });

test('one process owns a folder; a dead one loses it, and a number used again is nobody', t => {
  const dataDir = folder(t);
  const lock = takeLock(dataDir, 'serve');
  t.is(holderOf(dataDir)?.what, 'serve');
  t.is(t.throws<Refusal>(() => takeLock(dataDir, 'restore'))?.code, 'office-locked');
  lock.release();
  t.is(holderOf(dataDir), undefined);
  const dead = spawnSync(process.execPath, ['-e', ''], { encoding: 'utf8' }).pid;
  writeFileSync(join(dataDir, 'office.lock'), JSON.stringify({ pid: dead, born: '1', what: 'serve' }));
  takeLock(dataDir, 'migrate').release();
  writeFileSync(join(dataDir, 'office.lock'), JSON.stringify({ pid: process.pid, born: 'another time', what: 'serve' }));
  takeLock(dataDir, 'migrate').release();
  writeFileSync(join(dataDir, 'office.lock'), 'half a li');
  takeLock(dataDir, 'migrate').release();
  t.false(existsSync(join(dataDir, 'office.lock')));
});

test('exit codes are honest: usage 2, refused 1, done 0', async t => {
  const { office } = await openVillage(t);
  const words = heard();
  t.is(await runLine(commands, office.config, line([], words)), 2);
  t.is(await runLine(commands, office.config, line(['help'], words)), 0);
  t.true(words.said.some(text => text.includes('backup FILE')));
  t.is(await runLine(commands, office.config, line(['fly'], words)), 2);
  t.is(await runLine(commands, office.config, line(['backup'], words)), 2);
  t.is(await runLine(commands, office.config, line(['backup', 'a', '--fast'], words)), 2);
  t.is(await runLine(commands, office.config, line(['backup', '/nowhere-at-all/x'], words)), 1);
  t.is(await runLine(commands, office.config, line(['verify', '--quiet'], words)), 0);
  await office.store.write('place_events').insert({ id: 'x', place_no: 20, kind: 'renamed', day: '2026-11-23', was: '', now: '', reason: '', at: '', by: '', unit: 9 });
  t.is(await runLine(commands, office.config, line(['verify', '--quiet'], words)), 1);
});

test('reading commands ask for a database of this release', async t => {
  const { office } = await openOffice(t);
  await office.store.write('migrations').where('name', 'like', '%-05-%').del();
  const words = heard();
  t.is(await runLine(commands, office.config, line(['verify'], words)), 1);
  t.deepEqual(words.faults, [refusals.entries['not-migrated'].say({})]);
});

test('migrate and restore are refused while the folder is owned', async t => {
  const { office } = await openVillage(t);
  const lock = takeLock(office.config.dataDir, 'serve');
  t.teardown(() => { lock.release(); });
  const words = heard();
  t.is(await runLine(commands, office.config, line(['migrate'], words)), 1);
  t.is(await runLine(commands, office.config, line(['restore', 'x'], words)), 1);
  t.is(words.faults.length, 2);
});

test('commands that write go through the running server: words, order and exit code come back', async t => {
  const { office } = await openVillage(t);
  const door = await openHandover(office.config.dataDir, async ({ args }, words) => {
    await new Promise(resolve => { setTimeout(resolve, args[0] === 'slow' ? 40 : 0); });
    words.out(`did ${args.join(' ')}`);
    words.err('and a fault');
    return args[0] === 'bad' ? 1 : 0;
  });
  const words = heard();
  const codes = await Promise.all([handOver(office.config.dataDir, { args: ['slow'], cwd: '/' }, words), handOver(office.config.dataDir, { args: ['bad', '二'], cwd: '/' }, words)]);
  t.deepEqual(codes, [0, 1]);
  t.deepEqual(words.said, ['did slow', 'did bad 二']);
  t.is(words.faults.length, 2);
  await door.close();
  t.is((await t.throwsAsync<Refusal>(handOver(office.config.dataDir, { args: ['x'], cwd: '/' }, words)))?.code, 'server-silent');
});

test('the server takes no command that does not write, and a long folder name still has a socket', async t => {
  const { office } = await openVillage(t);
  const words = heard();
  t.is(await runHanded(commands, office, line(['restore', 'x'], words)), 2);
  t.true(Buffer.byteLength(socketPath(`/${'x'.repeat(200)}`)) <= 104);
});

test('the program itself: a second server on one folder is refused, and the first gives the folder back', async t => {
  const dataDir = folder(t);
  const config = testConfig({ dataDir });
  const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', DEMO: 'off', LOG_LEVEL: 'info', HOST: '127.0.0.1', DATABASE_URL: '' };
  const first = spawn(process.execPath, ['src/main.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise(resolve => { first.once('exit', resolve); });
  t.teardown(() => { first.kill('SIGKILL'); });
  await new Promise<void>(resolve => { first.stdout.on('data', data => { if (String(data).includes('listening')) resolve(); }); });
  t.is(holderOf(config.dataDir)?.what, 'serve');
  const second = spawnSync(process.execPath, ['src/main.ts'], { env, encoding: 'utf8', timeout: 20_000 });
  t.is(second.status, 1);
  t.regex(second.stderr, new RegExp(String(first.pid)));
  first.kill('SIGTERM');
  t.is(await ended, 0);
  t.false(existsSync(join(dataDir, 'office.lock')));
  t.true(readFileSync(join(dataDir, 'office.db')).length > 0);
});
