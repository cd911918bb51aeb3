import test from 'ava';
import { give } from '../../src/consents/give.ts';
import { openDoors } from '../support/visit.ts';
import { households, memberId, openVillage, placeId, placeNos } from '../support/village.ts';

const { zhou } = households;
const here = `/households/${zhou.id}/pledges`;
const photo = { name: 'a.jpg', type: 'image/jpeg', body: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) };

test('a pledge from the paper to the public page and to whether it was kept', async t => {
  const village = await openVillage(t);
  await give(village.office, await village.actor('mei'), [{ member: memberId('zhou'), kind: 'publish', givenOn: '2026-10-12', how: 'paper' }]);
  const visitor = await openDoors(t, village);
  const [mei, sun, gao, tan, anybody] = [await visitor('mei'), await visitor('sun'), await visitor('gao'), await visitor('tan'), await visitor()];
  t.true((await mei.get(`/households/${zhou.id}`)).body.includes(here));
  const paper = await mei.get(`/households/${zhou.id}/pledge-sheet?purpose=customs`);
  for (const words of ['移风易俗承诺书', '周大山', '不大操大办', 'pledge-customs-2026-1', '承诺人签名', '可以随时撤回']) t.true(paper.body.includes(words), words);
  t.notRegex(paper.body, /\d{17}[\dXx]/);
  t.is((await tan.get(here)).status, 403);
  const fields = { member: memberId('zhou'), purpose: 'customs', signed_on: '2026-11-20', open: 'yes', how: 'paper' };
  const bare = await mei.upload(here, fields, {});
  t.is(bare.status, 422);
  t.true(bare.body.includes('还没有签名') && bare.body.includes('2026-11-20'), 'what was typed is kept');
  t.is((await mei.upload(here, fields, { paper: photo })).status, 303);
  const href = /\/pledges\/[0-9a-f-]{36}/.exec((await mei.get(here)).body)?.[0] ?? '';
  const open = `/board/${placeId(placeNos.qinghe)}/pledges`;
  const shown = await anybody.get(open);
  t.is(shown.status, 200);
  t.true(shown.body.includes('周<i>＊</i>山') && shown.body.includes('移风易俗承诺书'));
  t.false(shown.body.includes('周大山'));
  t.is((await anybody.get(`/board/${placeId(placeNos.anhe)}/pledges`)).status, 404);
  t.true((await anybody.get(`/board/${placeId(placeNos.qinghe)}`)).body.includes(open), 'the board leads there');

  t.is((await sun.upload(`${href}/report`, { outcome: 'broken', words: '摆了四十桌' }, {})).status, 422);
  t.is((await sun.upload(`${href}/report`, { outcome: 'broken', words: '摆了四十桌' }, { photo })).location?.split('?')[0], href);
  t.regex((await sun.get(href)).body, /履行情况是您报的，请换一位同志核定/);
  t.regex((await gao.get('/desk')).body, /1 份承诺做到没有，等您核定/);
  t.true((await gao.get('/pledges')).body.includes(href));
  t.is((await gao.post(`${href}/settle`, { agrees: 'yes', words: '' })).status, 422);
  t.is((await gao.post(`${href}/settle`, { agrees: 'yes', words: '看过照片' })).location?.split('?')[0], href);
  t.regex((await mei.get(href)).body, /没做到/);
  t.false((await anybody.get(open)).body.includes('周<i>'), 'what was not kept is told to nobody');
  t.is((await tan.get(href)).status, 403);
  t.is((await mei.post(`${href}/hide`)).status, 303);
});
