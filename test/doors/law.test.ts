import test from 'ava';
import { rateRound } from '../../src/ratings/rate.ts';
import { draftNightly } from '../../src/ratings/lapsed/draft.ts';
import { adopt } from '../../src/standards/adopt.ts';
import { importStandard } from '../../src/standards/import.ts';
import { keepBases } from '../../src/standards/law/keep.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { adoptPresets } from '../support/standards.ts';
import { openCollected } from '../support/rating.ts';
import { households, openVillage, placeId, placeNos } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const given = { id: 'county-rule-3', law: '样县村规民约备案办法', article: '第三条', level: 'rule', validFrom: '2025-01-01', validTo: '', note: '备案' };

test('Xian finds a basis and what cites it, registers one, amends it, and lets it end', async t => {
  const village = await openVillage(t);
  await adoptPresets(village.office);
  const enter = await openDoors(t, village);
  const xian = await enter('xian');
  const list = await xian.get('/law');
  t.is(list.status, 200);
  for (const words of ['《征信业管理条例》第十三条', '有效', '登记一条']) t.true(list.body.includes(words), words);
  const found = await xian.get(`/law?q=${encodeURIComponent('公路法')}`);
  t.true(found.body.includes('第四十六条') && !found.body.includes('征信业'));
  t.true((await xian.get('/law?q=xyz')).body.includes('没有找到'));
  const one = await xian.get('/law/waste-49');
  for (const words of ['随意倾倒垃圾', '不再算', '信用户评定标准']) t.true(one.body.includes(words), words);
  t.is((await xian.get('/law/nowhere')).status, 404);

  const faulty = await xian.post('/law', { ...given, id: '第一', validFrom: '2026-13-01' });
  t.is(faulty.status, 422);
  t.is(faulty.field('law').input, given.law, 'what was typed is kept');
  t.regex(faulty.field('id').fault ?? '', /小写英文字母/);
  t.regex(faulty.field('validFrom').fault ?? '', /不是一个日期/);
  t.is((await xian.post('/law', given)).location, '/law/county-rule-3');
  t.is((await xian.post('/law', { ...given, article: '第四条' })).status, 422, 'the number is taken');
  t.is((await xian.post('/law/county-rule-3', { ...given, article: '第五条', validFrom: '2027-01-01' })).status, 303);
  const early = await xian.post('/law/county-rule-3/lapse', { day: '2024-01-01', repealedBy: '某决定', reason: '清理' });
  t.is(early.status, 422);
  t.true(early.body.includes('才施行'));
  t.is((await xian.post('/law/county-rule-3/lapse', { day: '2026-11-23', repealedBy: '某决定第二条', reason: '清理' })).status, 303);
  const over = await xian.get('/law/county-rule-3');
  for (const words of ['2026-11-22 以后失效', '某决定第二条', '登记失效', '第五条']) t.true(over.body.includes(words), words);
});

test('the table goes out and comes back; a wrong line is told, and only the county writes', async t => {
  const village = await openVillage(t);
  await adoptPresets(village.office);
  const enter = await openDoors(t, village);
  const xian = await enter('xian');
  const table = (await xian.get('/law.csv')).body;
  t.true(table.includes('pipl-13'));
  const send = async (body: string) => xian.upload('/law.csv', {}, { file: { name: '依据.csv', type: 'text/csv', body } });
  const same = await send(table);
  t.is(same.status, 303);
  t.is((await village.office.read('legal_bases').where('seq', '>', 1)).length, 0, 'the same table changes nothing');
  t.is((await send(table.replace('第四十九条', '第五十条'))).status, 303);
  t.is((await village.office.read('legal_bases').where('seq', 2).select('id', 'article')).length, 1);
  t.regex((await send(table.replace('2020-09-01', '昨天'))).body, /第 \d+ 行：.*不是一个日期/);
  t.regex((await send('一,二\n1,2\n')).body, /缺少这些列/);
  t.regex((await send(`${table.split('\n')[0] ?? ''}\n`)).body, /没有一条依据/);
  for (const who of ['mei', 'gao'] as const) {
    t.is((await (await enter(who)).get('/law')).status, 200, 'everybody in the office may read it');
    t.is((await (await enter(who)).post('/law', given)).status, 403);
    t.is((await (await enter(who)).post('/recomputations', {})).status, 403);
  }
});

test('the committee finds the households whose result would change, and computes them anew; the county sees how many', async t => {
  const village = await openCollected(t);
  const { round } = village;
  await rateRound(village.office, await village.actor('gao'), { round: round.no });
  const enter = await openDoors(t, village);
  const xian = await enter('xian');
  t.is((await xian.post('/law/pipl-13/lapse', { day: '2026-11-23', repealedBy: '《样法》附则', reason: '条文重排' })).status, 303);
  t.true((await xian.get('/recomputations')).body.includes('没有要重算的户'));
  t.is((await xian.post('/recomputations', {})).status, 303);
  const counts = await xian.get('/recomputations?basis=pipl-13');
  for (const words of ['2 个村，3 户', '清河村', '《中华人民共和国个人信息保护法》第十三条']) t.true(counts.body.includes(words), words);
  t.false((await xian.get('/recomputations?basis=waste-49')).body.includes('清河村'));
  const there = `/recomputations/${round.id}/${placeId(placeNos.qinghe)}`;
  const seenByCounty = await xian.get(there);
  t.is(seenByCounty.status, 200);
  t.false(seenByCounty.body.includes('周大山'), 'a county sees how many, not who');
  const gao = await enter('gao');
  t.true((await gao.get('/desk')).body.includes('依据失效，3 户的结果会变'));
  const list = await gao.get(there);
  for (const words of ['周大山', '重算这个村', '84']) t.true(list.body.includes(words), words);
  t.is((await (await enter('tan')).get(there)).status, 403);
  t.is((await gao.get(`/recomputations/${round.id}/nowhere`)).status, 404);
  t.is((await gao.post(`/ratings/${round.id}/places/${placeId(placeNos.qinghe)}/runs`, {})).status, 303);
  t.true((await gao.get(there)).body.includes('没有要重算的户了'));
  await draftNightly(village.office);
  t.false((await gao.get('/recomputations')).body.includes('清河村'));
  t.true((await gao.get(`/ratings/${round.id}/${households.zhou.id}`)).body.includes('依据'));
});

test('a topic that was let stand in writing is told on the standard and on every sheet made from it', async t => {
  const village = await openCollected(t);
  const { office, round } = village;
  const xian = await village.actor('xian');
  const basis = '样县政府批复〔2026〕9号';
  const source = presetSource('household-100').replace('version: 1', 'version: 2').replace('title: 替人担保', 'title: 有没有信访');
  const hash = await importStandard(office, xian, { county: placeNos.county, source });
  const enter = await openDoors(t, village);
  const reader = await enter('xian');
  t.false((await reader.get(`/standards/${hash}`)).body.includes(basis));
  await adopt(office, xian, { hash, county: placeNos.county, day: '2026-11-23', filing_no: '样政发〔2026〕3号', basis });
  await office.store.write('rounds').where({ no: round.no }).update({ household_standard: hash });
  await rateRound(office, await village.actor('gao'), { round: round.no });
  const sun = await enter('sun');
  const here = `${round.id}/${households.zhou.id}`;
  for (const [who, page] of [[reader, `/standards/${hash}`], [reader, `/standards/${hash}/print`], [sun, `/ratings/${here}`], [sun, `/ratings/${here}/print`], [sun, `/observations/${here}/check`]] as const) {
    const seen = await who.get(page);
    t.is(seen.status, 200, page);
    t.true(seen.body.includes(basis) && seen.body.includes('信访和投诉'), page);
  }
});

test('a standard that calls a registered basis otherwise is told before it is adopted', async t => {
  const village = await openVillage(t);
  const xian = await village.actor('xian');
  await keepBases(village.office, xian, [{ id: 'waste-49', law: '另一部法', article: '第一条', level: 'law', validFrom: '2020-01-01' }]);
  const hash = await importStandard(village.office, xian, { county: placeNos.county, source: presetSource('household-100') });
  const reader = await (await openDoors(t, village))('xian');
  const page = await reader.get(`/standards/${hash}`);
  for (const words of ['1 条依据和登记的不是同一条', '《另一部法》第一条', '还没登记，采用时登记']) t.true(page.body.includes(words), words);
  t.is((await reader.post(`/standards/${hash}/adopt`, { county: String(placeNos.county), day: '2026-11-23', filing_no: '样政发〔2026〕3号' })).status, 409);
});
