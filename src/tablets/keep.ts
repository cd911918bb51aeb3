import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAddress } from '../kit/local-names.ts';
import { addDays, dayOf, startOf, type Instant } from '../kit/time.ts';
import { writeWhole } from '../store/whole-file.ts';
import type { Pair } from './authority.ts';

/** What the secure door shows: the certificate with whoever vouches for it, and the key. */
export interface Shown { readonly cert: string; readonly key: string }

/** Made anew this long before the end: an office that is shut for the spring festival still opens. */
const spareDays = 40;

const pathOf = (dataDir: string, who: 'authority' | 'office', end: 'crt' | 'key'): string => join(dataDir, 'tls', `${who}.${end}`);

/** The authority's certificate, for tablets to take; none before the first secure start. */
export function authorityCertificate(dataDir: string): X509Certificate | undefined {
  const path = pathOf(dataDir, 'authority', 'crt');
  return existsSync(path) ? new X509Certificate(readFileSync(path)) : undefined;
}

/**
 * The certificate for these names out of the data folder; what is missing, about to end or lacks a name is made anew.
 * An authority is kept for its ten years, since every tablet has to be shown a new one.
 */
export async function keepCertificate(dataDir: string, names: readonly string[], now: Instant): Promise<Shown> {
  const last = startOf(addDays(dayOf(now), spareDays));
  let authority = read(dataDir, 'authority');
  if (authority === undefined || endOf(authority) < last) {
    const { makeAuthority } = await import('./authority.ts');
    authority = write(dataDir, 'authority', await makeAuthority(now));
  }
  let own = read(dataDir, 'office');
  if (own === undefined || endOf(own) < last || !serves(own, authority, names)) {
    const { certify } = await import('./authority.ts');
    own = write(dataDir, 'office', await certify(authority, names, now));
  }
  return { cert: `${own.certificate}\n${authority.certificate}\n`, key: own.key };
}

const endOf = ({ certificate }: Pair): Instant => new X509Certificate(certificate).validToDate.toISOString();

function serves({ certificate }: Pair, authority: Pair, names: readonly string[]): boolean {
  const own = new X509Certificate(certificate);
  return own.verify(new X509Certificate(authority.certificate).publicKey) && names.every(name => (isAddress(name) ? own.checkIP(name) : own.checkHost(name)) !== undefined);
}

/** Half a pair, or one that cannot be read, is none. */
function read(dataDir: string, who: 'authority' | 'office'): Pair | undefined {
  const [certificate, key] = (['crt', 'key'] as const).map(end => pathOf(dataDir, who, end)).map(path => existsSync(path) ? readFileSync(path, 'utf8') : '');
  if (certificate === undefined || key === undefined) return undefined;
  try { return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)) ? { certificate, key } : undefined; } catch { return undefined; }
}

function write(dataDir: string, who: 'authority' | 'office', pair: Pair): Pair {
  mkdirSync(join(dataDir, 'tls'), { recursive: true, mode: 0o700 });
  writeWhole(pathOf(dataDir, who, 'key'), pair.key);
  writeWhole(pathOf(dataDir, who, 'crt'), pair.certificate);
  return pair;
}
