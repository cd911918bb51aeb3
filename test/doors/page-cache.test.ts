import test from 'ava';
import { addDays, today } from '../../src/kit/time.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { publish } from '../../src/rolls/publish.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { qr } from '../../src/web/qr.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { openVillage, placeId, placeNos, type Village } from '../support/village.ts';
import { openDoors, serve } from '../support/visit.ts';

async function published(village: Village): Promise<void> {
  await roundUnderWay(village.office, { zhou: { standing: 'approved', grade: 0 } });
  await publish(village.office, await village.actor('gao'), { round: await roundByNo(village.office.read, roundNo), place: await placeByNo(village.office.read, placeNos.anhe) });
}

test('what one visitor is told stands on no page that others are sent, and is not swallowed by a kept one', async t => {
  const village = await openVillage(t);
  const doors = await openDoors(t, village);
  const [nobody, mei] = [await doors(), await doors('mei')];
  await nobody.get('/');
  const out = await mei.post('/sign-out');
  t.is(out.location, '/');
  const said = /xx_said=[^;]+/.exec(out.headers.get('set-cookie') ?? '')?.[0] ?? '';
  const told = await nobody.get('/', { cookie: said });
  t.regex(told.body, /已经退出/);
  t.is(told.headers.get('cache-control'), 'no-store');
  t.notRegex((await nobody.get('/')).body, /已经退出/);
});

test('the code on a page leads to where the page was asked for, or to the address that was set', async t => {
  const village = await openVillage(t);
  await published(village);
  const path = `/posters/${placeId(placeNos.qinghe)}`;
  const code = (origin: string): string => qr(`${origin}/board/${placeId(placeNos.qinghe)}`, '手机看光荣榜').toHTML();
  const [direct, set, proxied] = await Promise.all([{}, { publicOrigin: 'https://credit.example' }, { trustProxy: true }].map(config => serve(t, { ...village.office, config: { ...village.office.config, ...config } })));
  for (let turn = 0; turn < 2; turn++) {   // made, and kept
    t.true((await (await fetch(`${direct}${path}`, { headers: { origin: 'https://elsewhere.example', 'x-forwarded-host': 'elsewhere.example' } })).text()).includes(code(direct ?? '')));
    t.true((await (await fetch(`${set}${path}`)).text()).includes(code('https://credit.example')));
    const behind = await fetch(`${proxied}${path}`, { headers: { 'x-forwarded-host': 'credit.example', 'x-forwarded-proto': 'https' } });
    t.true((await behind.text()).includes(code('https://credit.example')));
    t.is(behind.headers.get('strict-transport-security'), 'max-age=31536000');
    t.is((await fetch(`${proxied}${path}`)).headers.get('strict-transport-security'), null);
  }
});

test('a page that was kept yesterday is made anew today', async t => {
  const village = await openVillage(t);
  await published(village);
  const nobody = await (await openDoors(t, village))();
  const path = `/board/${placeId(placeNos.qinghe)}`;
  const kept = await nobody.get(path);
  await village.office.store.write('places').where({ id: placeId(placeNos.qinghe) }).update({ name: '青禾新村' });   // past the writer: nothing but the day tells
  t.is((await nobody.get(path)).body, kept.body);
  village.clock.set(`${addDays(today(village.clock), 1)}T01:00:00.000Z`);
  t.regex((await nobody.get(path)).body, /青禾新村/);
});

test('a page that was begun yesterday is not kept for today', async t => {
  const village = await openVillage(t);
  await published(village);
  const [before, after] = [`${today(village.clock)}T15:59:59.999Z`, `${today(village.clock)}T16:00:00.000Z`];   // midnight in China
  let next = before;
  const origin = await serve(t, { ...village.office, clock: { now: () => { const at = next; next = after; return at; } } });
  const read = async (): Promise<string> => (await fetch(`${origin}/board/${placeId(placeNos.qinghe)}`)).text();
  await read();
  await village.office.store.write('places').where({ id: placeId(placeNos.qinghe) }).update({ name: '青禾新村' });   // past the writer: nothing but the day tells
  t.regex(await read(), /青禾新村/);
});
