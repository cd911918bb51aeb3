// The tests themselves, on Node 24: lint, types, then every level on SQLite and the database levels again on PostgreSQL.
// Options: --trial   the long trials too (TRIAL=1)     --only pure,laws   some levels     --match 'title*'   some tests
//          --sqlite  no PostgreSQL                     --quick            no lint and no types
import { spawn } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../test/support/postgres-server.ts';
import { hasChineseFont, installedChromium, packagedChromium } from '../test/support/chromium.ts';
import { canInstallSystemPackages, installSystemPackages, root } from './ready.mjs';

const levels = ['pure', 'laws', 'store', 'acts', 'doors', 'browser'];
const onDatabase = ['store', 'acts', 'doors'];

const { values: options } = parseArgs({ options: {
  trial: { type: 'boolean' }, sqlite: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string' }, match: { type: 'string', multiple: true },
} });
const chosen = options.only?.split(',').map(level => level.trim()) ?? levels;
const unknown = chosen.filter(level => !levels.includes(level));
if (unknown.length > 0) { process.stderr.write(`unknown level: ${unknown.join(', ')} (${levels.join(', ')})\n`); process.exit(2); }
const isWhole = options.only === undefined && options.match === undefined;

const seed = process.env.TRIAL_SEED || String(randomInt(1, 2 ** 31));
const environment = { ...process.env, NODE_ENV: 'test', FORCE_COLOR: '0', TRIAL_SEED: seed, TEST_WORKERS: process.env.TEST_WORKERS || String(Math.min(4, Math.max(2, availableParallelism()))) };
if (options.trial) environment.TRIAL = '1';
for (const name of ['DATABASE_URL', 'DATA_DIR', 'PORT', 'HOST', 'DEMO']) delete environment[name];   // A test's office is its own.

// Templates and test folders live and go with the run: nothing of an earlier schema, or of another user, can be met again.
const scratch = mkdtempSync(join(tmpdir(), 'xiangxin-test-'));
environment.TMPDIR = scratch;
environment.TEST_RUN = String(process.pid);

const total = { passed: 0, failed: 0 };
const began = performance.now();
const children = new Set();
let postgres;
let ending = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => { failStep('runner', 'interrupted'); void end(130); });
say(`seed ${seed} · repeat with TRIAL_SEED=${seed} npm test`);

try {
  // The server of the second half starts while the first half runs.
  const wantsPostgres = !options.sqlite && chosen.some(level => onDatabase.includes(level) && filesOf(level).length > 0);
  const starting = wantsPostgres ? startServer() : Promise.resolve(undefined);
  starting.catch(() => undefined);
  if (!options.quick && options.match === undefined) await Promise.all([check('oxlint', 'oxlint', ['--type-aware', '--deny-warnings', 'scripts', ...folders('src', 'test', 'seeds', 'migrations', 'bench')]), check('tsc', 'tsc', ['--noEmit', '--pretty', 'false', '-p', '.'])]);
  for (const level of chosen) {
    if (level === 'browser' && filesOf(level).length > 0) environment.CHROMIUM = await browser();
    await levelRun(level, onDatabase.includes(level) ? `${level} · SQLite` : level, environment);
  }
  if (wantsPostgres) {
    postgres = await starting.catch(error => { failStep('PostgreSQL', String(error?.message ?? error)); return undefined; });
    if (postgres !== undefined) {
      const again = { ...environment, TEST_DATABASE: 'postgres', TEST_POSTGRES_URL: postgres.url };
      for (const level of chosen.filter(name => onDatabase.includes(name))) await levelRun(level, `${level} · PostgreSQL`, again);
    }
  }
} catch (error) {
  failStep('runner', error?.stack ?? String(error));
}
if (total.passed + total.failed === 0) failStep('runner', 'no test ran');
await end(total.failed > 0 ? 1 : 0);

function say(line) { process.stdout.write(`${line}\n`); }
function filesOf(level) { return globSync(`test/${level}/**/*.test.ts`, { cwd: root }); }
function folders(...names) { return names.filter(name => globSync(`${name}/**/*.ts`, { cwd: root }).length > 0); }

function timing(name, startedMs, words) { say(`${name.padEnd(20)} ${((performance.now() - startedMs) / 1000).toFixed(1).padStart(6)} s   ${words}`); }

function failStep(name, output) {
  total.failed++;
  say(`✗ ${name}\n${output.trimEnd()}\n`);
}

/** Runs one of our own tools on this very Node; resolves with its exit code and all it said. */
function tool(name, args, env, onLine) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [join(root, 'node_modules', ...entry(name)), ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    children.add(child);
    let output = '';
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text;
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      if (onLine) for (const line of lines) onLine(line);
    });
    child.stderr.setEncoding('utf8').on('data', text => { output += text; });
    child.on('error', error => resolve({ code: 1, output: String(error) }));
    child.on('close', code => { children.delete(child); if (onLine && rest !== '') onLine(rest); resolve({ code: code ?? 1, output }); });
  });
}

function entry(name) {
  return { ava: ['ava', 'entrypoints', 'cli.js'], oxlint: ['oxlint', 'bin', 'oxlint'], tsc: ['typescript', 'bin', 'tsc'] }[name];
}

async function check(name, program, args) {
  const startedMs = performance.now();
  const { code, output } = await tool(program, args, environment);
  timing(name, startedMs, code === 0 ? 'clean' : 'FAILED');
  if (code !== 0) failStep(name, output);
}

/** One level through ava's TAP output: counts every test, prints what failed and leaves out what passed. */
async function levelRun(level, name, env) {
  if (filesOf(level).length === 0) return;
  const startedMs = performance.now();
  const count = { passed: 0, failed: 0, skipped: 0 };
  let failing = false;
  const failures = [];
  const { code, output } = await tool('ava', ['--tap', ...(options.match ?? []).flatMap(title => ['--match', title]), `test/${level}/**/*.test.ts`], env, line => {
    const result = /^(not )?ok \d+ -\s*(.*)$/.exec(line);
    if (result === null) {
      if (failing && /^(\s{2,}|#)/.test(line)) failures.push(line); else if (!/^\s/.test(line)) failing = false;
      return;
    }
    const isSkipped = /# (SKIP|TODO)\b/.test(result[2] ?? '');
    failing = result[1] !== undefined && !isSkipped;
    if (failing) { count.failed++; failures.push(`✗ ${result[2]}`); } else if (isSkipped) count.skipped++; else count.passed++;
  });
  const isEmpty = options.match !== undefined && count.passed + count.failed === 0;
  if (code !== 0 && count.failed === 0 && !isEmpty) { count.failed++; failures.push(`✗ ava ended with code ${code}`, output.trimEnd()); }
  total.passed += count.passed;
  total.failed += count.failed;
  timing(name, startedMs, `${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} left out` : ''}`);
  if (failures.length > 0) say(`\n${failures.join('\n')}\n`);
}

async function startServer() {
  if (process.env.TEST_POSTGRES_URL) return { url: process.env.TEST_POSTGRES_URL, stop: async () => {} };
  const server = await startPostgres();
  postgres = server;
  return server;
}

/** A browser for the browser level: what the machine has, else Debian's, else the one among our packages. */
async function browser() {
  const startedMs = performance.now();
  let path = installedChromium();
  if ((path === undefined || !hasChineseFont()) && canInstallSystemPackages()) {
    say('installing chromium and a Chinese font (apt-get install chromium fonts-noto-cjk) …');
    installSystemPackages([...(path === undefined ? ['chromium'] : []), 'fonts-noto-cjk']);
    path = installedChromium();
  }
  path ??= await packagedChromium();
  if (!hasChineseFont()) say('! No Chinese font on this machine: pages are tested, but kept screens show boxes. Debian: apt-get install -y fonts-noto-cjk');
  timing('browser ready', startedMs, path);
  return path;
}

async function end(code) {
  if (ending) return;
  ending = true;
  for (const child of children) child.kill('SIGTERM');
  await postgres?.stop().catch(() => undefined);
  rmSync(scratch, { recursive: true, force: true });
  timing(isWhole ? 'all' : 'chosen part', began, `run ${createHash('sha256').update(seed).digest('hex').slice(0, 6)}`);
  say(`${total.passed} passed, ${total.failed} failed`);
  process.exit(code);
}
