import { performance } from 'node:perf_hooks';
import autocannon, { type Request } from 'autocannon';

export interface Pressed { readonly perSecond: number; readonly p99: number }

/** Asks a server as fast as it answers; anything but an answer of the kind wanted spoils the measurement and throws. */
export async function press(url: string, { connections, amount, headers = {}, each }: { readonly connections: number; readonly amount: number; readonly headers?: Record<string, string>; readonly each?: () => Request }): Promise<Pressed> {
  const start = performance.now();
  const result = await autocannon({ url, connections, amount, headers, ...each === undefined ? {} : { requests: [{ setupRequest: request => ({ ...request, ...each() }) }] } });
  const took = performance.now() - start;
  if (result.errors > 0 || result['4xx'] + result['5xx'] > 0) throw new Error(`${url}: ${result.errors} errors, ${result['4xx']} refused, ${result['5xx']} broken`);
  return { perSecond: (result['2xx'] + result['3xx']) / took * 1_000, p99: result.latency.p99 };
}
