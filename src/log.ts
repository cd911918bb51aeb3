import pino from 'pino';
import type { Config } from './config.ts';

export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug'>;

/** What may be written about an error: its kind and where, never SQL with values or what a person typed. */
function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code: unknown = (error as { code?: unknown }).code;
  return { kind: error.name, code: typeof code === 'string' ? code : undefined, stack: (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line)).slice(0, 12), cause: error.cause === undefined ? undefined : plainError(error.cause) };
}

export const openLog = (level: Config['logLevel']): Log => pino({ level, serializers: { error: plainError }, base: null });
