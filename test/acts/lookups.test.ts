import test from 'ava';
import { lookUp } from '../../src/coop/lookup.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { roundUnderWay } from '../support/round.ts';
import { households, openVillage } from '../support/village.ts';

test('a look without consent is refused as if there were nobody, and kept', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'approved', grade: 0 } });
  const refusal = await t.throwsAsync<Refusal>(lookUp(village.office, await village.actor('wei'), { household: households.zhou.id, purpose: 'beforeLoan' }));
  t.is(refusal?.code, 'not-shared');
  t.is(await village.traces(), 1);
  t.deepEqual(await village.office.read('lookups').select('found'), [{ found: 0 }]);
});

test('an officer whose account serves no bank looks at nothing', async t => {
  const village = await openVillage(t);
  await village.office.store.write('officers').where({ login: 'wei' }).update({ bank: null });
  const refusal = await t.throwsAsync<Refusal>(lookUp(village.office, await village.actor('wei'), { household: households.zhou.id, purpose: 'beforeLoan' }));
  t.is(refusal?.code, 'no-bank');
  t.is(await village.traces(), 0);
});

test('others may not look through the bank’s window at all', async t => {
  const village = await openVillage(t);
  await village.office.store.write('officers').whereNot({ login: 'wei' }).update({ bank: 'bank-1' });
  for (const who of ['mei', 'gao', 'ping'] as const) {
    const refusal = await t.throwsAsync<Refusal>(lookUp(village.office, await village.actor(who), { household: households.zhou.id, purpose: 'beforeLoan' }));
    t.is(refusal?.code, 'not-allowed', who);
  }
  t.is(await village.traces(), 0);
});
