import test from 'ava';
import type { Refusal } from '../../src/kit/refusal.ts';
import type { Faults } from '../../src/kit/faults.ts';
import { appoint } from '../../src/people/appoint.ts';
import { closeAccount, reopenAccount } from '../../src/people/close-account.ts';
import { dismiss } from '../../src/people/dismiss.ts';
import { handOver } from '../../src/people/hand-over.ts';
import { keepBank } from '../../src/people/keep-bank.ts';
import { endLeave, takeLeave } from '../../src/people/leave.ts';
import { postsOf } from '../../src/people/queries.ts';
import { registerOfficers } from '../../src/people/register-officers.ts';
import { reviseOfficer } from '../../src/people/revise-officer.ts';
import { endSessions, resetPassword, unlock } from '../../src/people/secure.ts';
import { postsOn } from '../../src/people/sessions.ts';
import { signIn } from '../../src/people/sign-in.ts';
import { officerId, openVillage, password, placeNos as P } from '../support/village.ts';

const day = '2026-11-23';

test('Guan opens an account with a post; the temporary password works once it is told', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const guan = await village.actor('guan');
  const [made] = await registerOfficers(office, guan, [{ login: ' Fang ', name: '方晓', phone: '16012345678'.replace('160', '139'), posts: [{ role: 'gridWorker', placeNo: P.grid3 }] }]);
  t.is(made?.login, 'fang');
  t.truthy(await signIn(office, { login: 'fang', password: made?.password ?? '' }));
  t.like(await office.read('officers').where({ login: 'fang' }).first('must_change', 'name'), { must_change: 1, name: '方晓' });
  const refused = async (given: Parameters<typeof registerOfficers>[2][number]): Promise<string | undefined> => (await t.throwsAsync<Refusal>(registerOfficers(office, guan, [given])))?.code;
  t.is(await refused({ login: 'fang', name: '方二', posts: [{ role: 'gridWorker', placeNo: P.grid3 }] }), 'login-taken');
  t.is(await refused({ login: 'ok', name: '某人', posts: [{ role: 'gridWorker', placeNo: P.anhe }] }), 'post-place-wrong');
  t.is(await refused({ login: 'ok', name: '某人', posts: [{ role: 'gridWorker', placeNo: 999_999 }] }), 'post-place-missing');
  t.is(await refused({ login: 'ok', name: '某人', posts: [{ role: 'coopOfficer', placeNo: P.anhe }] }), 'bank-missing');
  t.is(await refused({ login: 'ok', name: '某人', posts: [{ role: 'systemAdmin', placeNo: P.county }, { role: 'auditor', placeNo: P.county }] }), 'incompatible-posts');
  t.is(await refused({ login: '空 格', name: '某人', posts: [{ role: 'gridWorker', placeNo: P.grid3 }] }), 'faults');
});

test('only who appoints may appoint, and only within reach', async t => {
  const village = await openVillage(t);
  const { office } = village;
  for (const who of ['gao', 'an', 'mei'] as const) {
    const actor = await village.actor(who);
    t.is((await t.throwsAsync<Refusal>(appoint(office, actor, { officer: officerId('bo'), role: 'gridWorker', placeNo: P.grid1, since: day })))?.code, 'not-allowed');
    t.is((await t.throwsAsync<Refusal>(registerOfficers(office, actor, [{ login: 'nn', name: '某', posts: [{ role: 'gridWorker', placeNo: P.grid1 }] }])))?.code, 'not-allowed');
    t.is((await t.throwsAsync<Refusal>(closeAccount(office, actor, { officer: officerId('bo'), reason: '试' })))?.code, 'not-allowed');
    t.is((await t.throwsAsync<Refusal>(reopenAccount(office, actor, officerId('bo'))))?.code, 'not-allowed');
    t.is((await t.throwsAsync<Refusal>(reviseOfficer(office, actor, { officer: officerId('bo'), name: '薄' })))?.code, 'not-allowed');
    const [post] = await postsOf(office.read, [officerId('bo')]);
    t.is((await t.throwsAsync<Refusal>(dismiss(office, actor, { officer: officerId('bo'), post: post?.id ?? '', from: day, reason: '试' })))?.code, 'not-allowed');
    t.is((await t.throwsAsync<Refusal>(keepBank(office, actor, { name: '别行', short: '别' })))?.code, 'not-allowed');
  }
  const guan = await village.actor('guan');
  t.is((await t.throwsAsync<Refusal>(appoint(office, guan, { officer: officerId('bo'), role: 'systemAdmin', placeNo: P.city, since: day })))?.code, 'not-allowed');
  t.is(await village.traces(), 0);
});

test('a post held is not given twice; it ends, and may be given again', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const guan = await village.actor('guan');
  t.is((await t.throwsAsync<Refusal>(appoint(office, guan, { officer: officerId('mei'), role: 'gridWorker', placeNo: P.grid1, since: day })))?.code, 'post-held');
  const [post] = await postsOf(office.read, [officerId('mei')]);
  await dismiss(office, guan, { officer: officerId('mei'), post: post?.id ?? '', from: day, reason: '调走' });
  t.deepEqual(await postsOn(office.read, officerId('mei'), day), []);
  t.is((await postsOn(office.read, officerId('mei'), '2026-11-22')).length, 1);
  t.is((await t.throwsAsync<Refusal>(dismiss(office, guan, { officer: officerId('mei'), post: post?.id ?? '', from: day, reason: '再' })))?.code, 'post-ended');
  await appoint(office, guan, { officer: officerId('mei'), role: 'gridWorker', placeNo: P.grid1, since: day });
  t.is((await postsOn(office.read, officerId('mei'), day)).length, 1);
});

test('the last system administrator stays', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const guan = await village.actor('guan');
  const [post] = await postsOf(office.read, [officerId('guan')]);
  t.is((await t.throwsAsync<Refusal>(dismiss(office, guan, { officer: officerId('guan'), post: post?.id ?? '', from: day, reason: '走' })))?.code, 'last-administrator');
  t.is((await t.throwsAsync<Refusal>(closeAccount(office, guan, { officer: officerId('guan'), reason: '走' })))?.code, 'last-administrator');
  await appoint(office, guan, { officer: officerId('hua'), role: 'systemAdmin', placeNo: P.county, since: day });
  await dismiss(office, guan, { officer: officerId('guan'), post: post?.id ?? '', from: day, reason: '走' });
  t.deepEqual(await postsOn(office.read, officerId('guan'), day), []);
});

test('a closed account is shut everywhere, keeps its past, and can be opened again', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const guan = await village.actor('guan');
  await signIn(office, { login: 'bo', password });
  await closeAccount(office, guan, { officer: officerId('bo'), reason: '离职' });
  t.is(await office.read('sessions').where({ officer: officerId('bo') }).first('id'), undefined);
  t.is((await t.throwsAsync<Refusal>(signIn(office, { login: 'bo', password })))?.code, 'wrong-password');
  t.is((await t.throwsAsync<Refusal>(closeAccount(office, guan, { officer: officerId('bo'), reason: '离职' })))?.code, 'officer-closed');
  await reopenAccount(office, guan, officerId('bo'));
  await reopenAccount(office, guan, officerId('bo'));
  t.truthy(await signIn(office, { login: 'bo', password }));
  t.deepEqual(await postsOn(office.read, officerId('bo'), day), []);
});

test('on leave the stand-in has the posts, on those days only', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const sun = await village.actor('sun');
  const leave = await takeLeave(office, sun, { officer: officerId('mei'), standIn: officerId('bo'), from: '2026-11-24', to: '2026-11-26', reason: '看病' });
  const places = async (who: 'mei' | 'bo', on: string): Promise<number[]> => (await postsOn(office.read, officerId(who), on)).map(post => post.placeNo).sort((a, b) => a - b);
  t.deepEqual([await places('mei', '2026-11-23'), await places('bo', '2026-11-23')], [[P.grid1], [P.grid2]]);
  t.deepEqual([await places('mei', '2026-11-26'), await places('bo', '2026-11-26')], [[], [P.grid1, P.grid2]]);
  t.deepEqual([await places('mei', '2026-11-27'), await places('bo', '2026-11-27')], [[P.grid1], [P.grid2]]);
  const refused = async (given: Partial<Parameters<typeof takeLeave>[2]>): Promise<string | undefined> =>
    (await t.throwsAsync<Refusal>(takeLeave(office, sun, { officer: officerId('mei'), standIn: officerId('bo'), from: '2026-12-01', to: '2026-12-02', reason: '事', ...given })))?.code;
  t.is(await refused({ from: '2026-11-26' }), 'leave-overlaps');
  t.is(await refused({ standIn: officerId('mei') }), 'stand-in-self');
  t.is(await refused({ officer: officerId('bo'), standIn: officerId('sun'), from: '2026-11-25', to: '2026-11-25' }), 'leave-overlaps', 'who stands in cannot be away too');
  const gao = await village.actor('gao');
  t.is((await t.throwsAsync<Refusal>(takeLeave(office, gao, { officer: officerId('lin'), standIn: officerId('mei'), from: '2026-11-25', to: '2026-11-25', reason: '事' })))?.code, 'stand-in-away');
  t.is(await refused({ standIn: officerId('su') }), 'incompatible-posts');
  t.is(await refused({ to: '2026-11-30' }), 'faults');
  await endLeave(office, sun, leave);
  await endLeave(office, sun, leave);
  t.deepEqual(await places('mei', '2026-11-25'), [P.grid1]);
  t.is(await village.traces(), 2);
});

test('leave is registered by who may, and nobody passes a supervisor or an administrator on by it', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const leave = (by: 'tan' | 'mei' | 'sun' | 'gao', officer: 'mei' | 'su' | 'guan') => village.actor(by).then(actor => takeLeave(office, actor, { officer: officerId(officer), standIn: officerId('lin'), from: day, to: day, reason: '事' }));
  for (const [by, officer] of [['tan', 'mei'], ['mei', 'mei'], ['sun', 'su'], ['gao', 'guan']] as const) t.is((await t.throwsAsync<Refusal>(leave(by, officer)))?.code, 'not-allowed', `${by} ${officer}`);
  t.is((await t.throwsAsync<Refusal>(handOver(office, await village.actor('tan'), { from: officerId('mei'), to: officerId('bo'), day, reason: '事' })))?.code, 'not-allowed');
  t.is(await village.traces(), 0);
});

test('hand-over passes every post in one act; what is gone cannot be passed again', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const sun = await village.actor('sun');
  t.is(await handOver(office, sun, { from: officerId('mei'), to: officerId('bo'), day, reason: '调岗' }), 1);
  t.deepEqual((await postsOn(office.read, officerId('bo'), day)).map(post => post.placeNo).sort((a, b) => a - b), [P.grid1, P.grid2]);
  t.deepEqual(await postsOn(office.read, officerId('mei'), day), []);
  t.is((await t.throwsAsync<Refusal>(handOver(office, sun, { from: officerId('mei'), to: officerId('bo'), day, reason: '调岗' })))?.code, 'no-post-to-pass');
  t.is((await t.throwsAsync<Refusal>(handOver(office, sun, { from: officerId('bo'), to: officerId('su'), day, reason: '调岗' })))?.code, 'incompatible-posts');
  t.is((await t.throwsAsync<Refusal>(handOver(office, sun, { from: officerId('bo'), to: officerId('bo'), day, reason: '调岗' })))?.code, 'stand-in-self');
});

test('An frees an account, sets a new password and ends sessions; nobody else does', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const an = await village.actor('an');
  for (let n = 0; n < 5; n++) await t.throwsAsync(signIn(office, { login: 'mei', password: 'no' }));
  t.is((await t.throwsAsync<Refusal>(signIn(office, { login: 'mei', password })))?.code, 'locked-out');
  await unlock(office, an, officerId('mei'));
  t.truthy(await signIn(office, { login: 'mei', password }));
  await endSessions(office, an, officerId('mei'));
  t.is(await office.read('sessions').where({ officer: officerId('mei') }).first('id'), undefined);
  const told = await resetPassword(office, an, officerId('mei'));
  t.is((await t.throwsAsync<Refusal>(signIn(office, { login: 'mei', password })))?.code, 'wrong-password');
  t.truthy(await signIn(office, { login: 'mei', password: told }));
  const before = await village.traces();
  const guan = await village.actor('guan');
  for (const act of [unlock, resetPassword, endSessions]) t.is((await t.throwsAsync<Refusal>(act(office, guan, officerId('mei'))))?.code, 'not-allowed');
  t.is(await village.traces(), before);
});

test('details and banks are kept by Guan; a bank officer keeps a bank', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const guan = await village.actor('guan');
  await reviseOfficer(office, guan, { officer: officerId('mei'), name: '梅晓兰', phone: '0517-88000000' });
  const row: { name: string; phone_sealed: string } | undefined = await office.read('officers').where({ id: officerId('mei') }).first('name', 'phone_sealed');
  t.is(row?.name, '梅晓兰');
  t.is(office.secrets.open(row?.phone_sealed ?? ''), '051788000000');
  t.is((await t.throwsAsync<Refusal>(reviseOfficer(office, guan, { officer: officerId('wei'), name: '魏建平' })))?.code, 'bank-missing');
  t.deepEqual((await t.throwsAsync<Faults>(reviseOfficer(office, guan, { officer: officerId('mei'), name: '梅', phone: '12' })))?.faults.map(fault => fault.field), ['phone']);
  const id = await keepBank(office, guan, { name: '安和农村商业银行', short: '安和农商行' });
  t.is(await keepBank(office, guan, { id, name: '安和农村商业银行', short: '安和农商行' }), id);
  t.is((await t.throwsAsync<Refusal>(keepBank(office, guan, { name: '安和农村商业银行', short: '安' })))?.code, 'bank-taken');
});
