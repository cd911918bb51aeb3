import 'reflect-metadata';   // @peculiar/x509 leans on it, and says so only when it is missing
import { randomBytes } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { addDays, dayOf, startOf, type Instant } from '../kit/time.ts';
import { constraintBytes, isAddress, isLocal } from '../kit/local-names.ts';

/** A certificate and its key, both as PEM. */
export interface Pair { readonly certificate: string; readonly key: string }

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const authorityDays = 3_650;
/** What browsers still take from an authority that the user installed (Apple: 825 days; public ones: 398). */
const certificateDays = 397;
const oid = { nameConstraints: '2.5.29.30', serverAuth: '1.3.6.1.5.5.7.3.1' } as const;

/**
 * An authority of this office's own, for tablets to trust. It may speak for names of a local network alone (RFC 5280, 4.2.1.10):
 * whoever steals the township's PC can pretend to be this office, and no bank or shop.
 */
export async function makeAuthority(now: Instant): Promise<Pair> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(), name: [{ CN: [`乡信 ${randomBytes(2).toString('hex')}`] }], keys, signingAlgorithm: algorithm, ...lasting(now, authorityDays),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      new x509.Extension(oid.nameConstraints, true, constraintBytes()),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await pemOf(keys.privateKey) };
}

/** A certificate for these local names and addresses, by that authority; it never outlives it. */
export async function certify(authority: Pair, names: readonly string[], now: Instant): Promise<Pair> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const signingKey = await crypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(authority.key), algorithm, false, ['sign']);
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const { notBefore, notAfter } = lasting(now, certificateDays);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(), subject: [{ CN: ['乡信'] }], issuer: issuer.subjectName.toJSON(), publicKey: keys.publicKey, signingKey, signingAlgorithm: algorithm,
    notBefore, notAfter: notAfter < issuer.notAfter ? notAfter : issuer.notAfter,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([oid.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names.filter(isLocal).map(name => ({ type: isAddress(name) ? 'ip' as const : 'dns' as const, value: name }))),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await pemOf(keys.privateKey) };
}

/** Twenty bytes at most, and never negative (RFC 5280, 4.1.2.2). */
const serial = (): string => `01${randomBytes(15).toString('hex')}`;
const pemOf = async (key: CryptoKey): Promise<string> => x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');

/** From the day before, since the clock of an old tablet may lag. */
const lasting = (now: Instant, days: number): { readonly notBefore: Date; readonly notAfter: Date } =>
  ({ notBefore: new Date(startOf(addDays(dayOf(now), -1))), notAfter: new Date(startOf(addDays(dayOf(now), days))) });
