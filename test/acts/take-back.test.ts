import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import '../../src/areas.ts';
import type { Actor } from '../../src/access/actor.ts';
import { verify } from '../../src/audit/verify.ts';
import { give } from '../../src/consents/give.ts';
import { takeBackConsents } from '../../src/consents/take-back.ts';
import { withdraw } from '../../src/consents/withdraw.ts';
import { handIn, startLoad } from '../../src/exchange/deliver.ts';
import type { Handed } from '../../src/exchange/parcels.ts';
import { stayingOf } from '../../src/exchange/queries.ts';
import { takeBack } from '../../src/exchange/take-back.ts';
import { revise } from '../../src/households/revise.ts';
import { takeBackHouseholds } from '../../src/households/take-back.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { syntheticIdNumber } from '../../src/kit/id-card.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { admitAll } from '../../src/rounds/admit.ts';
import { tableNames } from '../../src/store/tables.ts';
import { openCollecting } from '../support/collecting.ts';
import { households, placeNos, type Village } from '../support/village.ts';

const idOf = (sequence: number): string => syntheticIdNumber({ birth: '1980-01-01', sex: 'male', sequence });
const register = (...heads: readonly string[]): string => `乡镇,村,户号,姓名,与户主关系,性别,身份证号\n${heads.map((head, at) => `安和镇,清河村,${81 + at},${head},户主,男,${idOf(at + 1)}`).join('\n')}\n`;

async function loaded(village: Village & { readonly dataDir: string }, actor: Actor, kind: string, text: string): Promise<Handed> {
  const path = join(village.dataDir, 'given.csv');
  writeFileSync(path, text);
  return startLoad(village.office, actor, await handIn(village.office, actor, { kind, settings: {}, path, fileName: '名单.csv' }));
}

const codeOf = async (run: () => Promise<unknown>): Promise<string | undefined> => {
  try { await run(); return undefined; } catch (error) { return (error as Refusal).code; }
};

test('a wrong register is taken back as one: nothing of it stays but the ledger, and the right file finds its numbers free', async t => {
  const village = await openCollecting(t);
  const { office } = village;
  const [sun, mei, tan] = [await village.actor('sun'), await village.actor('mei'), await village.actor('tan')];
  const handed = await loaded(village, sun, 'households', register('错一', '错二'));
  t.is(handed.report.loaded, 2);
  await admitAll(office);
  const traces = await village.traces();
  for (const stranger of [mei, tan]) t.is(await codeOf(() => takeBackHouseholds(office, stranger, handed.id)), 'not-allowed');
  t.is(await village.traces(), traces, 'whoever may not leaves nothing behind');
  t.regex(await takeBack(office, sun, handed), /已经撤回，2 户/);
  for (const table of tableNames) for (const row of await office.read(table).select('*') as readonly object[]) if (table !== 'imports') t.false(/错一|错二/.test(JSON.stringify(row)), table);
  t.is((await office.read('cases').where({ round: village.round.no, village: placeNos.qinghe }).join('households', 'households.no', 'cases.subject').select('cases.subject') as unknown[]).length, (await office.read('cases').where({ round: village.round.no, village: placeNos.qinghe }).select('subject') as unknown[]).length, 'no case without its household');
  t.regex(await takeBack(office, sun, handed), /已经撤回过/);
  t.deepEqual(await takeBackHouseholds(office, sun, handed.id), { gone: 0, kept: 0 });
  t.deepEqual((await verify(office)).findings, [], 'what remains can still be proved');
  const right = await loaded(village, sun, 'households', register('对一', '对二'));
  t.is(right.report.loaded, 2);
  t.like(await office.read('households').where({ village_no: placeNos.qinghe, household_no: 81 }).first('head_name'), { head_name: '对一' });
});

test('a household of the file that was changed, or on which anything was built, stays and is told', async t => {
  const village = await openCollecting(t);
  const { office } = village;
  const sun = await village.actor('sun');
  const handed = await loaded(village, sun, 'households', register('改一', '授二', '错三'));
  const rows: { id: string; household_no: number }[] = await office.read('households').where('household_no', '>', 80).orderBy('household_no').select('id', 'household_no');
  await revise(office, sun, { id: rows[0]?.id ?? '', rev: 1, groupNo: null, gridNo: null, address: '河东' });
  const member: { id: string } = await office.read('members').where({ household: rows[1]?.id }).first('id');
  await give(office, sun, [{ member: member.id, kind: 'rate', givenOn: '2026-11-20', how: 'paper' }]);
  t.regex(await takeBack(office, sun, handed), /1 户不再登记.*2 户已经用上/);
  t.deepEqual((await stayingOf(office.read, sun, 'households', handed.id)).map(one => one.words), ['清河村 081 号 改一', '清河村 082 号 授二']);
  t.is(await office.read('households').where({ household_no: 83 }).first('id'), undefined);
  t.deepEqual((await verify(office)).findings, []);
});

const papers = '乡镇,村,户号,姓名,同意什么,签字日期\n安和镇,清河村,2,吴秀兰,公示,2026-11-20\n安和镇,清河村,3,郑𬭼,公示,2026-11-20\n';

test('consents of a wrong file are taken back as one; one that was withdrawn or used since stays', async t => {
  const village = await openCollecting(t);
  const { office } = village;
  const [sun, tan] = [await village.actor('sun'), await village.actor('tan')];
  const handed = await loaded(village, sun, 'consents', papers);
  t.is(handed.report.loaded, 2);
  const traces = await village.traces();
  t.is(await codeOf(() => takeBackConsents(office, tan, handed.id)), 'not-allowed');
  t.is(await village.traces(), traces);
  const own = () => office.read('consents').where({ batch: handed.id }).select<{ id: string; household: string }[]>('id', 'household');
  const [zheng] = (await own()).filter(one => one.household === households.zheng.id);
  await withdraw(office, sun, { consent: zheng?.id ?? '', reason: '本人要求' }, []);
  t.regex(await takeBack(office, sun, handed), /撤回 1 项授权；1 项/);
  t.deepEqual((await own()).map(one => one.household), [households.zheng.id]);
  t.deepEqual(await takeBackConsents(office, sun, handed.id), { gone: 0, kept: 1 });
  t.deepEqual((await verify(office)).findings, []);
});

test('a consent to be rated stays once a sheet was taken down upon it', async t => {
  const village = await openCollecting(t);
  const { office, round } = village;
  const sun = await village.actor('sun');
  const handed = await loaded(village, sun, 'consents', '乡镇,村,户号,姓名,同意什么,签字日期\n安和镇,清河村,3,郑𬭼,评定、公示,2026-11-20\n');
  await recordSheet(office, sun, { id: newId(), round: round.no, household: households.zheng.id, base_seq: 0, source: 'village', values: { memberCount: 4 } });
  t.regex(await takeBack(office, sun, handed), /撤回 1 项授权；1 项/);
  t.deepEqual(await office.read('consents').where({ batch: handed.id }).select('kind'), [{ kind: 'rate' }]);
  t.deepEqual((await stayingOf(office.read, sun, 'consents', handed.id)).map(one => one.words), ['清河村 003 号 郑𬭼']);
});
