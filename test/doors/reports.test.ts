import test from 'ava';
import type { ExecutionContext } from 'ava';
import { roundId, roundNo, roundUnderWay } from '../support/round.ts';
import { openCollected } from '../support/rating.ts';
import { households, openVillage, placeId, placeNos, type Village } from '../support/village.ts';
import { openDoors, type Visitor } from '../support/visit.ts';

const qinghe = placeId(placeNos.qinghe);

/** A round in which two of three households of 清河村 have grades, after one in which 周 was a credit household. */
async function rated(t: ExecutionContext): Promise<{ readonly village: Village; readonly doors: Awaited<ReturnType<typeof openDoors>> }> {
  const village = await openVillage(t);
  await roundUnderWay(village.office, { zhou: { standing: 'published', grade: 0 }, wu: { standing: 'rated', grade: 3 }, zheng: { standing: 'open' }, wang: { standing: 'approved', grade: 1 } });
  const { write } = village.office.store;
  const now: Record<string, unknown> = await write('rounds').where({ no: roundNo }).first() as Record<string, unknown>;
  await write('rounds').insert({ ...now, no: 899, id: '00000000-0000-7000-8000-000000000699', year: 2025, name: '2025年度', closed_on: '2025-12-31' });
  await write('rounds').where({ no: roundNo }).update({ previous_no: 899 });
  await write('cases').insert({ round: 899, subject: households.zhou.no, village: placeNos.qinghe, grid: null, group: null, standing: 'published', held: 0, reason: null, mark_seq: 1, changed_at: '2025-11-01T01:00:00.000Z', revision: 1, points: 7_000, grade: 2, outcome: 'graded', credit: 1 });
  return { village, doors: await openDoors(t, village) };
}

/** Rows of the CSV without its mark. */
async function rowsOf(person: Visitor, url: string): Promise<readonly (readonly string[])[]> {
  const { status, body } = await person.get(url);
  if (status !== 200) throw new Error(`${url}: ${status}`);
  return body.replace(/^\ufeff/, '').trim().split(/\r?\n/).map(line => line.split(','));
}

test('the summary counts grades, shares and what changed since the round before', async t => {
  const { doors } = await rated(t);
  const gao = await doors('gao');
  const rows = await rowsOf(gao, '/reports/summary/file?format=csv');
  t.deepEqual(rows[0], ['村（社区）', '在册户数', '参评', '已评', 'AAA', 'AA', 'A', 'B', '没有等级', '信用户', '占在册户', '2025年度信用户', '变化']);
  t.deepEqual(rows[1], ['清河村', '3', '3', '2', '1', '0', '0', '1', '0', '1', '33.3%', '1', '还在评']);
  t.deepEqual(rows[2], ['水口村', '1', '1', '1', '0', '1', '0', '0', '0', '1', '100.0%', '0', '多 1']);
  t.deepEqual(rows[3], ['合计', '4', '4', '3', '1', '1', '0', '1', '0', '2', '50.0%', '1', '还在评']);
  const page = await gao.get('/reports/summary');
  t.is(page.status, 200);
  t.regex(page.body, /安和镇评定结果汇总表/);
  t.regex(page.body, /33\.3%/);
  const own = await rowsOf(await doors('sun'), '/reports/summary/file?format=csv');
  t.deepEqual(own.map(row => row[0]), ['村（社区）', '清河村', '合计']);
  const before = await rowsOf(gao, '/reports/summary/file?format=csv&round=00000000-0000-7000-8000-000000000699');
  t.is(before[1]?.[9], '1');
});

test('it prints on A4 and travels as a workbook', async t => {
  const { doors } = await rated(t);
  const gao = await doors('gao');
  const paper = await gao.get(`/reports/summary/print?round=${roundId}&place=${qinghe}`);
  t.is(paper.status, 200);
  t.regex(paper.body, /page-a4-wide/);
  t.regex(paper.body, /安和镇 清河村评定结果汇总表/);
  const summary = await gao.get('/reports/summary/file?format=xlsx');
  t.is(summary.status, 200);
  t.regex(summary.headers.get('content-type') ?? '', /spreadsheetml/);
  t.true(summary.body.startsWith('PK'));
});

test('who does not look after the households is not shown the grades of a few', async t => {
  const { doors } = await rated(t);
  const xian = await doors('xian');
  const { body } = await xian.get('/reports/summary');
  t.regex(body, /人数太少，不显示/);
  t.regex(body, /已评不到 5 户的村不显示等级/);
  const rows = await rowsOf(xian, '/reports/summary/file?format=csv');
  t.is(rows[1]?.[3], '人数太少，不显示');
  t.is(rows[1]?.[4], '');
});

test('visits: how far each village is, by grid within one, and who must sign first', async t => {
  const village = await openCollected(t);
  const doors = await openDoors(t, village);
  const gao = await rowsOf(await doors('gao'), '/reports/visits/file?format=csv');
  t.deepEqual(gao[0], ['村（社区）', '参评', '采集好', '采集好占', '做了一半', '还没去', '先签授权', '两份不一样', '退回再看', '未参评']);
  t.deepEqual(gao[1], ['清河村', '3', '2', '66.7%', '0', '1', '1', '0', '0', '0']);
  const sun = await rowsOf(await doors('sun'), '/reports/visits/file?format=csv');
  t.deepEqual(sun.map(row => [row[0], row[1], row[2]]), [['网格', '参评', '采集好'], ['清河一网格', '2', '2'], ['清河二网格', '1', '0'], ['合计', '3', '2']]);
});

test('gaps: what is missing of each indicator, and who owes it', async t => {
  const village = await openCollected(t);
  const doors = await openDoors(t, village);
  const [head = [], first = [], second = []] = await rowsOf(await doors('gao'), '/reports/gaps/file?format=csv');
  t.is(head[0], '村（社区）');
  const asked = head.findIndex(heading => heading.includes('网格员入户'));
  const owed = head.findIndex(heading => heading.includes('银行'));
  t.true(asked > 1 && owed > 1);
  t.deepEqual([first[0], first[1], first[asked], first[owed]], ['清河村', '3', '1', '1']);
  t.deepEqual([second[0], second[1], second[asked], second[owed]], ['水口村', '1', '0', '0']);
  t.is((await (await doors('gao')).get('/reports/gaps')).status, 200);
});

test('a report of somebody else\'s place is not drawn up; one that does not exist is not found', async t => {
  const { doors } = await rated(t);
  const sun = await doors('sun');
  t.is((await sun.get(`/reports/summary?place=${placeId(placeNos.shuikou)}`)).status, 403);
  t.is((await sun.get('/reports/summary?place=nowhere')).status, 404);
  t.is((await sun.get('/reports/summary?round=nothing')).status, 404);
  t.is((await sun.get('/reports/nothing')).status, 404);
  const ping = await doors('ping');
  t.is((await ping.get(`/reports/summary?round=${roundId}`)).status, 403);
  t.regex((await ping.get('/reports')).body, /还没有评定批次/);
  t.is((await ping.get('/reports/summary')).status, 200);
  t.is((await sun.get('/reports/summary/file?format=doc')).status, 415);
  for (const who of ['mei', 'wei', 'guan'] as const) t.is((await (await doors(who)).get('/reports')).status, 403, who);
  t.is((await (await doors()).get('/reports')).status, 303);
});
