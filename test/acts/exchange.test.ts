import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { atConsole, type Actor } from '../../src/access/actor.ts';
import { verify } from '../../src/audit/verify.ts';
import { cargoes, cargoNamed, columnTable } from '../../src/exchange/cargoes.ts';
import type { Values } from '../../src/exchange/format.ts';
import { csv } from '../../src/exchange/formats/csv.ts';
import { check, load } from '../../src/exchange/import.ts';
import { takeExport } from '../../src/exchange/take-export.ts';
import { filePath, handedById, has, keepFile, keepHanded, sweep } from '../../src/exchange/parcels.ts';
import { handIn, startLoad } from '../../src/exchange/deliver.ts';
import { wholeOffice } from '../../src/access/subject.ts';
import { faultLine, type Report } from '../../src/exchange/report.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { syntheticIdNumber } from '../../src/kit/id-card.ts';
import { placeByNo, placeSubject } from '../../src/places/queries.ts';
import { bytesOf } from '../support/all.ts';
import { households, openVillage, placeNos, type Village } from '../support/village.ts';

const asked = (village: Village, actor: Actor, settings: Record<string, string> = {}) => ({ office: village.office, actor, day: '2026-11-23', importId: newId(), settings });
const parcel = (text: string) => ({ format: csv, source: { bytes: new TextEncoder().encode(text) }, fileName: 'a.csv' });
const told = (report: Report): string[] => report.faults.map(fault => `${fault.row} ${fault.column} ${fault.value}`);
async function exported(village: Village, kind: string, settings: Record<string, string> = {}): Promise<string> {
  return (await bytesOf(await takeExport(village.office, atConsole, { cargo: cargoNamed(kind), format: csv, place: wholeOffice, settings }))).toString('utf8');
}
const idOf = (sequence: number): string => syntheticIdNumber({ birth: '1980-01-01', sex: 'male', sequence });

const twoHouseholds = (): string => `村,村民小组,户号,姓名,与户主关系,性别,身份证号,出生年份,没有号码的原因,住址,电话
水口村,1组,9,甲一,户主,男,${idOf(1)},,,河东 1 号,13800138000
水口村,1组,9,甲二,配偶,女,,1982,正在补办,,
水口村,,10,乙一,户主,男,${idOf(2)},1980,,,
`;

test('households come in with their members, once; the same file again is nothing new', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const asks = asked(village, atConsole);
  const looked = await check(asks, cargoNamed('households'), parcel(twoHouseholds()));
  t.deepEqual({ rows: looked.rows, good: looked.good, faults: told(looked) }, { rows: 3, good: 2, faults: [] });
  t.is(await village.traces(), 0, 'a check writes nothing');
  t.is((await load(asks, cargoNamed('households'), parcel(twoHouseholds()))).loaded, 2);
  const kept = await office.read('households').where({ village_no: placeNos.shuikou, household_no: 9 }).first('id', 'head_name', 'people', 'group_no');
  t.like(kept, { head_name: '甲一', people: 2, group_no: placeNos.group3 });
  const again = await load(asks, cargoNamed('households'), parcel(twoHouseholds()));
  t.deepEqual([again.loaded, again.same, again.left], [0, 2, 0]);
  t.deepEqual((await verify(office)).findings, []);
});

test('a check tells nobody about households that are not theirs: neither a head nor where an ID number lives', async t => {
  const village = await openVillage(t);
  await load(asked(village, atConsole), cargoNamed('households'), parcel(twoHouseholds()));
  const [sun, tan] = [await village.actor('sun'), await village.actor('tan')];
  const asking = `乡镇,村,户号,姓名,与户主关系,性别,身份证号,出生年份\n安和镇,水口村,9,丙,户主,男,${idOf(8)},\n安和镇,清河村,77,丁,户主,男,${idOf(1)},\n`;
  const looked = await check(asked(village, sun), cargoNamed('households'), parcel(asking));
  t.false(JSON.stringify(looked).includes('甲一'));
  t.deepEqual(looked.faults.map(fault => fault.say), ['水口村不在您的片区', '这个身份证号已经登记在另一户']);
  t.true((await check(asked(village, tan), cargoNamed('households'), parcel(asking))).faults.some(fault => fault.say.includes('甲一')), 'their own village reads it');
  const consents = await check(asked(village, sun), cargoNamed('consents'), parcel('乡镇,村,户号,姓名,同意什么,签字日期\n安和镇,水口村,9,甲一,参加评定,2026-11-01\n'));
  t.true(consents.faults.some(fault => fault.say === '水口村不在您的片区'));
  t.is(consents.good, 0);
});

test('of villages with one name, the one of whoever hands the file in is meant, then the one in this office', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const file = parcel(`村,户号,姓名,与户主关系,性别,出生年份,没有号码的原因\n清河村,9,丙一,户主,男,1970,正在补办\n`);
  t.regex((await check(asked(village, atConsole), cargoNamed('households'), file)).faults[0]?.say ?? '', /有 2 个叫“清河村”的村/);
  t.is((await check(asked(village, await village.actor('sun')), cargoNamed('households'), file)).good, 1);
  await office.store.write('settings').insert({ name: 'office.place', value: String(placeNos.anhe) }).onConflict('name').merge();
  t.is((await load(asked(village, atConsole), cargoNamed('households'), file)).loaded, 1);
  t.is((await office.read('households').where({ head_name: '丙一' }).first('village_no'))?.['village_no'], placeNos.qinghe);
});

test('every fault of a household file names row, column, value, reason and remedy', async t => {
  const village = await openVillage(t);
  const text = `村,村民小组,户号,姓名,与户主关系,性别,身份证号,出生年份
清河村,1组,7,丙,户主,男,${idOf(3)},
水口村,9组,7,丁,户主,男,110101198001010011,1980
水口村,1组,8,戊,户主,男,${idOf(4)},1990
水口村,1组,x,己,户主,女,${idOf(4)},1980
水口村,1组,11,庚,配偶,男,${idOf(5)},1980
水口村,1组,12,辛,户主,男,${idOf(6)},1980
水口村,1组,13,壬,户主,男,${idOf(6)},1980
没有村,1组,14,癸,户主,男,${idOf(7)},1980
`;
  const report = await check(asked(village, atConsole), cargoNamed('households'), parcel(text));
  t.deepEqual(told(report), ['2 village 清河村', '3 group 9组', '4 birth_year 1990', '5 household_no x', '5 sex 女', '6 relation 配偶', '8 id_number ' + idOf(6), '9 village 没有村'].filter(line => !line.startsWith('5 sex')));
  t.is(report.good, 1);
  for (const fault of report.faults) t.regex(faultLine(fault, key => key), /第 \d+ 行.*：.+。.+/);
});

test('rows that were left out come back with their reason, the rest is loaded', async t => {
  const village = await openVillage(t);
  const back: Values[] = [];
  const text = `${twoHouseholds()}没有村,,1,癸,户主,男,${idOf(8)},1980,,,\n`;
  const report = await load(asked(village, atConsole), cargoNamed('households'), parcel(text), { left: row => { back.push(row); } });
  t.deepEqual([report.loaded, report.left], [2, 1]);
  t.is(back.length, 1);
  t.is(back[0]?.['row'], 5);
  t.regex(String(back[0]?.['why']), /没有找到没有村/);
});

test('an ID number that stands in another household is refused in its row', async t => {
  const village = await openVillage(t);
  await load(asked(village, atConsole), cargoNamed('households'), parcel(twoHouseholds()));
  const report = await check(asked(village, atConsole), cargoNamed('households'), parcel(`村,户号,姓名,与户主关系,性别,身份证号,出生年份\n水口村,30,甲一,户主,男,${idOf(1)},1980\n`));
  t.deepEqual(told(report), [`2 id_number ${idOf(1)}`]);
});

test('who may not keep households loads none, and nothing is left behind', async t => {
  const village = await openVillage(t);
  const report = await load(asked(village, await village.actor('lin')), cargoNamed('households'), parcel(twoHouseholds()));
  t.deepEqual([report.loaded, report.left], [0, 2]);
  t.is(await village.traces(), 0);
});

test('columns that are missing or stand twice refuse the file', async t => {
  const village = await openVillage(t);
  const asks = asked(village, atConsole);
  t.is((await t.throwsAsync<Refusal>(check(asks, cargoNamed('households'), parcel('村,户号,姓名\n水口村,1,甲\n'))))?.code, 'columns-missing');
  t.is((await t.throwsAsync<Refusal>(check(asks, cargoNamed('households'), parcel('村,姓名,name,与户主关系,性别\n水口村,甲,乙,户主,男\n'))))?.code, 'column-twice');
  t.is(t.throws<Refusal>(() => cargoNamed('cats'))?.code, 'cargo-unknown');
  t.is((await t.throwsAsync<Refusal>(check(asks, { ...cargoNamed('places'), open: undefined } as never, parcel('a\n'))))?.code, 'cargo-only-out');
  t.is((await t.throwsAsync<Refusal>(check(asks, cargoNamed('observations'), parcel('a\n'))))?.code, 'setting-missing');
  t.is((await t.throwsAsync<Refusal>(check(asked(village, atConsole, { round: '1999', source: 'bank' }), cargoNamed('observations'), parcel('a\n'))))?.code, 'round-unclear');
});

test('places come in by code, groups and grids under their village, in any order', async t => {
  const village = await openVillage(t);
  const text = `级别,区划代码,名称,乡镇,村
村（社区）,320899103201,新河村,,
网格,,新河一网格,长安镇,新河村
乡镇街道,320899103,长安镇,,
村民小组,,第2组,安和镇,水口村
村民小组,,第1组,安和镇,水口村
村（社区）,32089,短村,,
`;
  const first = await check(asked(village, atConsole), cargoNamed('places'), parcel(text));
  t.deepEqual(told(first), ['3 village 新河村', '7 code 32089'], 'a grid waits until its village stands');
  t.is(first.same, 1);
  t.is((await load(asked(village, atConsole), cargoNamed('places'), parcel(text))).loaded, 3);
  const again = await load(asked(village, atConsole), cargoNamed('places'), parcel(text));
  t.deepEqual([again.loaded, again.same, again.left], [1, 4, 1]);
});

test('officers come in with their posts; first passwords are told once', async t => {
  const village = await openVillage(t);
  const text = `登录名,姓名,岗位,市县乡镇,乡镇,村,网格,银行
Zhu,朱一,网格员,,安和镇,清河村,清河一网格,
zhu,朱一,网格员,,安和镇,清河村,清河二网格,
qian,钱二,镇评定委员会委员,安和镇,,,,
bad,坏三,农商行信贷员,安和镇,,,,没有银行
mei,梅小兰,网格员,,安和镇,清河村,清河一网格,
an2,安四,村务监督委员,,安和镇,清河村,,
an2,安四,村评议小组,,安和镇,清河村,,
`;
  const secrets: Values[] = [];
  const report = await load(asked(village, atConsole), cargoNamed('officers'), parcel(text), { told: rows => { secrets.push(...rows); } });
  t.deepEqual([report.loaded, report.same, report.left], [2, 1, 2]);
  t.deepEqual(told(report), ['5 bank 没有银行', '7 role 村务监督委员']);
  t.deepEqual(secrets.map(row => row['login']), ['zhu', 'qian']);
  t.is((await village.office.read('posts').join('officers', 'officers.id', 'posts.officer').where({ login: 'zhu' })).length, 2);
  t.is((await load(asked(village, atConsole), cargoNamed('officers'), parcel(text))).loaded, 0);
});

test('consents of paper are keyed in once, each for its person', async t => {
  const village = await openVillage(t);
  const text = `村,乡镇,户号,姓名,同意什么,签字日期,怎么给的,银行
清河村,安和镇,1,,评定、公示,2026-11-01,,
清河村,安和镇,2,吴秀兰,评定,2026-11-01,纸上签字,
清河村,安和镇,2,没有人,评定,2026-11-01,,
清河村,安和镇,99,甲,评定,2026-11-01,,
清河村,安和镇,1,,给银行,2026-11-01,,样板农商行
清河村,安和镇,1,,给银行,2027-11-01,,
`;
  const report = await load(asked(village, await village.actor('sun')), cargoNamed('consents'), parcel(text));
  t.deepEqual([report.loaded, report.left], [3, 3]);
  t.deepEqual(told(report), ['4 name 没有人', '5 household_no 99', '7 bank ', '7 given_on 2027-11-01']);
  t.is((await village.office.read('consents')).length, 4);
  const again = await load(asked(village, await village.actor('sun')), cargoNamed('consents'), parcel(text));
  t.deepEqual([again.loaded, again.same], [0, 3]);
});

test('of two people of one name in a household, relation or birth year tells whose consent it is; what went out finds the same people', async t => {
  const village = await openVillage(t);
  const row = (relation: string, born: number): string => `水口村,21,同名人,${relation},男,${born},正在补办\n`;
  await load(asked(village, atConsole), cargoNamed('households'), parcel(`村,户号,姓名,与户主关系,性别,出生年份,没有号码的原因\n${row('户主', 1960)}${row('儿子', 1985)}${row('儿子', 1988)}`));
  const given = (cells: string): string => `村,户号,姓名,同意什么,签字日期,与户主关系,出生年份\n水口村,21,同名人,评定,2026-11-01,${cells}\n`;
  const bare = await load(asked(village, atConsole), cargoNamed('consents'), parcel(given(',')));
  t.deepEqual(bare.faults.map(fault => fault.say), ['这一户有两个人同名']);
  t.regex(bare.faults[0]?.remedy ?? '', /与户主关系或者出生年份/);
  for (const cells of ['户主,', ',1985', '儿子,1988']) t.is((await load(asked(village, atConsole), cargoNamed('consents'), parcel(given(cells)))).loaded, 1, cells);
  const whose: { relation: string; birth_year: number }[] = await village.office.read('consents').join('members', 'members.id', 'consents.member').where('members.name', '同名人').orderBy('birth_year').select('relation', 'birth_year');
  t.deepEqual(whose.map(one => [one.relation, one.birth_year]), [['head', 1960], ['son', 1985], ['son', 1988]]);
  const back = await check(asked(village, atConsole), cargoNamed('consents'), parcel(await exported(village, 'consents')));
  t.deepEqual([back.faults, back.good], [[], 0]);
});

test('a register longer than one unit: what the file said hundreds of households before is known while they are still being written', async t => {
  const village = await openVillage(t);
  const heading = '村,户号,姓名,与户主关系,性别,身份证号,出生年份,没有号码的原因\n';
  const lines = Array.from({ length: 1_100 }, (_, at) => `水口村,${100 + at},甲一,户主,男,${at < 3 ? idOf(at + 20) : ''},${at < 3 ? '' : 1970},${at < 3 ? '' : '正在补办'}\n`);
  const text = `${heading}${lines.join('')}水口村,100,乙二,户主,男,,1970,正在补办\n水口村,5000,丙三,户主,男,${idOf(21)},,\n`;
  const report = await load(asked(village, atConsole), cargoNamed('households'), parcel(text));
  t.deepEqual(report.faults.map(fault => [fault.row, fault.say]), [[1_102, '这个户号在第 2 行已经写过'], [1_103, '这个身份证号在第 3 行已经写过']]);
  t.deepEqual([report.loaded, report.left], [1_100, 2]);
  const again = await load(asked(village, atConsole), cargoNamed('households'), parcel(heading + lines.join('')));
  t.deepEqual([again.loaded, again.same, again.left], [0, 1_100, 0]);
  t.deepEqual((await verify(village.office)).findings, []);
});

test('what goes out comes in again as known, and each taking is in the ledger', async t => {
  const village = await openVillage(t);
  await load(asked(village, atConsole), cargoNamed('households'), parcel(twoHouseholds()));
  const before = await village.traces();
  for (const kind of ['places', 'households', 'officers']) {
    const report = await check(asked(village, atConsole), cargoNamed(kind), parcel(await exported(village, kind)));
    t.is(report.good, 0, `${kind}: ${JSON.stringify(report.faults.slice(0, 3))}`);
    t.true(report.same > 0, `${kind}: ${JSON.stringify(report.faults.slice(0, 3))}`);
  }
  t.is(await village.traces(), before + 3);
  const text = await exported(village, 'households');
  t.false(text.includes(idOf(1)));
  t.true((await exported(village, 'households', { numbers: 'yes' })).includes(idOf(1)));
});

test('a village takes out its own and nobody else’s', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const take = async (no: number) => (await bytesOf(await takeExport(office, await village.actor('sun'), { cargo: cargoNamed('households'), format: csv, place: placeSubject(await placeByNo(office.read, no)), settings: { numbers: 'yes' } }))).toString('utf8');
  const own = await take(placeNos.qinghe);
  t.true(own.includes(households.zhou.head) && !own.includes(households.wang.head));
  const before = await village.traces();
  t.is((await t.throwsAsync<Refusal>(take(placeNos.shuikou)))?.code, 'not-allowed');
  t.is(await village.traces(), before);
});

test('a file that was handed in waits, is loaded once and gone, and its report is swept later', async t => {
  const village = await openVillage(t);
  const { office, clock } = village;
  const path = join(village.dataDir, 'given.csv');
  writeFileSync(path, twoHouseholds());
  const sun = await village.actor('sun');
  t.is((await t.throwsAsync<Refusal>(handIn(office, sun, { kind: 'households', settings: {}, path, fileName: 'a.pdf' })))?.code, 'file-kind-unknown');
  const handed = await handIn(office, atConsole, { kind: 'households', settings: {}, path, fileName: '水口.csv' });
  t.is(handed.report.good, 2);
  t.is(await village.traces(), 0);
  const [one, other] = await Promise.all([startLoad(office, atConsole, handed), startLoad(office, atConsole, handed)]);
  t.is(one, other);
  t.is(one.standing, 'loaded');
  t.is((await office.read('imports').where({ id: handed.id }).first('loaded')).loaded, 2);
  t.is(t.throws<Refusal>(() => { void startLoad(office, atConsole, one); })?.code, 'import-over');
  t.false(has(filePath(office, handed.id)), 'what was loaded does not lie about in the clear');
  await keepFile(office, handed.id, path);
  await keepHanded(office, { ...one, standing: 'loading' });
  t.is((await startLoad(office, atConsole, { ...one, standing: 'loading' })).report.same, 2, 'an interrupted load is begun again without harm');
  clock.forward(40 * 86_400_000);
  t.is(await sweep(office, clock.now()), 1);
  t.is(await handedById(office, handed.id), undefined);
  t.is(t.throws<Refusal>(() => { void startLoad(office, atConsole, handed); })?.code, 'file-gone');
});

test('the documentation of columns is made from the columns', t => {
  for (const cargo of cargoes.filter(one => one.text === undefined)) for (const column of cargo.columns) t.true(columnTable().includes(`\`${column.key}\``));
});
