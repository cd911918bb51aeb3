import test from 'ava';
import type { ExecutionContext } from 'ava';
import { verify } from '../../src/audit/verify.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { register } from '../../src/households/register.ts';
import { revise } from '../../src/households/revise.ts';
import { Numbers } from '../../src/store/numbers.ts';
import type { Office } from '../../src/office.ts';
import { postgresServer } from '../support/postgres.ts';
import { family } from '../support/people.ts';
import { households, openVillage, placeNos } from '../support/village.ts';
import { serve, visitor } from '../support/visit.ts';

// The disk is full: SQLite is given no page more than it has. (PostgreSQL keeps its own disk; its error is told by the same words.)

async function fill(office: Office): Promise<void> {
  await office.store.write.raw('pragma max_page_count = 1');   // never less than there are: from now on there is no room
}
const makeRoom = async (office: Office): Promise<void> => { await office.store.write.raw('pragma max_page_count = 4294967294'); };
const onSqlite = postgresServer() === undefined ? test : test.skip;
const form = (address: string) => ({ rev: '1', group: String(placeNos.group1), grid: String(placeNos.grid1), address });

/** Writes until the last free page is used up: small acts fit into the room of pages there are. */
async function untilFull(t: ExecutionContext, office: Office, act: (at: number) => Promise<unknown>): Promise<{ readonly done: number; readonly refusal: Refusal }> {
  for (let at = 0; at < 400; at++) {
    try { await act(at); } catch (error) { return { done: at, refusal: error as Refusal }; }
  }
  t.fail('the disk never became full');
  throw new Error(office.config.dataDir);
}

onSqlite('on a full disk an act is refused whole, people go on reading, and room makes it work again', async t => {
  const { office, actor, traces } = await openVillage(t);
  const sun = await actor('sun');
  await fill(office);
  const { done, refusal } = await untilFull(t, office, at => register(office, sun, family('林海波', { sequence: at * 5 + 1 })));
  t.is(refusal.code, 'storage-full');
  t.is(refusal.status, 503);
  t.is(await traces(), done, 'every act that was told done has its entry, the other none');
  t.is((await office.read('households').select('id')).length, 4 + done);
  const counted: { n?: number | string } | undefined = await office.read('members').whereNotIn('household', office.read('households').select('id')).count({ n: '*' }).first();
  t.is(Number(counted?.n), 0);
  t.is((await t.throwsAsync<Refusal>(register(office, sun, family('林海波', { sequence: 4_000 }))))?.code, 'storage-full');
  await makeRoom(office);
  await register(office, sun, family('林海波', { sequence: 5_000 }));
  t.is(await traces(), done + 1);
  t.deepEqual((await verify(office)).findings, []);
});

onSqlite('the page says so in words and keeps what was typed; looking at pages goes on', async t => {
  const { office, actor, clock } = await openVillage(t);
  const origin = await serve(t, office);
  const [mei, sun] = [await visitor(office, origin, 'mei'), await actor('sun')];
  await fill(office);
  await untilFull(t, office, at => register(office, sun, family('林海波', { sequence: at * 5 + 1 })));
  await untilFull(t, office, at => revise(office, sun, { id: households.wu.id, rev: at + 1, groupNo: placeNos.group1, gridNo: placeNos.grid1, address: `庄台路 ${at} 号` }));
  await office.store.write.raw('create trigger unseen before update on sessions begin select raise(abort, \'SQLITE_FULL: database or disk is full\'); end');
  const answer = await mei.post(`/households/${households.zhou.id}/edit`, form('庄台路 77 号，老槐树往东第三家'));
  t.is(answer.status, 503, answer.body.slice(0, 200));
  t.regex(answer.body, /磁盘满了/);
  t.regex(answer.field('address').input ?? '', /老槐树往东第三家/);
  clock.forward(5 * 60_000);   // the time they were seen would be noted now
  t.is((await mei.get('/households')).status, 200);
  await office.store.write.raw('drop trigger unseen');
  await makeRoom(office);
  t.is((await mei.post(`/households/${households.zhou.id}/edit`, form('庄台路 77 号'))).status, 303);
});

onSqlite('numbers that cannot be reserved are told like any full disk, and none is given twice', async t => {
  const { office } = await openVillage(t);
  const origin = await serve(t, office);
  const mei = await visitor(office, origin, 'mei');
  const numbers = new Numbers(office.store.write);
  const first = await numbers.take('unit');
  await office.store.write.raw('create trigger full before update on counters begin select raise(abort, \'SQLITE_FULL: database or disk is full\'); end');
  await t.throwsAsync(numbers.take('unit', 200));
  const answer = await mei.post(`/households/${households.zhou.id}/edit`, form('庄台路 78 号'));
  t.is(answer.status, 503);
  t.is(answer.field('address').input, '庄台路 78 号');
  await office.store.write.raw('drop trigger full');
  t.true(await numbers.take('unit', 200) > first);
  t.is((await mei.post(`/households/${households.zhou.id}/edit`, form('庄台路 78 号'))).status, 303);
});

test('errors of the disk and of the database have one refusal; a bug stays a bug', async t => {
  const { told } = await import('../../src/store/told.ts');
  const { office } = await openVillage(t);
  const error = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });
  const { dialect } = office.store;
  for (const code of ['ENOSPC', 'EDQUOT', 'EROFS', ...dialect.name === 'postgres' ? ['53100', '57P01', '40001'] : ['SQLITE_FULL', 'SQLITE_BUSY', 'SQLITE_IOERR']]) t.is((told(dialect, error(code)) as Refusal).code, 'storage-full', code);
  t.is((told(dialect, Object.assign(new Error('Timeout acquiring a connection'), { name: 'KnexTimeoutError' })) as Refusal).code, 'storage-full');
  const bug = new TypeError('x is undefined');
  t.is(told(dialect, bug), bug);
  await office.store.write('marks').insert([{ round: 1, subject: 101, seq: 1, mark: 'opened', body: '{}', at: '', by: '', unit: 1 }]);
  const twice = await t.throwsAsync(office.store.write.raw(`insert into marks (round, subject, seq, mark, body, at, by, unit) values (1, 101, 1, 'opened', '{}', '', '', 1)`).then(() => undefined));
  t.is((told(dialect, twice) as Refusal).code, 'changed-meanwhile');
  const used = await t.throwsAsync(office.store.write('officers').where({ login: 'mei' }).del().then(() => undefined));
  t.is((told(dialect, used) as Refusal).code, 'still-used');
});
