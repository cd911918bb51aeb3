import test from 'ava';
import type { ExecutionContext } from 'ava';
import { anyone } from '../../src/access/actor.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { newId } from '../../src/kit/id.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { openCollecting } from '../support/collecting.ts';
import { collect } from '../support/rating.ts';
import { roundId, roundNo, roundUnderWay, type Placed, type Who } from '../support/round.ts';
import { cast, households, officerId, openVillage, placeId, placeNos, type Person, type Village } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const story: Partial<Record<Who, Placed>> = { zhou: { standing: 'village-noticed', grade: 0 }, wu: { standing: 'rated', grade: 1 }, zheng: { standing: 'open', rate: false }, wang: { standing: 'preliminary', grade: 1 } };

async function opened(t: ExecutionContext, cases = story): Promise<{ readonly village: Village; readonly desk: (who: Person) => Promise<string> }> {
  const village = await openVillage(t);
  await roundUnderWay(village.office, cases);
  const doors = await openDoors(t, village);
  return {
    village,
    async desk(who) {
      const answer = await (await doors(who)).get('/desk');
      t.is(answer.status, 200, `${who}: ${answer.location}`);
      return answer.body;
    },
  };
}

test('the heading says how many, and every line leads to the page that does it', async t => {
  const { desk } = await opened(t);
  const lin = await desk('lin');
  t.regex(lin, /林志远，今天有 1 件要您定/);
  t.true(lin.includes(`href="/reviews/${roundId}/${placeId(placeNos.qinghe)}/township"`));
  t.notRegex(lin, /等村初评/);
  const sun = await desk('sun');
  t.regex(sun, /孙德明，今天有 3 件要您定/);
  for (const said of [/清河村等村初评/, /清河村还有 1 户没采集/, /1 户还没签参评授权/]) t.regex(sun, said);
  t.true(sun.includes(`href="/reviews/${roundId}/${placeId(placeNos.qinghe)}/village"`));
  t.notRegex(sun, /水口村/);
  t.regex(await desk('tan'), /href="\/notices\/new\?round[^"]*village">水口村村公示/);
});

test('what is due first stands first, and the day is told', async t => {
  const { village, desk } = await opened(t);
  await lodgeObjection(village.office, anyone, { id: newId(), round: roundNo, subject: households.zhou.no, notice: null, about: 'rating', words: '家里劳力少算了一个', name: undefined, contact: undefined, how: 'web' });
  const lin = await desk('lin');
  t.regex(lin, /林志远，今天有 2 件要您定/);
  t.regex(lin, /异议答复：清河村 001 号户/);
  t.regex(lin, /还有 7 个工作日/);
  t.true(lin.indexOf('异议答复') < lin.indexOf('等镇里审核'));
  t.regex(lin, /其中 1 户有异议/);
});

test('progress by village for the township, by grid for the village, never a stranger\'s', async t => {
  const { desk } = await opened(t);
  const gao = await desk('gao');
  t.regex(gao, /各村走到哪了/);
  t.regex(gao, /2\s\/\s3/);
  t.regex(gao, /参评 4 户，采集好 3 户，已批准 0 户；未参评 0 户/);
  t.regex(gao, /AAA 今年 1 户；AA 今年 2 户/);
  const sun = await desk('sun');
  t.regex(sun, /各网格走到哪了/);
  t.regex(sun, /清河二网格/);
  const ping = await desk('ping');
  t.notRegex(ping, /水口村|清河村/);
  t.regex(ping, /现在没有正在评的批次/);
});

test('households without a grid or group come last, on every database', async t => {
  const village = await openCollecting(t);
  await village.office.store.write('households').where({ id: households.zhou.id }).update({ group_no: null });
  await village.office.store.write('cases').where({ subject: households.zhou.no }).update({ group: null, grid: null });
  const doors = await openDoors(t, village);
  const grids = (await (await doors('sun')).get('/desk')).body;
  t.true(grids.indexOf('没分网格的') > grids.indexOf('清河二网格') && grids.includes('清河二网格'));
  const today = (await (await doors('sun')).get('/today')).body;
  t.true(today.indexOf('周大山') > today.indexOf('吴秀兰') && today.includes('吴秀兰'));
});

test('grid workers and banks have homes of their own; a visitor signs in first', async t => {
  const village = await openVillage(t);
  const doors = await openDoors(t, village);
  t.is((await (await doors('mei')).get('/desk')).location, '/today');
  t.is((await (await doors('wei')).get('/desk')).location, '/coop');
  t.is((await (await doors()).get('/desk')).status, 303);
});

test('keepers, watchers and the county each read their own lines', async t => {
  const { village, desk } = await opened(t);
  await village.office.store.write('officers').where({ id: officerId('bo') }).update({ locked_until: '2026-12-01T00:00:00.000Z' });
  const guan = await desk('guan');
  t.regex(guan, /还没有定这套系统管哪里/);
  t.regex(guan, /1 个村还没有村评议小组/);
  t.regex(guan, /清河村：给村里的人加上岗位/);
  t.regex(await desk('an'), /1 个账号因为输错口令锁住了/);
  t.regex(await desk('shen'), /台账还没校验过/);
  const xian = await desk('xian');
  t.regex(xian, /样板县还没有正在用的农户标准/);
  t.regex(xian, /人数太少，不显示/);
  t.regex(await desk('su'), /苏长贵，今天没有等您办的事/);
  for (const who of ['pi', 'hua', 'ling', 'zhang'] as const) t.regex(await desk(who), new RegExp(`${cast[who].name}，今天`));
  t.notRegex(await desk('ling'), /周大山|吴秀兰/);
});

test('every line of every post leads to a page that opens for that post', async t => {
  const village = await openCollecting(t);
  const { store } = village.office;
  for (const [who, standing] of [['zhou', 'village-noticed'], ['wu', 'rated'], ['wang', 'preliminary']] as const) await store.write('cases').where({ subject: households[who].no }).update({ standing });
  await lodgeObjection(village.office, anyone, { id: newId(), round: village.round.no, subject: households.zhou.no, notice: null, about: 'rating', words: '家里劳力少算了一个', name: undefined, contact: undefined, how: 'web' });
  await store.write('officers').where({ id: officerId('bo') }).update({ locked_until: '2026-12-01T00:00:00.000Z' });
  const doors = await openDoors(t, village);
  let followed = 0;
  for (const who of Object.keys(cast) as Person[]) {
    if (['mei', 'bo', 'wei'].includes(who)) continue;   // their homes are elsewhere
    const visitor = await doors(who);
    const lines = (await visitor.get('/desk')).body.split('<ul class="list')[1] ?? '';
    for (const [, href = ''] of lines.split('</ul>')[0]?.matchAll(/href="([^"]+)"/g) ?? []) {
      const path = href.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
      t.is((await visitor.get(path)).status, 200, `${who} ${path}`);
      followed++;
    }
  }
  t.true(followed >= 8, `${followed} lines`);
});

test('accounts that ask for help are listed as they are counted, and no others', async t => {
  const { village, desk } = await opened(t);
  await village.office.store.write('officers').where({ id: officerId('bo') }).update({ locked_until: '2026-12-01T00:00:00.000Z' });
  await village.office.store.write('officers').where({ id: officerId('tan') }).update({ must_change: 1 });
  const visitor = await openDoors(t, village);
  const an = await visitor('an');
  const own = await desk('an');
  t.regex(own, /href="\/officers\?asking(=|&#x3D;)locked">1 个账号因为输错口令锁住了/);
  t.regex(own, /1 个账号还没换掉第一次的口令/);
  const locked = (await an.get('/officers?asking=locked')).body;
  t.true(locked.includes('薄建国') && !locked.includes('谭玉珍') && !locked.includes('梅小兰'));
  const fresh = (await an.get('/officers?asking=fresh')).body;
  t.true(fresh.includes('谭玉珍') && !fresh.includes('薄建国'));
  t.regex((await an.get(`/officers/${officerId('bo')}`)).body, /口令连错，锁着/);
  for (const who of ['guan', 'gao'] as const) {
    const other = await visitor(who);
    t.is((await other.get('/officers?asking=locked')).status, 403, who);
    t.notRegex((await other.get('/officers?q=薄')).body, /锁着/);
    t.notRegex((await other.get(`/officers/${officerId('bo')}`)).body, /锁着|口令上次更换/);
    t.notRegex((await other.get(`/officers/${officerId('tan')}`)).body, /初始口令/);
  }
});

test('two answers that do not agree wait for the village', async t => {
  const village = await openCollecting(t);
  await collect(village, 'zhou');
  await recordSheet(village.office, await village.actor('sun'), { id: newId(), round: village.round.no, household: households.zhou.id, base_seq: 1, source: 'paper', values: { debtBurden: 'heavy' } });
  t.regex((await (await (await openDoors(t, village))('sun')).get('/desk')).body, /1 户有两份不一样的采集/);
});

test('the number of queries does not follow the number of villages or households', async t => {
  const { village, desk } = await opened(t);
  const counting = async (): Promise<number> => {
    let n = 0;
    const count = (): void => { n++; };
    village.office.read.on('query', count);
    await desk('gao');
    village.office.read.removeListener('query', count);
    return n;
  };
  // Reads of one turn go out as one statement; a busy machine may break a turn in two, so the fewest of three looks is what the page asks.
  const fewest = async (): Promise<number> => Math.min(await counting(), await counting(), await counting());
  await desk('gao');
  const few = await fewest();
  t.true(few > 0 && few <= 20, `${few} queries`);
  const all = Array.from({ length: 60 }, (_, at) => ({ round: roundNo, subject: 5_000 + at, village: at % 2 === 0 ? placeNos.qinghe : placeNos.shuikou, grid: null, group: null, standing: 'village-noticed', held: 0, reason: null, mark_seq: 1, changed_at: '2026-11-01T01:00:00.000Z' }));
  await village.office.store.write('subjects').insert(all.map(one => ({ no: one.subject, id: newId(), kind: 'household', place_no: one.village })));
  await village.office.store.write('cases').insert(all);
  t.is(await fewest(), few);
});

test('help: the reader\'s own work first, and every page links to what explains it', async t => {
  const village = await openVillage(t);
  await roundUnderWay(village.office, story);
  const doors = await openDoors(t, village);
  const mei = await doors('mei');
  const help = await mei.get('/help');
  t.is(help.status, 200);
  t.true(help.body.indexOf('怎么采集一户') < help.body.indexOf('怎么开一个评定批次'));
  t.regex(help.body, /id="consent"/);
  t.true((await mei.get('/households')).body.includes('href="/help#household"'));
  const lin = await doors('lin');
  t.true((await lin.get('/reviews')).body.includes('href="/help#review"'));
  t.true((await lin.get('/help')).body.indexOf('怎么初评、审核、批准') < (await lin.get('/help')).body.indexOf('怎么采集一户'));
  t.is((await (await doors()).get('/help')).status, 303);
});
