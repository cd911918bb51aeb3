import test from 'ava';
import type { ExecutionContext } from 'ava';
import { parse, stringify } from 'yaml';
import '../../src/areas.ts';
import { atConsole } from '../../src/access/actor.ts';
import { give } from '../../src/consents/give.ts';
import { registerMany } from '../../src/households/register.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { merge } from '../../src/places/merge.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { close } from '../../src/rounds/close.ts';
import { open } from '../../src/rounds/open.ts';
import { roundByNo, type Round } from '../../src/rounds/round.ts';
import { sumsBy, total } from '../../src/simulations/cell.ts';
import { openSimulation } from '../../src/simulations/open.ts';
import { cellsOf, flipsOf } from '../../src/simulations/queries.ts';
import { keptStandard } from '../../src/simulations/sides.ts';
import { simulate } from '../../src/simulations/simulate.ts';
import type { Simulation, TitleChange } from '../../src/simulations/simulation.ts';
import { groundOf, slide } from '../../src/simulations/slide.ts';
import { importStandard } from '../../src/standards/import.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { wholeValues } from '../support/collecting.ts';
import { adoptPresets, opening } from '../support/standards.ts';
import { openDoors } from '../support/visit.ts';
import { openVillage, placeId, placeNos, type Village } from '../support/village.ts';

const { county, anhe, pingshan, qinghe, shuikou, qingheOfPingshan } = placeNos;
const sizes = [[qinghe, 8], [shuikou, 3], [qingheOfPingshan, 7]] as const;
const supplied = { loanPerformance: 'normal', guarantees: 'none', taxes: 'none', judgmentDefaulter: false } as const;

interface County extends Village { readonly past: Round; readonly now: Round; readonly draft: string }

/** Two townships rated in two rounds of their county, of which the first is over; and a draft by which whoever has three points comes to the best grade. */
async function openCounty(t: Pick<ExecutionContext, 'teardown'>): Promise<County> {
  const village = await openVillage(t);
  const { office } = village;
  const made = await registerMany(office, atConsole, sizes.flatMap(([villageNo, count]) => Array.from({ length: count }, (_, at) => ({ villageNo, address: '', members: [{ name: `${'甲乙丙丁戊己庚辛'.charAt(at)}大山`, relation: 'head' as const, sex: 'male' as const, birthYear: 1970, idMissing: 'applying' as const }] }))), { despite: true });
  await give(office, atConsole, made.flatMap(one => one.members.map(member => ({ member, kind: 'rate' as const, givenOn: '2025-10-12', how: 'paper' as const }))));
  const hashes = await adoptPresets(office);
  const held = async (year: number, debtBurden: string): Promise<Round> => {
    const { no } = await open(office, atConsole, opening(hashes, { place: county, year, name: `${year} 年度` }));
    await recordMany(office, atConsole, made.map(one => ({ subject: one.no, values: { ...wholeValues, ...supplied, debtBurden } })), { round: no, source: 'paper', batch: newId(), signed: { how: 'paper', reason: '' } });
    await rateRound(office, atConsole, { round: no });
    return roundByNo(office.read, no);
  };
  const past = await held(2025, 'heavy');
  await close(office, atConsole, past.no);
  const now = await held(2026, 'light');
  const source = parse(presetSource('household-100')) as { version: number; grades: Record<string, unknown>[] };
  source.version = 2;
  source.grades.forEach((grade, at) => { grade['atLeast'] = 3 - at; if (at > 0) grade['below'] = 4 - at; });
  const draft = await importStandard(office, await village.actor('xian'), { county, source: stringify(source) });
  return { ...village, past: await roundByNo(office.read, past.no), now, draft };
}

async function tryOut({ office, actor, draft }: County, round: Round, place: number): Promise<Simulation> {
  const xian = await actor('xian');
  return simulate(office, xian, (await openSimulation(office, xian, { round: round.no, place: placeId(place), standard: draft, note: '' })).id);
}

test('a county tries a draft on a round that is over and on the one under way: each with its own facts, all townships and villages, and nothing touched', async t => {
  const village = await openCounty(t);
  const { office: { read }, past, now } = village;
  const rated = () => read('current_ratings').orderBy('round').orderBy('subject').select('*');
  const before = await rated();
  const [then, today] = [await tryOut(village, past, county), await tryOut(village, now, county)];
  for (const [one, round] of [[then, past], [today, now]] as const) {
    t.deepEqual([one.phase, one.done, one.apart], ['done', 18, 0], 'what it starts from is what was rated');
    const cells = await cellsOf(read, one.no);
    t.deepEqual(sumsBy(cells, cell => cell.village), new Map(sizes));
    const grades: { grade: number; n: number | string }[] = await read('current_ratings as k').join('households as h', 'h.no', 'k.subject').where('k.round', round.no).groupBy('grade').select('grade').count({ n: '*' });
    t.deepEqual(new Map(grades.map(row => [row.grade, Number(row.n)])), sumsBy(cells, cell => cell.before));
    const { rows } = await flipsOf(read, one.no, [qinghe, shuikou, qingheOfPingshan]);
    t.is(rows.length, one.changed);
    t.deepEqual((JSON.parse(one.titles) as TitleChange[]).map(({ place }) => place).toSorted((a, b) => a - b), [anhe, pingshan, qinghe, shuikou, qingheOfPingshan]);
  }
  t.is(then.changed, 18);
  t.notDeepEqual(await cellsOf(read, then.no), await cellsOf(read, today.no), 'debts were heavy last year');
  t.not(then.hash, today.hash);
  t.deepEqual(await rated(), before);
  t.is((await t.throwsAsync<Refusal>(openSimulation(village.office, await village.actor('xian'), { round: past.no, place: placeId(placeNos.city), standard: village.draft, note: '' })))?.code, 'not-allowed');
});

test('a village that was merged since still stands in the round that was over by then; a slider counts it too', async t => {
  const village = await openCounty(t);
  const { office, past, now, draft } = village;
  await merge(office, atConsole, { id: placeId(shuikou), into: placeId(qinghe), day: '2026-11-23', reason: '合村' });
  const ofVillages = async (round: Round) => sumsBy(await cellsOf(office.read, (await tryOut(village, round, anhe)).no), cell => cell.village);
  t.deepEqual(await ofVillages(past), new Map([[qinghe, 8], [shuikou, 3]]));
  t.deepEqual(await ofVillages(now), new Map([[qinghe, 11]]));
  const tried = await keptStandard(office.read, draft);
  const { tally } = await slide(office, await groundOf(office, past, await placeByNo(office.read, county), tried), tried, new Set());
  t.is(total(tally.cells), 18);
});

test('the county reads rounded counts by township and village and no name, a township its own part; a round of elsewhere is told at the form', async t => {
  const village = await openCounty(t);
  const { past } = village;
  const visit = await openDoors(t, village);
  const here = `/simulations/${(await tryOut(village, past, county)).id}`;
  const xian = await visit('xian');
  const whole = (await xian.get(here)).body;
  for (const words of ['20 户里 20 户的等级会变', '安和镇', '平山镇', '取整到 5 户', '户数太少，不显示', '差不多']) t.true(whole.includes(words), words);
  for (const words of ['大山', '18 户', '11</td>', '8</td>', '3</td>']) t.false(whole.includes(words), words);
  const part = (await xian.get(`${here}?place=${placeId(pingshan)}`)).body;
  t.true(part.includes('平山镇：5 户里 5 户的等级会变'));
  t.false(part.includes('安和镇 '));
  const printed = (await xian.get(`${here}/print`)).body;
  for (const words of ['信用乡镇', '信用村', '取整到 5 户']) t.true(printed.includes(words), words);
  const table = (await xian.get(`${here}/file?format=csv`)).body;
  t.regex(table, /乡镇,平山镇,5,5,/);
  t.regex(table, /村,水口村,户数太少，不显示/);
  t.regex(table, /说明,/);
  const ping = (await (await visit('ping')).get(here)).body;
  t.true(ping.includes('7 户里 7 户的等级会变') && ping.includes('甲大山'));
  t.false(ping.includes('安和镇') || ping.includes('取整'));
  t.is((await (await visit('ping')).get(`${here}?place=${placeId(anhe)}`)).status, 403);
  const gao = await village.actor('gao');
  const own = await open(village.office, gao, { ...opening({ household: past.household_standard, village: past.village_standard, township: past.township_standard }), year: 2024, name: '安和自己的' });
  const answer = await xian.post('/simulations', { standard: village.draft, round: own.id, place: placeId(pingshan), note: '', way: 'slide' });
  t.is(answer.status, 422);
  t.true(answer.body.includes('安和自己的没有评平山镇'), 'not-in-round');
});
