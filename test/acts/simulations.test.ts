import test from 'ava';
import type { ExecutionContext } from 'ava';
import { parse, stringify } from 'yaml';
import type { Refusal } from '../../src/kit/refusal.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { give } from '../../src/consents/give.ts';
import { withdraw } from '../../src/consents/withdraw.ts';
import { newId } from '../../src/kit/id.ts';
import { ratingInForce } from '../../src/ratings/queries.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { drop } from '../../src/simulations/keep.ts';
import { rows } from '../../src/standards/draft/edit/path.ts';
import { bodyAt, draftById } from '../../src/standards/draft/queries.ts';
import { keepDraft } from '../../src/simulations/keep-draft.ts';
import { unfitItems } from '../../src/simulations/own-items.ts';
import { openSimulation } from '../../src/simulations/open.ts';
import { seen } from '../../src/simulations/outlook.ts';
import { outlookOf } from '../../src/simulations/pages.ts';
import { presentOutlook } from '../../src/simulations/present.ts';
import { cellsOf, flipsOf } from '../../src/simulations/queries.ts';
import { resumeSimulations } from '../../src/simulations/resume.ts';
import { keptStandard } from '../../src/simulations/sides.ts';
import { simulate } from '../../src/simulations/simulate.ts';
import { simulationById, type Simulation, type TitleChange } from '../../src/simulations/simulation.ts';
import { groundOf, slide } from '../../src/simulations/slide.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { excuse } from '../../src/rounds/excuse.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { itemOf, withItem } from '../../src/rounds/item-form.ts';
import { settleItems } from '../../src/rounds/settle-items.ts';
import type { Standard } from '../../src/standards/standard.ts';
import { adopt } from '../../src/standards/adopt.ts';
import { importStandard } from '../../src/standards/import.ts';
import { presetSource } from '../../src/standards/presets.ts';
import { standardEvents } from '../../src/standards/queries.ts';
import { total } from '../../src/simulations/cell.ts';
import { forget } from '../../src/households/forget.ts';
import { openCollecting, type Collecting } from '../support/collecting.ts';
import { collect, openCollected, toApproval, walk } from '../support/rating.ts';
import { households, memberId, placeId, placeNos, type Person } from '../support/village.ts';

type Draft = { version: number; grades: Record<string, unknown>[]; indicators: { key: string; options?: { key: string; points: number }[] }[] };

/** Three rated households, and a preset changed by hand as its second version, kept but not adopted. */
async function openDraft(t: Pick<ExecutionContext, 'teardown'>, change: (draft: Draft) => void, preset = 'household-100'): Promise<Collecting & { readonly draft: string }> {
  const village = await openCollected(t);
  await rateRound(village.office, await village.actor('gao'), { round: village.round.no });
  const source = parse(presetSource(preset)) as Draft;
  source.version = 2;
  change(source);
  return { ...village, draft: await importStandard(village.office, await village.actor('xian'), { county: placeNos.county, source: stringify(source) }) };
}

/** Whoever has three points gets the best grade. */
const allBest = (draft: Draft): void => { draft.grades.forEach((grade, at) => { grade['atLeast'] = 3 - at; if (at > 0) grade['below'] = 4 - at; }); };
/** The last grade begins elsewhere. */
const boundTo = (bound: number) => (draft: Draft): void => { const last = draft.grades.at(-1); if (last !== undefined) last['atLeast'] = bound; };

async function tryOut(village: Collecting & { readonly draft: string }, { who = 'xian' as Person, place = placeNos.anhe as number } = {}): Promise<Simulation> {
  const actor = await village.actor(who);
  const one = await openSimulation(village.office, actor, { round: village.round.no, place: placeId(place), standard: village.draft, note: '试' });
  return simulate(village.office, actor, one.id);
}

test('a draft is tried on a round: every household that changes is kept with its clause, and nothing else moves', async t => {
  const village = await openDraft(t, draft => { const debt = draft.indicators.find(each => each.key === 'debtBurden'); for (const option of debt?.options ?? []) if (option.key === 'heavy') option.points = 5; });
  const { read } = village.office;
  const before = await read('current_ratings').orderBy('subject').select('*');
  const done = await tryOut(village);
  t.is(done.phase, 'done');
  t.is(done.done, 3);
  const cells = await cellsOf(read, done.no);
  t.is(total(cells), 3);
  const { rows } = await flipsOf(read, done.no, [placeNos.qinghe, placeNos.shuikou]);
  t.is(done.changed, 1);
  t.is(rows.length, 1);
  for (const flip of rows) { t.is(flip.subject, households.wu.no, 'only 吴 has a heavy burden'); t.is(flip.clause, 'indicator:debtBurden'); t.is(flip.points_after - flip.points_before, 500); }
  t.deepEqual(await read('current_ratings').orderBy('subject').select('*'), before);
  t.regex(done.hash ?? '', /^[0-9a-f]{64}$/);
});

test('households where all are sixty or older are counted apart before and after; whoever is away or gone does not count, and a year that is none leaves it unknown', async t => {
  const village = await openDraft(t, allBest);
  const { read, store } = village.office;
  const born = (who: keyof typeof households, birth_year: number): Promise<unknown> => store.write('members').where({ id: memberId(who) }).update({ birth_year });
  const joins = (at: number, given: object): Promise<unknown> => store.write('members').insert({ id: memberId('zhou', at), household: households.zhou.id, sort: at, name: '周小山', relation: 'son', sex: 'male', birth_year: 1995, numbers_sealed: null, id_match: null, id_missing: 'other', phone_match: null, away: 0, left_on: null, left_reason: null, ...given });
  await born('zhou', 1966);
  await joins(1, { away: 1 });
  await joins(2, { left_on: '2026-03-01', left_reason: 'moved' });
  await born('wu', 1967);
  await born('wang', 0);
  const counted = async () => (await cellsOf(read, (await tryOut(village)).no)).toSorted((a, b) => a.village - b.village || a.elderly - b.elderly).map(cell => [cell.village, cell.elderly, cell.n]);
  t.deepEqual(await counted(), [[placeNos.qinghe, 0, 1], [placeNos.qinghe, 1, 1], [placeNos.shuikou, -1, 1]], '周 is sixty this year, 吴 is not');
  await joins(3, { left_on: '2030-01-01' });
  t.deepEqual((await counted()).map(([, elderly]) => elderly), [0, 0, -1], 'a son at home');
  await born('wang', 1950);
  await store.write('members').where({ id: memberId('wang') }).update({ away: 1 });
  const done = await tryOut(village);
  const cells = await cellsOf(read, done.no);
  t.deepEqual(cells.filter(cell => cell.elderly < 0).map(cell => cell.village), [placeNos.shuikou], 'nobody lives at home');

  const draft = await keptStandard(read, village.draft);
  const round = await roundByNo(read, village.round.no);
  const [household, ofVillage, township] = [await keptStandard(read, round.household_standard), await keptStandard(read, round.village_standard), await keptStandard(read, round.township_standard)];
  const lines = async (who: Person, elderlyOnly: number) => presentOutlook(outlookOf({ household, village: ofVillage, township }, draft, {
    ...await seen(read, await village.actor(who), round, done.path), owed: [], changes: [], unfit: [],
    cells: [{ village: placeNos.qinghe, group: 30, type: -1, elderly: 1, before: 2, after: 0, n: elderlyOnly }, { village: placeNos.qinghe, group: 30, type: -1, elderly: 0, before: 0, after: 0, n: 20 }],
  })).elderly;
  const creditOf = (place: number): number => household.grades[place]?.credit === true ? 1 : 0;
  const figuresTo = async (who: Person, elderlyOnly: number) => (await lines(who, elderlyOnly)).map(({ label, isHidden, households, changed, creditWas, creditNow }) => [label, isHidden, ...[households, changed, creditWas, creditNow].map(({ words }) => words)]);
  t.deepEqual(await figuresTo('xian', 8), [['都满 60 岁', false, '10', '10', String(10 * creditOf(2)), '10'], ['不都满', false, '20', '0', '20', '20']], 'in steps of five');
  t.deepEqual((await lines('xian', 4)).map(line => line.isHidden), [true, false]);
  t.deepEqual(await figuresTo('gao', 4), [['都满 60 岁', false, '4', '4', String(4 * creditOf(2)), '4'], ['不都满', false, '20', '0', '20', '20']], 'who looks after them is told their number');
});

test('the standard in force tried on its own round changes nobody; twice the same gives the same hash of counts', async t => {
  const village = await openDraft(t, () => undefined);
  const { household_standard: own } = await roundByNo(village.office.read, village.round.no);
  const done = await tryOut({ ...village, draft: own });
  t.is(done.changed, 0);
  t.is(done.apart, 0);
  const again = await tryOut({ ...village, draft: own });
  t.not(again.id, done.id);
  t.is(again.hash, done.hash, 'no salt where nobody changes');
});

test('a bound that moves is told as the bound, and villages and townships are reckoned again', async t => {
  const village = await openDraft(t, allBest);
  const done = await tryOut(village);
  const { rows } = await flipsOf(village.office.read, done.no, [placeNos.qinghe, placeNos.shuikou]);
  t.true(rows.length > 0);
  for (const flip of rows) { t.is(flip.after, 0); t.is(flip.clause, 'grade:AAA'); }
  const titles = JSON.parse(done.titles) as TitleChange[];
  t.deepEqual(titles.map(title => title.place).sort((a, b) => a - b), [placeNos.anhe, placeNos.qinghe, placeNos.shuikou].sort((a, b) => a - b));
});

test('a standard of villages is tried on villages; no household changes', async t => {
  const village = await openDraft(t, () => undefined, 'village-share');
  const done = await tryOut(village);
  t.is(done.phase, 'done');
  t.is(done.changed, 0);
  t.is((JSON.parse(done.titles) as TitleChange[]).filter(title => title.kind === 'village').length, 2);
});

test('a village, a foreign township and the grid may not; nothing is left behind', async t => {
  const village = await openDraft(t, () => undefined);
  const traces = await village.traces();
  for (const who of ['mei', 'sun', 'ping', 'ling', 'wei'] as const) t.is((await t.throwsAsync<Refusal>(tryOut(village, { who })))?.code, 'not-allowed', who);
  t.is(await village.traces(), traces);
  t.is(Number((await village.office.read('simulations').count({ n: '*' }).first() as { n: number | string }).n), 0);
  const own = await tryOut(village, { who: 'lin', place: placeNos.qinghe });
  t.is(own.done, 2);
  t.is((await t.throwsAsync<Refusal>(drop(village.office, await village.actor('ping'), own)))?.code, 'not-allowed');
  t.is((await t.throwsAsync<Refusal>(seen(village.office.read, await village.actor('ping'), await roundByNo(village.office.read, own.round), own.path)))?.code, 'not-allowed');
});

test('the county sees counts, a township only its own villages and their households', async t => {
  const village = await openDraft(t, () => undefined);
  const { read } = village.office;
  const county = (await placeByNo(read, placeNos.county)).path;
  const round = await roundByNo(read, village.round.no);
  const [xian, gao, ping] = await Promise.all((['xian', 'gao', 'ping'] as const).map(async who => seen(read, await village.actor(who), round, county)));
  t.is(xian?.villages.length, 3);
  t.is(xian?.sees.size, 0, 'names are for those who look after them');
  t.deepEqual([...gao?.sees ?? []], [placeNos.qinghe, placeNos.shuikou]);
  t.deepEqual(ping?.villages.map(each => each.no), [placeNos.qingheOfPingshan]);
});

test('where nothing was rated there is nothing to try; a person standard and a foreign county are refused', async t => {
  const village = await openDraft(t, () => undefined);
  const { office, round } = village;
  const gao = await village.actor('gao');
  const asked = { round: round.no, place: placeId(placeNos.anhe), standard: village.draft, note: '' };
  const person = await importStandard(office, await village.actor('xian'), { county: placeNos.county, source: stringify({ ...parse(presetSource('household-100')) as object, key: 'person-own', subject: 'person' }) });
  t.is((await t.throwsAsync<Refusal>(openSimulation(office, gao, { ...asked, standard: person })))?.code, 'not-for-simulation');
  t.is((await t.throwsAsync<Refusal>(openSimulation(office, gao, { ...asked, standard: 'none' })))?.code, 'not-found');
  await office.store.write('cases').update({ revision: null });
  t.is((await t.throwsAsync<Refusal>(openSimulation(office, gao, asked)))?.code, 'nothing-to-simulate');
});

test('what was interrupted is counted anew by the clock, and a scenario is dropped with all it found', async t => {
  const village = await openDraft(t, allBest);
  const { office } = village;
  const gao = await village.actor('gao');
  const one = await openSimulation(office, gao, { round: village.round.no, place: placeId(placeNos.anhe), standard: village.draft, note: '' });
  await office.store.dialect.insertRows(office.store.write, 'simulation_flips', ['simulation', 'subject', 'village', 'before', 'after', 'points_before', 'points_after', 'clause', 'salt'], [{ simulation: one.no, subject: 7, village: 7, before: 0, after: 1, points_before: 0, points_after: 0, clause: 'whole:total', salt: 's' }]);
  await resumeSimulations(office);
  t.is((await simulationById(office.read, one.id)).phase, 'counting', 'it may still be at work');
  village.clock.set('2030-01-01T00:00:00.000Z');
  await resumeSimulations(office);
  const done = await simulationById(office.read, one.id);
  t.is(done.phase, 'done');
  t.is((await office.read('simulation_flips').where({ subject: 7 })).length, 0, 'the half that was there is gone');
  await drop(office, gao, done);
  for (const table of ['simulations', 'simulation_cells', 'simulation_flips']) t.is((await office.read(table)).length, 0, table);
});

test('whoever takes part no longer, or took the consent back, is not tried', async t => {
  const village = await openDraft(t, allBest);
  const { office, actor, round } = village;
  await excuse(office, await actor('sun'), { round: round.no, households: [households.zhou.id], reason: 'absent', words: '全家外出' });
  t.is((await tryOut(village)).done, 2);
  await walk(village, [households.wang.no], toApproval);   // What is decided stays decided when a consent is taken back.
  const consent: { id: string } | undefined = await office.read('consents').where({ member: memberId('wang'), kind: 'rate' }).first('id');
  await withdraw(office, await actor('tan'), { consent: consent?.id ?? '', reason: '不想参加' });
  const done = await tryOut(village);
  t.is(done.done, 1);
  t.deepEqual((await flipsOf(office.read, done.no, [placeNos.qinghe, placeNos.shuikou])).rows.map(flip => flip.subject), [households.wu.no]);
  village.clock.set('2026-11-24T02:00:00.000Z');
  await give(office, await actor('tan'), [{ member: memberId('wang'), kind: 'rate', givenOn: '2026-11-24', how: 'paper' }]);
  t.is((await tryOut(village)).done, 2, 'given again');
});

test('who is forgotten leaves the scenarios too', async t => {
  const village = await openDraft(t, allBest);
  await tryOut(village);
  const own = (): Promise<unknown[]> => village.office.read('simulation_flips').where({ subject: households.wu.no });
  t.is((await own()).length, 1);
  await forget(village.office, await village.actor('gao'), { household: households.wu.id });
  t.is((await own()).length, 0);
});

test('a slider counts what a kept scenario counts, and a turned draft is kept as the next version', async t => {
  const village = await openDraft(t, boundTo(50));
  const { office, round } = village;
  const done = await tryOut(village);
  const draft = await keptStandard(office.read, village.draft);
  const groundHere = async () => groundOf(office, await roundByNo(office.read, round.no), await placeByNo(office.read, placeNos.anhe), draft);
  const ground = await groundHere();
  t.is(await groundHere(), ground, 'kept for the next move');
  const slid = await slide(office, ground, draft, new Set([placeNos.qinghe]));
  t.deepEqual(slid.tally.cells, (await cellsOf(office.read, done.no)).toSorted((a, b) => a.village - b.village || a.group - b.group || a.type - b.type || a.before - b.before || a.after - b.after));
  t.deepEqual(slid.changes, JSON.parse(done.titles) as TitleChange[]);

  const xian = await village.actor('xian');
  const given = { standard: village.draft, knob: 'grade.0', value: 55 };
  t.is((await t.throwsAsync<Refusal>(keepDraft(office, await village.actor('gao'), given)))?.code, 'not-allowed');
  const id = await keepDraft(office, xian, given);
  const kept = await bodyAt(office.read, id, 1);
  t.is(kept?.['version'], 3);
  t.is(rows(kept, ['grades']).at(-1)?.['atLeast'], 55);
  t.regex((await draftById(office.read, id)).origin, /改成 55/);
  t.is((await t.throwsAsync<Refusal>(keepDraft(office, xian, { ...given, value: 50 })))?.code, 'nothing-turned');
});

test('the hash of a scenario goes into the minutes of the adoption, whole or not at all', async t => {
  const village = await openDraft(t, () => undefined);
  const done = await tryOut(village);
  const xian = await village.actor('xian');
  const given = { hash: village.draft, county: placeNos.county, day: '2026-12-01', filing_no: '样信〔2026〕2号' };
  t.is((await t.throwsAsync<Refusal>(adopt(village.office, xian, { ...given, simulation: '0123abc' })))?.code, 'faults');
  await adopt(village.office, xian, { ...given, simulation: ` ${done.hash ?? ''} ` });
  t.is((await standardEvents(village.office.read, village.draft)).at(-1)?.simulation, done.hash);
});

test('villages are tried with the items they set themselves; an item that the standard tried leaves no room for is told and counts no more', async t => {
  const village = await openCollecting(t);
  const { office, round } = village;
  const sun = await village.actor('sun');
  const own = itemOf({ way: 'publicSpirit+', label: '参加村里清沟', points: '2', perYear: undefined, lifeMonths: 12, proof: '有照片', legalBasis: undefined });
  await settleItems(office, sun, { round: round.no, village: placeNos.qinghe, seen: 0, items: withItem([], own) });
  await collect(village, 'zhou');
  await recordSheet(office, sun, { id: newId(), round: round.no, household: households.zhou.id, base_seq: 2, source: 'village', events: [{ id: newId(), indicator: 'publicSpirit', option: own.item.key, day: '2026-11-10', note: '清沟' }] });
  await rateRound(office, await village.actor('gao'), { round: round.no });
  const { points = 0 } = await ratingInForce(office.read, round.no, households.zhou.no) ?? {};
  const standard = parse(presetSource('household-100')) as Standard;
  const [first, ...rest] = standard.grades;
  // The best grade begins at what 周 has with the village's own item.
  const draftOf = async (version: number, change: (each: Standard['indicators'][number]) => Standard['indicators'][number]): Promise<string> =>
    importStandard(office, await village.actor('xian'), { county: placeNos.county, source: stringify(JSON.parse(JSON.stringify({ ...standard, version, indicators: standard.indicators.map(change), grades: [{ ...first, atLeast: points / 100 }, { ...rest[0], below: points / 100 }, ...rest.slice(1)], examples: standard.examples.filter(each => each.grade === 'none') })), { lineWidth: 0 }) });
  const shut = (each: Standard['indicators'][number]): Standard['indicators'][number] => { if (each.key !== 'publicSpirit' || each.scoring?.kind !== 'events') return each; const { local: _, ...scoring } = each.scoring; return { ...each, scoring }; };
  const [open, closed] = [await draftOf(2, each => each), await draftOf(3, shut)];
  const gradeAfter = async (draft: string): Promise<number | undefined> => (await cellsOf(office.read, (await tryOut({ ...village, draft })).no)).find(cell => cell.village === placeNos.qinghe)?.after;
  t.is(await gradeAfter(open), 0);
  t.is(await gradeAfter(closed), 1);
  const same = await tryOut({ ...village, draft: (await roundByNo(office.read, round.no)).household_standard });
  t.deepEqual([same.changed, same.apart], [0, 0], 'the side in force is what the household was rated by');
  const qinghe = await placeByNo(office.read, placeNos.qinghe);
  const unfit = async (draft: string) => unfitItems(office.read, round, await keptStandard(office.read, draft), [qinghe]);
  t.deepEqual(await unfit(open), []);
  t.deepEqual((await unfit(closed)).map(({ name, label }) => [name, label]), [['清河村', own.item.label]]);
  const slid = async (draft: string) => {
    const tried = await keptStandard(office.read, draft);
    const whole = await groundOf(office, await roundByNo(office.read, round.no), await placeByNo(office.read, placeNos.anhe), tried);
    return (await slide(office, whole, tried, new Set([placeNos.qinghe]))).flips.map(flip => [flip.subject, flip.points_before, flip.points_after]);
  };
  t.deepEqual([await slid(open), await slid(closed)], [[[households.zhou.no, points, points]], []], 'a slider tells the same');
});
