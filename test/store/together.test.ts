import test from 'ava';
import type { Knex } from 'knex';
import { together } from '../../src/store/together.ts';
import { openVillage, households, type Village } from '../support/village.ts';

/** Counts the statements: how many keys each of them asked for. */
function counted() {
  const asked: number[] = [];
  const byNo = together(async (read: Knex, village: number, nos: readonly number[]) => {
    asked.push(nos.length);
    const rows: { household_no: number; head_name: string }[] = await read('households').where({ village_no: village }).whereIn('household_no', [...nos]).select('household_no', 'head_name');
    return new Map(rows.map(row => [row.household_no, row.head_name]));
  });
  return { asked, byNo };
}
const homesOf = async ({ office }: Village): Promise<readonly { village_no: number; household_no: number; head_name: string }[]> =>
  office.read('households').whereIn('id', Object.values(households).map(each => each.id)).select('village_no', 'household_no', 'head_name');

test('what is asked for in one turn goes out as one statement a scope, and everybody gets their own', async t => {
  const village = await openVillage(t);
  const homes = await homesOf(village);
  const { asked, byNo } = counted();
  const answers = await Promise.all([...homes, ...homes].map(home => byNo(village.office.read, home.village_no, home.household_no)));
  t.deepEqual(answers, [...homes, ...homes].map(home => home.head_name));
  t.is(asked.length, new Set(homes.map(home => home.village_no)).size);
  t.is(asked.reduce((sum, keys) => sum + keys, 0), homes.length, 'nobody is asked for twice');
  t.is(await byNo(village.office.read, homes[0]?.village_no ?? 0, 99_999), undefined);
});

test('whoever asks while a statement is under way goes with the next, and sees what was committed before they asked', async t => {
  const { office } = await openVillage(t);
  let world = 'before';
  const gates: (() => void)[] = [];
  const seen = together(async (_: Knex, __: '', keys: readonly number[]) => {
    const found = new Map(keys.map(key => [key, world]));
    await new Promise<void>(resolve => { gates.push(resolve); });
    return found;
  });
  const first = seen(office.read, '', 1);
  while (gates.length < 1) await new Promise(resolve => { setImmediate(resolve); });
  world = 'after';
  const [second, third] = [seen(office.read, '', 1), seen(office.read, '', 2)];
  gates[0]?.();
  t.is(await first, 'before');
  while (gates.length < 2) await new Promise(resolve => { setImmediate(resolve); });
  gates[1]?.();
  t.deepEqual([await second, await third, gates.length], ['after', 'after', 2]);
});

test('a statement that fails fails those who asked for it, and nobody after them', async t => {
  const { office } = await openVillage(t);
  const read = together(async (_: Knex, __: '', keys: readonly number[]) => {
    await Promise.resolve();
    if (keys.includes(13)) throw new Error('unlucky');
    return new Map(keys.map(key => [key, key * 2]));
  });
  const [one, other] = await Promise.allSettled([read(office.read, '', 13), read(office.read, '', 4)]);
  t.deepEqual([one.status, other.status], ['rejected', 'rejected']);
  t.is(await read(office.read, '', 4), 8);
});

test('every handle asks for itself: what a snapshot reads is never answered from outside it', async t => {
  const { office } = await openVillage(t);
  const handles: Knex[] = [];
  const read = together((handle: Knex, _: '', keys: readonly number[]) => { handles.push(handle); return Promise.resolve(new Map(keys.map(key => [key, handles.length]))); });
  await office.store.dialect.snapshot(office.jobs, async snapshot => { await Promise.all([read(office.read, '', 1), read(snapshot, '', 1)]); });
  t.is(handles.length, 2);
  t.not(handles[0], handles[1]);
});
