import test from 'ava';
import { ahead } from '../../src/kit/ahead.ts';

const later = (ms: number): Promise<void> => new Promise(done => { setTimeout(done, ms); });

test('answers come in the order of the parts, however long each takes, and no more than so many are under way', async t => {
  let [underWay, most] = [0, 0];
  const got: number[] = [];
  for await (const answer of ahead([30, 1, 20, 1, 10], 2, async ms => { most = Math.max(most, ++underWay); await later(ms); underWay--; return ms; })) got.push(answer);
  t.deepEqual(got, [30, 1, 20, 1, 10]);
  t.is(most, 2);
});

test('a read that fails is told in its turn, after those before it', async t => {
  const got: number[] = [];
  await t.throwsAsync(async () => {
    for await (const answer of ahead([1, 2, 3], 3, async n => { if (n === 2) throw new Error('two'); await later(5); return n; })) got.push(answer);
  }, { message: 'two' });
  t.deepEqual(got, [1]);
});

test('whoever leaves early waits for what is under way and begins nothing more', async t => {
  const [begun, ended]: [number[], number[]] = [[], []];
  for await (const _answer of ahead([1, 2, 3, 4, 5], 2, async n => { begun.push(n); await later(5); ended.push(n); })) break;
  t.deepEqual(ended, begun);
  t.true(begun.length < 5);
});
