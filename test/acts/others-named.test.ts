import test from 'ava';
import { Faults } from '../../src/kit/faults.ts';
import { mustNameNoOther } from '../../src/households/others-named.ts';
import { householdKey } from '../../src/households/subject.ts';
import { households, memberId, openVillage } from '../support/village.ts';

test('a neighbour is not named by a longer name of the household itself, and is by the own', async t => {
  const { office } = await openVillage(t);
  const key = await householdKey(office.read, households.zhou.id);
  const rename = (who: 'zhou' | 'wu', name: string) => office.store.write('members').where({ id: memberId(who) }).update({ name });
  await rename('zhou', '李明华');
  await rename('wu', '李明');
  await t.notThrowsAsync(mustNameNoOther(office.read, key, { note: '李明华说过了' }));
  await t.throwsAsync(mustNameNoOther(office.read, key, { note: '李明华和李明吵架' }), { instanceOf: Faults });
  await rename('zhou', '李明');
  await rename('wu', '李明华');
  await t.throwsAsync(mustNameNoOther(office.read, key, { note: '李明华说过了' }), { instanceOf: Faults }, 'the shorter own name hides no longer one');
});
