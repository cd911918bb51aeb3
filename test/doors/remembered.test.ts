import { setImmediate } from 'node:timers/promises';
import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import { closeAccount } from '../../src/people/close-account.ts';
import { dismiss } from '../../src/people/dismiss.ts';
import { postsOf } from '../../src/people/queries.ts';
import { reviseOfficer } from '../../src/people/revise-officer.ts';
import { signOut } from '../../src/people/sign-in.ts';
import { close, reopen } from '../../src/rounds/close.ts';
import { withdraw } from '../../src/consents/withdraw.ts';
import { openCollecting } from '../support/collecting.ts';
import { households, memberId, officerId, openVillage } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

// Who somebody is, is remembered for a minute so that a save need not ask for it. Nothing that ends a right may wait that long.

test('signed out everywhere: the other browser is out at its very next request', async t => {
  const village = await openVillage(t);
  const open = await openDoors(t, village);
  const [one, other, bo] = [await open('mei'), await open('mei'), await open('bo')];
  for (const visitor of [one, other, bo]) t.is((await visitor.get('/households')).status, 200);
  await signOut(village.office, await village.actor('mei'), { session: '', everywhere: true });
  for (const visitor of [one, other]) t.is((await visitor.get('/households')).location, '/sign-in?next=%2Fhouseholds');
  t.is((await bo.get('/households')).status, 200, 'nobody else is');
});

test('a post that ends at midnight ends at midnight, though the person was seen a second before', async t => {
  const village = await openVillage(t);
  const { office, clock } = village;
  const [post] = await postsOf(office.read, [officerId('mei')]);
  await dismiss(office, await village.actor('guan'), { officer: officerId('mei'), post: post?.id ?? '', from: '2026-11-24', reason: '调走' });
  clock.set('2026-11-23T15:59:59.000Z');
  const mei = await (await openDoors(t, village))('mei');
  t.is((await mei.get('/households')).status, 200);
  clock.forward(1_000);
  t.is((await mei.get('/households')).status, 403);
});

test('an account that is closed is closed, and a new name is shown, at the next request', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const [mei, guan] = [await (await openDoors(t, village))('mei'), await village.actor('guan')];
  t.notRegex((await mei.get('/me')).body, /新名/);
  await reviseOfficer(office, guan, { officer: officerId('mei'), name: '新名' });
  t.regex((await mei.get('/me')).body, /新名/);
  await closeAccount(office, guan, { officer: officerId('mei'), reason: '走了' });
  t.is((await mei.get('/households')).location, '/sign-in?next=%2Fhouseholds');
});

test('a session is noted as seen once a minute, and one left alone ends although it is remembered', async t => {
  const village = await openVillage(t);
  const { clock, office } = village;
  const mei = await (await openDoors(t, village))('mei');
  const seen = async (): Promise<string | undefined> => { const row: { seen_at: string } | undefined = await office.read('sessions').where({ officer: officerId('mei') }).first('seen_at'); return row?.seen_at; };
  const begun = await seen();
  clock.forward(59_000);
  await mei.get('/households');
  t.is(await seen(), begun);
  clock.forward(2_000);
  await mei.get('/households');
  for (let asked = 0; asked < 100 && await seen() === begun; asked++) await setImmediate();   // The page did not wait for the note.
  t.is(await seen(), clock.now());
  clock.forward(24 * 3_600_000);
  t.is((await mei.get('/households')).status, 303);
});

test('a save meets the round, the consent and the others’ answers as they are at that moment', async t => {
  const village = await openCollecting(t);
  const { office, round } = village;
  const mei = await (await openDoors(t, village))('mei');
  const path = `/observations/${round.id}/${households.zhou.id}`;
  const save = (fields: Record<string, string>) => mei.post(path, { id: newId(), base: '0', ...fields });
  t.is((await save({ 'v-memberCount': '4' })).status, 303);
  const gao = await village.actor('gao');
  await close(office, gao, round.no);
  t.is((await save({ 'v-memberCount': '5' })).status, 409);
  await reopen(office, gao, round.no);
  t.is((await save({ 'v-memberCount': '5' })).status, 303);
  const consent: { id: string } | undefined = await office.read('consents').where({ member: memberId('zhou'), kind: 'rate' }).first('id');
  await withdraw(office, await village.actor('sun'), { consent: consent?.id ?? '', reason: '不想参加' }, []);
  t.is((await save({ 'v-memberCount': '6' })).status, 409);
});
