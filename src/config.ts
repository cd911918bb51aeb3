import { resolve } from 'node:path';
import { isLocal } from './kit/local-names.ts';

/** Everything that can be set from outside, read once. README's table of settings is tested against this file. */
export interface Config {
  /** Port of the HTTP door; 0 picks a free one. */
  readonly port: number;
  readonly host: string;
  /** The one folder with state: database file, evidence files, secrets, lock. */
  readonly dataDir: string;
  /** `postgres://…` selects PostgreSQL; empty means the SQLite file in `dataDir`. */
  readonly databaseUrl: string;
  readonly driver: 'sqlite3' | 'better-sqlite3';
  /** Fill an empty database with the demonstration township? */
  readonly demo: boolean;
  /** Port of the HTTPS door, 443 above PORT unless set; 0 picks a free one, undefined opens none. */
  readonly httpsPort: number | undefined;
  /** Own certificate (with its chain) and key, as PEM files; empty: the office vouches for itself. */
  readonly tlsCert: string;
  readonly tlsKey: string;
  /** More local names under which tablets find this machine. */
  readonly tlsNames: readonly string[];
  /** Origin printed in QR codes, such as `http://192.168.1.10:3000`; empty means the address asked for. */
  readonly publicOrigin: string;
  /** Behind a reverse proxy on this machine: believe X-Forwarded-For, -Proto and -Host. */
  readonly trustProxy: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Reads the settings; reports every bad value at once and throws. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const faults: string[] = [];
  const oneOf = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const given = env[name];
    if (given === undefined || given === '') return fallback;
    const found = allowed.find(value => value === given);
    if (found === undefined) faults.push(`${name}: ${allowed.join(' | ')}`);
    return found ?? fallback;
  };
  const port = Number(env['PORT'] ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) faults.push('PORT: 0 – 65535');
  const databaseUrl = env['DATABASE_URL'] ?? '';
  if (databaseUrl !== '' && !/^postgres(ql)?:\/\//.test(databaseUrl)) faults.push('DATABASE_URL: postgres://user:password@host:port/name');
  const publicOrigin = (env['PUBLIC_ORIGIN'] ?? '').replace(/\/$/, '');
  if (publicOrigin !== '' && !/^https?:\/\/[^/]+$/.test(publicOrigin)) faults.push('PUBLIC_ORIGIN: http://name:port');
  const trustProxy = oneOf('TRUST_PROXY', ['on', 'off'], 'off') === 'on';
  const secure = env['HTTPS_PORT'] ?? '';
  // A proxy in front has its own certificate.
  const httpsPort = secure === 'off' || secure === '' && trustProxy ? undefined : secure !== '' ? Number(secure) : port === 0 ? 0 : port + 443 > 65_535 ? port - 443 : port + 443;
  if (httpsPort !== undefined && (!Number.isInteger(httpsPort) || httpsPort < 0 || httpsPort > 65_535 || httpsPort !== 0 && httpsPort === port)) faults.push('HTTPS_PORT: off | 0 – 65535, not PORT');
  const [tlsCert, tlsKey] = [env['TLS_CERT'] ?? '', env['TLS_KEY'] ?? ''];
  if ((tlsCert === '') !== (tlsKey === '')) faults.push('TLS_CERT, TLS_KEY: both or neither');
  const tlsNames = (env['TLS_NAMES'] ?? '').toLowerCase().split(',').map(name => name.trim()).filter(name => name !== '');
  if (!tlsNames.every(isLocal)) faults.push('TLS_NAMES: local names, such as xiangxin.lan,office.local');
  const config: Config = Object.freeze({
    port, databaseUrl, publicOrigin, httpsPort, tlsNames, trustProxy,
    tlsCert: tlsCert === '' ? '' : resolve(tlsCert), tlsKey: tlsKey === '' ? '' : resolve(tlsKey),
    host: env['HOST'] ?? '0.0.0.0',
    dataDir: resolve(env['DATA_DIR'] ?? 'data'),
    driver: oneOf('DB_DRIVER', ['sqlite3', 'better-sqlite3'], 'sqlite3'),
    demo: oneOf('DEMO', ['on', 'off'], 'on') === 'on',
    logLevel: oneOf('LOG_LEVEL', ['debug', 'info', 'warn', 'error', 'silent'], 'info'),
  });
  if (faults.length > 0) throw new Error(`设置有误 (bad settings):\n  ${faults.join('\n  ')}`);
  return config;
}
