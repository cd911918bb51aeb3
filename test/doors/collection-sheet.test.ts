import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { factsIn } from '../../src/observations/observation.ts';
import { worldOf } from '../../src/observations/world.ts';
import { openCollecting, wholeValues } from '../support/collecting.ts';
import { openDoors } from '../support/visit.ts';
import { households } from '../support/village.ts';

const { zhou, wu } = households;

test('the sheet on paper asks every question of the form, shows what is known, and a blank one shows nothing', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  const href = `/observations/${village.round.id}/${zhou.id}`;
  await recordSheet(village.office, await village.actor('mei'), { id: newId(), round: village.round.no, household: zhou.id, base_seq: 0, source: 'grid', values: wholeValues });
  const { standard } = (await worldOf(village.office.read, village.round.no, zhou.id)).compiled;
  const paper = await mei.get(`${href}/paper`);
  t.is(paper.status, 200);
  const asked = standard.indicators.filter(indicator => wholeValues[indicator.key as keyof typeof wholeValues] !== undefined);
  t.true(asked.length > 0);
  for (const indicator of asked) t.true(paper.body.includes(indicator.title), indicator.title);
  t.regex(paper.body, /周大山/);
  t.regex(paper.body, /□ 一样/);
  t.regex(paper.body, /□ 不清楚/);
  t.regex(paper.body, /<svg class="qr"/);
  const blank = await mei.get(`${href}/paper?blank=1`);
  for (const indicator of asked) t.true(blank.body.includes(indicator.title), indicator.title);
  t.notRegex(blank.body, /□ 一样|已经知道的<\/th>/);
});

test('the sheet of a foreign grid is not found', async t => {
  const village = await openCollecting(t);
  const bo = await (await openDoors(t, village))('bo');
  t.is((await bo.get(`/observations/${village.round.id}/${zhou.id}/paper`)).status, (await bo.get(`/observations/${village.round.id}/${zhou.id}`)).status);
  t.not((await bo.get(`/observations/${village.round.id}/${zhou.id}/paper`)).status, 200);
});

test('what was written on paper is keyed in its order, and the record says it was paper; a fault keeps it so', async t => {
  const village = await openCollecting(t);
  const mei = await (await openDoors(t, village))('mei');
  const href = `/observations/${village.round.id}/${wu.id}`;
  const form = await mei.get(`${href}?from=paper`);
  const titles = [...form.body.matchAll(/第 (\d+) 块，共/g)].map(found => Number(found[1]));
  t.deepEqual(titles, titles.toSorted((one, other) => one - other));
  t.notRegex(form.body, /<summary>有变化/, 'every question stands open');
  const id = /name="id" value="([^"]*)"/.exec(form.body)?.[1] ?? '';
  const values = Object.fromEntries(Object.entries(wholeValues).map(([key, value]) => [`v-${key}`, String(value)]));
  const number = Object.entries(wholeValues).find(([, value]) => typeof value === 'number')?.[0] ?? t.fail();
  const faulty = await mei.post(href, { ...values, [`v-${String(number)}`]: 'x1', id, base: '0', from: 'paper', then: 'whole' });
  t.is(faulty.status, 422);
  t.regex(faulty.body, /name="from" value="paper"/);
  t.is((await mei.post(href, { ...values, id, base: '0', from: 'paper', then: 'whole' })).status, 303);
  const world = await worldOf(village.office.read, village.round.no, wu.id);
  t.deepEqual(world.sheets.map(sheet => sheet.source), ['paper']);
  t.deepEqual(Object.keys(factsIn(world.picture)).toSorted(), Object.keys(wholeValues).toSorted());
});

test('a worker prints the sheets of a whole group, in walking order; a foreign group, or none, is not found', async t => {
  const village = await openCollecting(t);
  const doors = await openDoors(t, village);
  const mei = await doors('mei');
  await recordSheet(village.office, await village.actor('mei'), { id: newId(), round: village.round.no, household: zhou.id, base_seq: 0, source: 'grid', values: wholeValues });
  const today = await mei.get('/today');
  const href = /href="(\/observations\/[^"]*\/groups\/[^"]*\/paper)"/.exec(today.body)?.[1] ?? t.fail();
  const papers = await mei.get(String(href));
  t.is(papers.status, 200);
  const sheets = papers.body.split('<article').slice(1);
  t.true(sheets[0]?.includes('周大山') && sheets[1]?.includes('吴秀兰'));
  t.regex(sheets[0] ?? '', /□ 一样/);
  t.notRegex(sheets[1] ?? '', /□ 一样/, 'nothing is known of a household nobody has visited');
  t.false(papers.body.includes('王小川'));
  t.notRegex((await mei.get(`${String(href)}?blank=1`)).body, /□ 一样/);
  const bo = await doors('bo');
  t.is((await bo.get(String(href))).status, 404);
  for (const odd of ['x', '1-', '20-999', '99999999999-1']) t.is((await mei.get(String(href).replace(/groups\/[^/]*/, `groups/${odd}`))).status, 404, odd);
});
