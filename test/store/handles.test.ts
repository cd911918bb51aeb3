import test from 'ava';
import { openVillage } from '../support/village.ts';

test('two that read the whole database take turns, and leave a connection to the runs and exports that meet them', async t => {
  const { office } = await openVillage(t);
  let go: () => void = () => undefined;
  const gate = new Promise<void>(resolve => { go = resolve; });
  const count = async (): Promise<number> => Number((await office.jobs('places').count({ n: '*' }).first())?.['n']);
  const order: string[] = [];
  const verifying = office.store.survey(async read => { order.push('verify'); await read('places').first('no'); await gate; order.push('verified'); });
  const dumping = office.store.survey(async () => { order.push('dump'); });
  t.true(await count() > 0, 'a run');
  t.deepEqual(await Promise.all([count(), count(), count()]), Array(3).fill(await count()), 'exports');
  t.deepEqual(order, ['verify']);
  go();
  await Promise.all([verifying, dumping]);
  t.deepEqual(order, ['verify', 'verified', 'dump']);
});

test('one that fails keeps nobody waiting', async t => {
  const { office } = await openVillage(t);
  const failing = office.store.survey(async () => { throw new Error('on the way'); });
  const next = office.store.survey(async read => (await read('banks').select('id')).length);
  await t.throwsAsync(failing, { message: 'on the way' });
  t.is(await next, 1);
});
