import type { ExecutionContext } from 'ava';
import { fillDemo } from '../../seeds/demo/fill.ts';
import { demoPassword } from '../../seeds/demo/accounts.ts';
import { openOffice as open } from '../../src/office.ts';
import { newCookie, sessionId } from '../../src/people/sessions.ts';
import { keepHouse } from '../../src/store/housekeeping.ts';
import type { Office } from '../../src/office.ts';
import { setClock } from './clock.ts';
import { openOffice, type Filling, type TestOffice } from './office.ts';

export { demoPassword };

/** The demonstration, small: every village at its point of the way, with a handful of households each. */
const filling: Filling = {
  name: 'demo',
  async fill(config) {
    const office = open(config, setClock());
    await fillDemo(office, () => undefined, { householdsMost: 24 });
    await office.close();
  },
};

export const openDemo = (t: Pick<ExecutionContext, 'teardown'>): Promise<TestOffice> => openOffice(t, filling);

/** A session of somebody by login: what the browser would carry as `xx_s`. */
export async function cookieOf(office: Office, login: string): Promise<string> {
  const row: { id: string } | undefined = await office.read('officers').where({ login }).first('id');
  if (row === undefined) throw new Error(`nobody signs in as ${login}`);
  const owner = newCookie();
  const at = office.clock.now();
  await keepHouse(office, 'put', 'sessions', [{ id: sessionId(owner), officer: row.id, started_at: at, seen_at: at }]);
  return owner;
}
