import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import type { Server } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../kit/time.ts';
import type { Config } from '../config.ts';
import { openSecureServer } from '../web/server.ts';
import { keepCertificate, type Shown } from './keep.ts';
import { lanNames } from './lan.ts';

type Settings = Pick<Config, 'dataDir' | 'host' | 'httpsPort' | 'tlsCert' | 'tlsKey' | 'tlsNames' | 'publicOrigin'>;

/** HTTPS beside HTTP: only there may a browser keep pages and what was typed while there is no network. */
export interface SecureDoor {
  readonly port: number;
  /** Looks whether another certificate is due: a new address of this machine, its last weeks, a file that was replaced. True: it was changed. */
  renew(): Promise<boolean>;
  close(): Promise<void>;
}

const lookMs = 10 * 60_000;

/** Opens it, and looks after its certificate by itself. `failed` hears of a renewal that did not work; the old certificate stays. */
export async function openSecureDoor(config: Settings, clock: Clock, listener: RequestListener, failed: (error: unknown) => void): Promise<SecureDoor> {
  let shown = await shownBy(config, clock);
  const server = openSecureServer(shown, listener);
  server.listen(config.httpsPort ?? 0, config.host);
  await once(server, 'listening');   // Rejects with the error when it cannot.
  const renew = async (): Promise<boolean> => {
    const next = await shownBy(config, clock);
    if (next.cert === shown.cert && next.key === shown.key) return false;
    server.setSecureContext(next);
    shown = next;
    return true;
  };
  const timer = setInterval(() => { renew().catch(failed); }, lookMs).unref();
  return { port: (server.address() as AddressInfo).port, renew, close: () => closed(server, timer) };
}

/** The office's own files where they are set, or what its own authority vouches for. */
async function shownBy(config: Settings, clock: Clock): Promise<Shown> {
  if (config.tlsCert === '') return keepCertificate(config.dataDir, lanNames(config), clock.now());
  const [cert, key] = await Promise.all([readFile(config.tlsCert, 'utf8'), readFile(config.tlsKey, 'utf8')]);
  return { cert, key };
}

function closed(server: Server, timer: NodeJS.Timeout): Promise<void> {
  clearInterval(timer);
  return new Promise(resolve => { server.close(() => { resolve(); }); server.closeIdleConnections(); });
}
