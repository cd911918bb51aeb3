import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../config.ts';

/** Where the visitor's browser reaches the office, as printed in QR codes: the address that was set, or else the one asked for, which a trusted proxy may tell. */
export function originOf(headers: IncomingHttpHeaders, { publicOrigin, trustProxy }: Config): string {
  if (publicOrigin !== '') return publicOrigin;
  const told = (name: string): string | undefined => trustProxy ? String(headers[name] ?? '').split(',')[0]?.trim() || undefined : undefined;
  return `${told('x-forwarded-proto')?.toLowerCase() ?? 'http'}://${told('x-forwarded-host') ?? headers.host ?? ''}`;
}
