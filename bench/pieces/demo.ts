import { fillDemo } from '../../seeds/demo/fill.ts';
import { newCookie, sessionId } from '../../src/people/sessions.ts';
import { openScratch } from '../scratch.ts';

export interface Demo { readonly cookie: string; /** Rated households of this year's round. */ readonly households: readonly { readonly id: string; readonly round: string }[] }

/** Fills a data folder with a small demonstration: households about whom there is something to explain, and a committee member who is signed in. */
export default async function demo({ dataDir }: { readonly dataDir: string }): Promise<Demo> {
  const office = await openScratch(dataDir);
  await fillDemo(office, () => undefined, { householdsMost: 24 });
  const { read, store } = office;
  const officer: { id: string } | undefined = await read('officers').where({ login: 'weiyuan' }).first('id');
  const cookie = newCookie();
  const at = office.clock.now();
  const session = { id: sessionId(cookie), officer: officer?.id ?? '', started_at: at, seen_at: at };
  await store.dialect.insertRows(store.write, 'sessions', Object.keys(session), [session]);
  const households: Demo['households'][number][] = await read('current_ratings as k').join('households as h', 'h.no', 'k.subject').join('rounds as r', 'r.no', 'k.round').whereNull('r.closed_on').orderBy('h.no').select('h.id', 'r.id as round');
  await office.close();
  return { cookie: `xx_s=${cookie}`, households };
}
