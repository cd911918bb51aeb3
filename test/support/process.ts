import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Config } from '../../src/config.ts';
import type { Office } from '../../src/office.ts';
import { newId } from '../../src/kit/id.ts';
import { newCookie, sessionId } from '../../src/people/sessions.ts';
import { tokenFor } from '../../src/web/csrf.ts';
import { officerId, placeNos } from './village.ts';

// The server as a process of its own, and a household saved through its whole HTTP path.

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise(resolve => { probe.close(resolve); });
  return port;
}

/** Starts the server on a data folder and resolves when it listens; `under` is a command that runs it, such as `unshare … --`. */
export async function startServer({ dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>, port: number, under: readonly string[] = []): Promise<ChildProcess> {
  const [command, ...args] = [...under, process.execPath, 'src/main.ts'];
  const child = spawn(command, args, { env: settings({ dataDir, databaseUrl }, port), stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => { if (data.toString().includes('listening')) resolve(); });
    child.once('exit', code => { reject(new Error(`the server ended with ${code}`)); });
  });
  return child;
}

/** A server that cannot serve: its exit code, and what the person who started it reads. */
export async function ended({ dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>, port: number): Promise<{ readonly code: number; readonly words: string }> {
  const child = spawn(process.execPath, ['src/main.ts'], { env: settings({ dataDir, databaseUrl }, port), stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (said: string) => { words += said; });
  const [code] = await once(child, 'exit') as [number];
  return { code, words };
}

const settings = ({ dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>, port: number): NodeJS.ProcessEnv =>
  ({ ...process.env, DATA_DIR: dataDir, DATABASE_URL: databaseUrl, PORT: String(port), HOST: '127.0.0.1', DEMO: 'off', LOG_LEVEL: 'info', HTTPS_PORT: 'off' });

export interface Saver {
  /** Saves a household under an id, as a browser would; answers the status and the page. */
  send(port: number, id?: string): Promise<{ readonly status: number; readonly body: string }>;
  /** Asks a page. */
  ask(port: number, path: string): Promise<number>;
  /** Ids whose saving was acknowledged. */
  readonly saved: ReadonlySet<string>;
}

/** Sun, signed in for as long as the test lasts, saves households of one name in Qinghe. */
export async function saverOf(office: Office): Promise<Saver> {
  const owner = newCookie();
  const at = new Date().toISOString();
  await office.store.write('sessions').insert({ id: sessionId(owner), officer: officerId('sun'), started_at: at, seen_at: at });
  const headers = { cookie: `xx_s=${owner}` };
  const form = (id: string): URLSearchParams => new URLSearchParams({
    _csrf: tokenFor(office.secrets.csrfKey, owner), id, village: String(placeNos.qinghe), group: String(placeNos.group1), grid: String(placeNos.grid1), address: '庄台路 9 号', name: savedName, relation: 'head', sex: 'female', birth_year: '1970', id_number: '', id_missing: 'applying', phone: '',
  });
  const saved = new Set<string>();
  return {
    saved,
    async send(port, id = newId()) {
      const answer = await fetch(`http://127.0.0.1:${port}/households/new`, { method: 'POST', body: form(id), headers, redirect: 'manual' });
      if (answer.status === 303) saved.add(id);
      return { status: answer.status, body: await answer.text() };
    },
    ask: async (port, path) => (await fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' })).status,
  };
}

/** The head of every household that a saver saves. */
export const savedName = '夏小满';
