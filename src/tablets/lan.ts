import { hostname, networkInterfaces } from 'node:os';
import type { Config } from '../config.ts';
import { isLocal } from '../kit/local-names.ts';

/** The names and addresses under which tablets of the local network find this machine: its own, and those the settings add. */
export function lanNames({ tlsNames, publicOrigin }: Pick<Config, 'tlsNames' | 'publicOrigin'>): readonly string[] {
  const host = hostname().toLowerCase();
  const set = publicOrigin === '' ? [] : [new URL(publicOrigin).hostname];
  return [...new Set(['localhost', '127.0.0.1', host, `${host}.local`, ...lanAddresses(), ...tlsNames, ...set].filter(isLocal))];
}

/** IPv4 alone: it is what people type. */
export const lanAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap(list => list ?? []).filter(one => one.family === 'IPv4' && !one.internal).map(one => one.address);

/** Where a tablet finds the secure door: this machine's own words for itself lead it nowhere. */
export const tabletOrigins = (config: Parameters<typeof lanNames>[0], port: number): readonly string[] =>
  lanNames(config).filter(name => name !== 'localhost' && name !== '127.0.0.1').map(name => `https://${name}:${port}`);
