import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.ts';

type Asked = Pick<IncomingMessage, 'headers' | 'socket'>;

/** Whether it came through our own secure door. */
export const isEncrypted = ({ socket }: Pick<Asked, 'socket'>): boolean => 'encrypted' in socket;

/**
 * Where anybody's browser reaches the office, as printed in QR codes: the address that was set, or else the one asked for, which a trusted proxy may tell.
 * Our own authority is trusted by the office's tablets alone: what a tablet prints leads a villager's phone to the plain door.
 */
export function originOf(request: Asked, { publicOrigin, trustProxy, tlsCert, port }: Config): string {
  if (publicOrigin !== '') return publicOrigin;
  const { headers } = request;
  const told = (name: string): string | undefined => trustProxy ? String(headers[name] ?? '').split(',')[0]?.trim() || undefined : undefined;
  const host = told('x-forwarded-host') ?? headers.host ?? '';
  if (!isEncrypted(request)) return `${told('x-forwarded-proto')?.toLowerCase() ?? 'http'}://${host}`;
  return tlsCert === '' ? `http://${host.replace(/:\d+$/, '')}:${port}` : `https://${host}`;
}
