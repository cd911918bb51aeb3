import test from 'ava';
import { Lots } from '../../src/kit/lots.ts';

/** Lots that are under way until they are let go. */
function held(most: number): { readonly lots: Lots<number>; readonly given: (readonly number[])[]; readonly letGo: (error?: Error) => Promise<void> } {
  const given: (readonly number[])[] = [];
  let done: (error?: Error) => void = () => undefined;
  const lots = new Lots<number>(most, lot => new Promise((resolve, reject) => { given.push(lot); done = error => { if (error === undefined) resolve(); else reject(error); }; }));
  return { lots, given, letGo: async error => { done(error); await new Promise(resolve => { setImmediate(resolve); }); } };
}

test('what is added while a lot is under way is the next lot', async t => {
  const { lots, given, letGo } = held(3);
  await lots.add(1);
  await lots.add(2);
  await lots.add(3);
  t.deepEqual(given, [[1]]);
  await letGo();
  const end = lots.end();
  await letGo();
  t.deepEqual(given, [[1], [2, 3]]);
  await letGo();
  await end;
  await lots.end();
  t.deepEqual(given, [[1], [2, 3]], 'nothing is handed on twice');
});

test('whoever adds waits where a whole lot lies ready', async t => {
  const { lots, given, letGo } = held(2);
  await lots.add(1);
  await lots.add(2);
  let isAdded = false;
  const adding = lots.add(3).then(() => { isAdded = true; });
  await new Promise(resolve => { setImmediate(resolve); });
  t.false(isAdded);
  await letGo();
  await adding;
  t.deepEqual(given, [[1], [2, 3]]);
});

test('a lot that failed is told to whoever adds next or ends', async t => {
  const { lots, letGo } = held(2);
  await lots.add(1);
  await letGo(new Error('full'));
  await t.throwsAsync(lots.add(2), { message: 'full' });
});
