import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { atConsole } from '../../src/access/actor.ts';
import { wholeOffice } from '../../src/access/subject.ts';
import { verify } from '../../src/audit/verify.ts';
import { commands } from '../../src/cli.ts';
import { command as refusals } from '../../src/commands/refusals.ts';
import { runHanded } from '../../src/commands/run.ts';
import { cargoNamed } from '../../src/exchange/cargoes.ts';
import { dropFile, handedOne, handedTo, handIn, rowsDone, startLoad } from '../../src/exchange/deliver.ts';
import { csv } from '../../src/exchange/formats/csv.ts';
import { jsonLines } from '../../src/exchange/formats/json-lines.ts';
import { documents } from '../../src/exchange/formats/documents.ts';
import { check, load } from '../../src/exchange/import.ts';
import { keepFile, keepHanded } from '../../src/exchange/parcels.ts';
import { takeBack } from '../../src/exchange/take-back.ts';
import { keepFormer } from '../../src/exchange/keep-former.ts';
import { takeExport } from '../../src/exchange/take-export.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import type { Office } from '../../src/office.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { bytesOf } from '../support/all.ts';
import { openCollecting, wholeValues } from '../support/collecting.ts';
import { openOffice } from '../support/office.ts';
import { households, openVillage, placeNos } from '../support/village.ts';

const parcel = (text: string, fileName = 'a.csv') => ({ format: fileName.endsWith('.csv') ? csv : undefined, source: { bytes: new TextEncoder().encode(text) }, fileName });
const asked = (office: Office, settings: Record<string, string> = {}) => ({ office, actor: atConsole, day: '2026-11-23', importId: newId(), settings });

/** The command line as the server runs it. */
async function line(office: Office, cwd: string, ...args: string[]): Promise<{ readonly code: number; readonly said: string; readonly faults: string }> {
  const said: string[] = [];
  const faults: string[] = [];
  const code = await runHanded(commands, office, { args, cwd, out: text => { said.push(text); }, err: text => { faults.push(text); } });
  return { code, said: said.join('\n'), faults: faults.join('\n') };
}

const bank = '村,户号,项目,值\n清河村,1,loanPerformance,normal\n清河村,3,loanPerformance,normal\n清河村,99,loanPerformance,normal\n清河村,2,loanPerformance,dubious\n';

test('bank values come in through the same door, and the whole file is taken back as one', async t => {
  const village = await openCollecting(t);
  const { office, dataDir } = village;
  const gao = await village.actor('gao');
  const path = join(dataDir, 'bank.csv');
  writeFileSync(path, bank);
  const handed = await handIn(office, gao, { kind: 'observations', settings: { round: village.round.id, source: 'bank' }, path, fileName: '银行.csv' });
  t.is(handed.report.good, 1);
  t.deepEqual(handed.report.faults.map(fault => fault.row), [4, 5, 0]);
  t.is((await t.throwsAsync<Refusal>(takeBack(office, gao, handed)))?.code, 'import-not-undone');
  const running = startLoad(office, gao, handed);
  t.is(rowsDone(office, handed.id), 0);
  t.is((await t.throwsAsync<Refusal>(dropFile(office, handed)))?.code, 'import-running');
  t.is((await t.throwsAsync<Refusal>(takeBack(office, gao, handed)))?.code, 'import-running', 'nor is half of it taken back');
  t.is((await running).report.loaded, 1);
  const value = () => office.read('current_values').where({ round: village.round.no, subject: households.zhou.no });
  t.is((await value()).length, 1);
  // It stopped half way before its end was written down: begun again, nothing is doubled.
  await office.store.write('imports').where({ id: handed.id }).update({ rows: 0 });
  await keepFile(office, handed.id, path);
  await keepHanded(office, { ...handed, standing: 'loading' });
  t.is((await startLoad(office, gao, { ...handed, standing: 'loading' })).standing, 'loaded');
  t.is((await value()).length, 1);
  t.regex(await takeBack(office, gao, handed), /已经撤回，1 户/);
  t.is((await value()).length, 0);
  t.regex(await takeBack(office, gao, handed), /已经撤回过/);
  t.deepEqual((await verify(office)).findings, []);
});

test('a file of a kind that cannot be taken back as one says so', async t => {
  const { office } = await openVillage(t);
  const refusal = await t.throwsAsync<Refusal>(takeBack(office, atConsole, { id: newId(), kind: 'officers', settings: {} }));
  t.is(refusal?.code, 'import-not-undone');
});

test('what was collected goes out with a column for each item, and comes in again as it is', async t => {
  const village = await openCollecting(t);
  const { office } = village;
  await load(asked(office, { round: '2026', source: 'bank' }), cargoNamed('observations'), parcel(bank));
  const out = (await bytesOf(await takeExport(office, atConsole, { cargo: cargoNamed('observations'), format: csv, place: wholeOffice, settings: { round: village.round.id } }))).toString('utf8');
  const [heading = '', ...rows] = out.replace(/^\ufeff/, '').trim().split(/\r?\n/);
  t.true(heading.includes('户标识') && heading.includes('家里几口人') || heading.split(',').length > 10);
  t.is(rows.length, 4);
  const again = await check(asked(office, { round: '2026', source: 'paper' }), cargoNamed('observations'), parcel(out));
  t.deepEqual(again.faults.filter(fault => fault.row > 0), []);
  const lines = (await bytesOf(await takeExport(office, atConsole, { cargo: cargoNamed('observations'), format: jsonLines, place: wholeOffice, settings: { round: village.round.id } }))).toString('utf8');
  const told = await check(asked(office, { round: '2026', source: 'paper' }), cargoNamed('observations'), { ...parcel(lines), format: jsonLines });
  t.deepEqual({ ...told, unknown: [] }, { ...again, unknown: [] }, 'JSON lines say the same');
});

test('a standard comes in as its file, with faults by line; twice is once', async t => {
  const { office } = await openVillage(t);
  const standards = cargoNamed('standards');
  const source = presetSource('household-100');
  t.is((await check(asked(office), standards, parcel(source, 'a.yaml'))).good, 1);
  t.is((await load(asked(office), standards, parcel(source, 'a.yaml'))).loaded, 1);
  t.is((await load(asked(office), standards, parcel(source, 'a.yaml'))).same, 1);
  const broken = await check(asked(office), standards, parcel(source.replace('year:', 'jahr:'), 'a.yaml'));
  t.true(broken.faultCount > 0);
  t.is((await load(asked(office), standards, parcel(presetSource('village-share'), 'b.yaml'))).loaded, 1);
  const out = (await bytesOf(await takeExport(office, atConsole, { cargo: standards, format: documents, place: wholeOffice, settings: {} }))).toString('utf8');
  const { office: other } = await openVillage(t);
  t.like(await load(asked(other), standards, parcel(out, 'all.yaml')), { items: 2, loaded: 2, faultCount: 0 });
  const hashes = async (held: Office) => (await held.read('standards').orderBy('hash').select('hash')).map((row: { hash: string }) => row.hash);
  t.deepEqual(await hashes(other), await hashes(office), 'what went out came in as it was');
  const second = out.replace('key: village-share', 'kee: village-share');
  const { faults } = await check(asked(other), standards, parcel(second, 'all.yaml'));
  t.true(faults.some(fault => second.split('\n')[fault.row - 1] === 'kee: village-share'), 'a fault in a later one is told by its line in the file');
  const { office: empty } = await openOffice(t);
  t.is((await t.throwsAsync<Refusal>(load(asked(empty), standards, parcel(source, 'a.yaml'))))?.code, 'county-missing');
});

const former = (year: number) => `年度,乡镇,村,户号,户主,等级,总分,证书编号,发证日期,有效期至
${year},安和镇,清河村,1,周大山,AAA,92.5,旧字001号,${year}-12-20,2026-12-31
${year},安和镇,清河村,2,吴秀兰,AA,,,${year}-12-20,2026-12-31
${year},安和镇,清河村,3,别人,AA,,,${year}-12-20,2026-12-31
${year},安和镇,水口村,1,,ZZ,,,${year}-12-20,2026-12-31
${year},安和镇,水口村,77,,AA,,,${year}-12-20,2026-12-31
`;

test('results and certificates of former years are entered as the paper says, once, and verify leaves them be', async t => {
  const village = await openCollecting(t);
  const { office } = village;
  const ratings = cargoNamed('ratings');
  const report = await load(asked(office), ratings, parcel(former(2024)));
  t.deepEqual([report.loaded, report.left], [2, 3]);
  t.deepEqual(report.faults.map(fault => `${fault.row} ${fault.column}`), ['4 head', '5 grade', '6 household_no']);
  const round = await office.read('rounds').where({ year: 2024 }).first('no', 'name', 'closed_on');
  t.regex(round.name, /补录/);
  t.like(await office.read('current_ratings').where({ round: round.no, subject: households.zhou.no }).first(), { points: 9250, grade: 0, outcome: 'graded' });
  t.like(await office.read('certificates').where({ no: '旧字001号' }).first(), { grade_code: 'AAA', valid_until: '2026-12-31' });
  const again = await load(asked(office), ratings, parcel(former(2024)));
  t.deepEqual([again.loaded, again.same], [0, 2]);
  t.deepEqual((await verify(office)).findings, []);
  const out = (await bytesOf(await takeExport(office, atConsole, { cargo: ratings, format: csv, place: wholeOffice, settings: {} }))).toString('utf8');
  t.true(out.includes('旧字001号') && out.includes('92.50'));
});

test('a year that was rated here, one that is not over, and a county without standards take no paper', async t => {
  const village = await openCollecting(t, { lastYear: true });
  const { office } = village;
  const rated = await check(asked(office), cargoNamed('ratings'), parcel(former(2025)));
  t.true(rated.faults.some(fault => fault.column === 'year' && fault.say.includes('已经在这个系统里评过')));
  const one = { subject: households.zhou.no, grade: 0, gradeCode: 'AAA', points: 0, credit: true, certificate: undefined, issuedOn: '2024-12-20', validUntil: '2026-12-31' };
  const code = async (year: number, where: Office): Promise<string | undefined> => (await t.throwsAsync<Refusal>(keepFormer(where, atConsole, { township: placeNos.anhe, year, ratings: [one] })))?.code;
  t.is(await code(2025, office), 'year-rated-here');
  t.is(await code(2027, office), 'year-not-over');
  t.is(await code(2024, (await openVillage(t)).office), 'standards-missing');
  const refusal = await t.throwsAsync<Refusal>(keepFormer(office, await village.actor('sun'), { township: placeNos.anhe, year: 2024, ratings: [one] }));
  t.is(refusal?.code, 'not-allowed');
  t.is((await office.read('rounds').where({ year: 2024 })).length, 0);
});

test('the command line imports, rates, exports, and its exit codes are honest', async t => {
  const village = await openCollecting(t);
  const { office, dataDir } = village;
  writeFileSync(join(dataDir, 'bank.csv'), bank);
  const looked = await line(office, dataDir, 'import', 'observations', 'bank.csv', '--check', '--round', '2026', '--source', 'bank');
  t.is(looked.code, 1);
  t.regex(looked.faults, /第 4 行 户号/);
  t.is((await line(office, dataDir, 'import', 'observations', 'bank.csv', '--round', '2026', '--source', 'bank')).code, 1);
  t.is((await office.read('imports')).length, 0, 'a faulty file loads nothing unless asked for');
  const part = await line(office, dataDir, 'import', 'observations', 'bank.csv', '--round', '2026', '--source', 'bank', '--partial');
  t.is(part.code, 1);
  t.true(readFileSync(join(dataDir, 'bank.csv.left.csv'), 'utf8').includes('99'));
  t.is((await line(office, dataDir, 'import', 'cats', 'bank.csv')).code, 1);
  t.is((await line(office, dataDir, 'import', 'places', 'none.csv')).code, 1);
  t.is((await line(office, dataDir, 'import', 'places')).code, 2);
  t.regex((await line(office, dataDir, 'rate', '2026')).faults, /还没有采集好的农户/);
  await recordMany(office, atConsole, [{ subject: households.zhou.no, values: wholeValues }], { round: village.round.no, source: 'paper', batch: 'x', signed: { how: 'paper', reason: '' } });
  const rated = await line(office, dataDir, 'rate', '2026');
  t.is(rated.code, 0, rated.faults);
  t.is((await line(office, dataDir, 'rate', '1999')).code, 1);
  t.is((await line(office, dataDir, 'export', 'households', 'out.xlsx')).code, 0);
  t.true(existsSync(join(dataDir, 'out.xlsx')));
  t.is((await line(office, dataDir, 'export', 'households', 'out.xlsx')).code, 1);
  t.is((await line(office, dataDir, 'export', 'households', 'out2.csv', '--place', '320899101202')).code, 0);
  t.false(readFileSync(join(dataDir, 'out2.csv'), 'utf8').includes('周大山'));
  t.is((await line(office, dataDir, 'demo')).faults, refusals.entries['office-in-use'].say({}));
});

test('what the command line loaded is taken back there, or in the browser by whoever might have loaded it over the whole office', async t => {
  const { office, dataDir, actor } = await openCollecting(t);
  writeFileSync(join(dataDir, 'bank.csv'), bank.split('\n').slice(0, 2).join('\n'));
  const loaded = async (): Promise<string> => {
    const { code, said } = await line(office, dataDir, 'import', 'observations', 'bank.csv', '--round', '2026', '--source', 'bank');
    t.is(code, 0, said);
    return /import back (\S+)/.exec(said)?.[1] ?? '';
  };
  const values = async (): Promise<number> => (await office.read('current_values').select('subject')).length;
  const id = await loaded();
  t.is(await values(), 1);
  t.is((await line(office, dataDir, 'import', 'back', newId())).code, 1);
  const undone = await line(office, dataDir, 'import', 'back', id);
  t.is(undone.code, 0, undone.faults);
  t.is(await values(), 0);
  t.regex((await line(office, dataDir, 'import', 'back', id)).said, /已经撤回过/);
  const again = await loaded();
  await office.store.write('settings').insert({ name: 'office.place', value: String(placeNos.anhe) }).onConflict('name').merge();
  const [gao, sun] = [await actor('gao'), await actor('sun')];
  t.deepEqual([(await handedTo(office, gao)).map(one => one.id), await handedTo(office, sun), await handedOne(office, sun, again)], [[again, id], [], undefined]);
  await takeBack(office, gao, await handedOne(office, gao, again) ?? { id: '', kind: 'places', settings: {} });
  t.is(await values(), 0);
});

test('the command line appoints and opens a round', async t => {
  const village = await openCollecting(t);
  const { office, dataDir } = village;
  const first = await line(office, dataDir, 'appoint', '--login', 'kong', '--name', '孔一', '--place', '320899101', '--role', 'townshipMember');
  t.is(first.code, 0);
  t.regex(first.said, /口令/);
  t.is((await line(office, dataDir, 'appoint', '--login', 'kong', '--place', '320899101201', '--role', '村评议小组')).code, 0);
  t.is((await line(office, dataDir, 'appoint', '--login', 'kong', '--place', '999999', '--role', 'auditor')).code, 1);
  const missing = await line(office, dataDir, 'appoint', '--login', 'kong');
  t.is(missing.code, 1);
  t.regex((await line(office, dataDir, 'round', 'open', '--place', '000000', '--year', '2027', '--collect-until', '2027-06-30', '--valid-until', '2028-12-31')).faults, /没有区划代码是 000000/);
  t.is(refusals.entries['place-missing'].status, 404);
  const opened = await line(office, dataDir, 'round', 'open', '--place', '320899102', '--year', '2027', '--collect-until', '2027-06-30', '--valid-until', '2028-12-31');
  t.is(opened.code, 0, opened.faults);
  t.is((await line(office, dataDir, 'round', 'open', '--place', '320899102', '--year', 'x')).code, 1);
});

test('with two standards of a kind in force, the command line asks which', async t => {
  const { office, dataDir } = await openVillage(t);
  const none = await line(office, dataDir, 'round', 'open', '--place', '320899101', '--year', '2026', '--collect-until', '2026-12-30', '--valid-until', '2027-12-31');
  t.is(none.code, 1);
  t.is(none.faults, refusals.entries['standard-unclear'].say({ kind: 'household', count: 0 }));
});

test('an empty office is set up from the command line', async t => {
  const { office, dataDir } = await openOffice(t);
  writeFileSync(join(dataDir, 'places.csv'), '级别,区划代码,名称\n省,32,江苏省\n市,3208,淮安市\n县区,320899,样板县\n乡镇街道,320899101,安和镇\n');
  t.is((await line(office, dataDir, 'import', 'places', 'places.csv')).code, 0);
  const first = await line(office, dataDir, 'appoint', '--login', 'admin', '--name', '管一', '--place', '320899101');
  t.is(first.code, 0, first.faults);
  t.is((await office.read('posts').join('officers', 'officers.id', 'posts.officer').where({ login: 'admin' }).first('role')).role, 'systemAdmin');
});
