import test from 'ava';
import { anyone } from '../../src/access/actor.ts';
import { remindAll } from '../../src/deadlines/remind.ts';
import { newId } from '../../src/kit/id.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { openDoors } from '../support/visit.ts';
import { households, openVillage } from '../support/village.ts';

test('the board of due days: bands, what was told, what stayed undone below, and nothing of a foreign village', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'village-noticed', grade: 1 } });
  const id = newId();
  await lodgeObjection(village.office, anyone, { id, round: roundNo, subject: households.zhou.no, notice: null, about: 'rating', words: '劳力少算了', name: '周小山', contact: undefined, how: 'web' });
  const visitor = await openDoors(t, village);
  const [sun, gao, tan, guan, anybody] = [await visitor('sun'), await visitor('gao'), await visitor('tan'), await visitor('guan'), await visitor()];
  t.regex((await sun.get('/desk')).body, /href="\/due"/);
  const early = (await sun.get('/due')).body;
  t.regex(early, /<h2>以后<\/h2>/);
  t.true(early.includes(`/objections/${id}`) && early.includes('答复异议：清河村'));
  t.notRegex(early, /周大山|周小山|劳力/);
  t.regex(early, /href="\/help#deadline"/);
  for (const other of [gao, tan, guan]) t.regex((await other.get('/due')).body, /两个月里没有到期的事/);
  t.is((await anybody.get('/due')).status, 303);

  village.clock.set('2026-12-02T01:00:00.000Z');
  await remindAll(village.office);
  t.regex((await (await visitor('sun')).get('/due')).body, /今天到期[\s\S]*12月2日当天提醒过/);
  village.clock.set('2026-12-07T01:00:00.000Z');
  await remindAll(village.office);
  const [late, above, elsewhere] = [await visitor('sun'), await visitor('gao'), await visitor('tan')];
  t.regex((await late.get('/due')).body, /过期了[\s\S]*12月7日报给上一级了/);
  t.regex((await above.get('/desk')).body, /下面有 1 件事过期没办/);
  t.regex((await above.get('/due')).body, /下面过期没办的[\s\S]*清河村/);
  t.notRegex((await elsewhere.get('/due')).body, /清河村/);
});
