import test from 'ava';
import { inTurns } from '../../src/kit/turns.ts';

test('a long list is worked in its order, and others have a turn meanwhile', async t => {
  let turns = 0;
  const ticking = setInterval(() => { turns++; }, 0);
  const seen: number[] = [];
  const list = Array.from({ length: 400 }, (_, at) => at);
  const doubled = await inTurns(list, one => { const end = performance.now() + 0.2; while (performance.now() < end); seen.push(turns); return one * 2; });
  clearInterval(ticking);
  t.deepEqual(doubled, list.map(one => one * 2));
  t.true((seen.at(-1) ?? 0) >= 3, 'somebody else ran in between');
  t.deepEqual(await inTurns([], () => t.fail()), []);
});
