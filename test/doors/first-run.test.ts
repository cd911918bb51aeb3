import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { Refusal } from '../../src/kit/refusal.ts';
import { appointFirst, firstRunCode, isFirstRun } from '../../src/people/first-run.ts';
import { postsOn } from '../../src/people/sessions.ts';
import { officePlace } from '../../src/places/queries.ts';
import { loadRequired } from '../../seeds/required.ts';
import { openOffice } from '../support/office.ts';
import { openVillage, placeNos } from '../support/village.ts';
import { serve, visitor } from '../support/visit.ts';

test('an empty office offers its first page; only the code from the machine opens it; then it is gone', async t => {
  const { office, dataDir } = await openOffice(t);
  await loadRequired(office);
  const person = await visitor(office, await serve(t, office));
  for (const path of ['/', '/sign-in']) t.is((await person.get(path)).headers.get('location'), '/first-run', path);
  t.regex((await person.get('/first-run')).body, /盱眙县 马坝镇/);
  const place: { no: number; path: string } = await office.read('places').where({ code: '320830101' }).first('no', 'path');
  const given = { code: 'Xx2-guess', title: '马坝镇信用办', place: String(place.no), name: '关晓军', login: 'guan', password: 'Maba-2026-xin', again: 'Maba-2026-xin' };
  const wrong = await person.post('/first-run', given);
  t.is(wrong.status, 422);
  t.is(wrong.field('title').input, '马坝镇信用办');
  t.regex(wrong.field('code').fault ?? '', /安装代码不对/);
  t.is(wrong.field('password').input, undefined, 'a password is never sent back');
  t.is((await person.post('/first-run', { ...given, code: firstRunCode(office), again: 'x' })).field('again').fault, '两次输入的口令不一样。');
  t.is((await person.post('/first-run', { ...given, code: firstRunCode(office) })).location, '/sign-in');
  t.false(existsSync(join(dataDir, 'first-run-code.txt')));
  t.is((await officePlace(office.read))?.no, place.no);
  t.is((await person.post('/sign-in', { login: 'guan', password: given.password })).status, 303);
  t.is((await person.get('/first-run')).status, 409);
  const officer: { id: string } = await office.read('officers').first('id');
  t.like((await postsOn(office.read, officer.id, '2026-11-23'))[0], { role: 'systemAdmin', placeName: '盱眙县' });
});

test('an office with officers has no first run', async t => {
  const { office } = await openVillage(t);
  t.false(await isFirstRun(office));
  t.is((await t.throwsAsync<Refusal>(appointFirst(office, { login: 'x', name: '某', placeNo: placeNos.anhe, title: '某' })))?.code, 'first-run-over');
});
