import test from 'ava';
import { atConsole } from '../../src/access/actor.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { dayNumber } from '../../src/kit/time.ts';
import { eventFaults, happeningOf } from '../../src/observations/checks.ts';
import { keptEvent } from '../../src/observations/codes.ts';
import { emptyBody } from '../../src/observations/observation.ts';
import { writtenEvent } from '../../src/observations/wanted.ts';
import { factsUpTo } from '../../src/ratings/recheck.ts';
import { adopt } from '../../src/standards/adopt.ts';
import { basesOf, differingBases, keepBase } from '../../src/standards/base.ts';
import { eventFact, keptState, engineState, loadCoding, putFact } from '../../src/standards/dictionary.ts';
import { examine } from '../../src/standards/examine.ts';
import { blankFacts } from '../../src/standards/facts.ts';
import { importStandard } from '../../src/standards/import.ts';
import { loadStandard } from '../../src/standards/load.ts';
import { presets, presetSource } from '../../src/standards/presets.ts';
import { adoptedStandards, standardEvents, useOf } from '../../src/standards/queries.ts';
import { retire } from '../../src/standards/retire.ts';
import { states } from '../../src/standards/standard.ts';
import { adoptPresets } from '../support/standards.ts';
import { openVillage, placeNos } from '../support/village.ts';

const county = placeNos.county;
const day = '2026-11-23';
const source = presetSource('household-100');
const filing = { county, day, filing_no: '样政发〔2026〕1号' };

test('every preset is whole, lawful, and its examples come out', t => {
  t.true(presets().length >= 6);
  for (const preset of presets()) {
    const examined = examine(presetSource(preset.name));
    if ('faults' in examined) { t.fail(`${preset.name}: ${examined.faults[0]?.say ?? ''}`); continue; }
    t.deepEqual([examined.objections, examined.topics, examined.mismatches], [[], [], []], preset.name);
    t.true(examined.standard.examples.length > 0, preset.name);
  }
});

test('Xian takes a standard in; the same text again is nothing new', async t => {
  const { office, actor, traces } = await openVillage(t);
  const xian = await actor('xian');
  const hash = await importStandard(office, xian, { county, source });
  t.is(await traces(), 1);
  t.is(await importStandard(office, xian, { county, source: `# another comment\n${source}` }), hash);
  t.is(await traces(), 1);
  t.is((await loadStandard(office.read, hash)).standard.key, 'household-100');
});

test('a changed text needs a new version', async t => {
  const { office, actor } = await openVillage(t);
  const xian = await actor('xian');
  await importStandard(office, xian, { county, source });
  const refusal = await t.throwsAsync<Refusal>(importStandard(office, xian, { county, source: source.replace('title: 信用户评定标准', 'title: 改过的标准') }));
  t.is(refusal?.code, 'standard-version-taken');
  t.regex(await importStandard(office, xian, { county, source: source.replace('version: 1', 'version: 2') }), /^[0-9a-f]{64}$/);
});

test('who has no such post takes nothing in, and nothing is left behind', async t => {
  const { office, actor, traces } = await openVillage(t);
  for (const who of ['mei', 'gao', 'guan'] as const) {
    t.is((await t.throwsAsync<Refusal>(importStandard(office, await actor(who), { county, source })))?.code, 'not-allowed');
  }
  t.is(await traces(), 0);
  t.is((await office.read('standards').select('hash')).length, 0);
});

test('a faulty file is refused with the number of its faults, each with line and remedy', async t => {
  const { office, actor, traces } = await openVillage(t);
  const faulty = source.replace('type: choice\n    block: 银行和部门给的数\n    source: bank', 'type: chioce\n    block: 银行和部门给的数\n    source: bnak');
  const refusal = await t.throwsAsync<Refusal>(importStandard(office, await actor('xian'), { county, source: faulty }));
  t.is(refusal?.code, 'standard-faulty');
  const examined = examine(faulty);
  if (!('faults' in examined)) { t.fail('it has faults'); return; }
  for (const word of ['chioce', 'bnak']) {
    const found = examined.faults.find(each => each.say.includes(word));
    t.is(found?.line, faulty.split('\n').findIndex(line => line.includes(word)) + 1);
    t.true((found?.remedy ?? '') !== '');
  }
  t.is(await traces(), 0);
});

test('a standard of another place does not fit this county', async t => {
  const { office, actor } = await openVillage(t);
  const refusal = await t.throwsAsync<Refusal>(importStandard(office, await actor('xian'), { county, source: source.replace("code: '3208', name: 淮安市", "code: '320830', name: 盱眙县") }));
  t.is(refusal?.code, 'standard-elsewhere');
});

test('a wrong example can be taken in to be looked at, and cannot be adopted', async t => {
  const { office, actor } = await openVillage(t);
  const xian = await actor('xian');
  const hash = await importStandard(office, xian, { county, source: source.replace('total: 89', 'total: 88') });
  t.is((await t.throwsAsync<Refusal>(adopt(office, xian, { hash, ...filing })))?.code, 'standard-examples-wrong');
  t.is((await standardEvents(office.read, hash)).length, 0);
});

test('what the law objects to cannot be adopted; a topic needs its basis in writing', async t => {
  const { office, actor } = await openVillage(t);
  const xian = await actor('xian');
  const unlawful = await importStandard(office, xian, { county, source: source.replace('perMonth: 4, lifeMonths: 12, legalBasis: [waste-49]', 'perMonth: 4, lifeMonths: 12') });
  t.is((await t.throwsAsync<Refusal>(adopt(office, xian, { hash: unlawful, ...filing })))?.code, 'standard-unlawful');
  const touchy = await importStandard(office, xian, { county, source: source.replace('version: 1', 'version: 2').replace('title: 替人担保', 'title: 有没有信访') });
  t.is((await t.throwsAsync<Refusal>(adopt(office, xian, { hash: touchy, ...filing })))?.code, 'faults');
  await adopt(office, xian, { hash: touchy, ...filing, basis: '县政府书面批复〔2026〕9号' });
  t.is((await standardEvents(office.read, touchy))[0]?.basis, '县政府书面批复〔2026〕9号');
});

test('adopted from a day on; adopting again is nothing new; retired afterwards', async t => {
  const { office, actor, traces } = await openVillage(t);
  const xian = await actor('xian');
  const hash = await importStandard(office, xian, { county, source });
  t.is((await t.throwsAsync<Refusal>(retire(office, xian, { hash, county, day, note: '试试' })))?.code, 'standard-not-in-use');
  await adopt(office, xian, { hash, ...filing, day: '2027-01-01' });
  const events = await standardEvents(office.read, hash);
  t.is(useOf(events, { standard: hash, county, day }), 'coming');
  t.is(useOf(events, { standard: hash, county, day: '2027-01-01' }), 'adopted');
  t.is(useOf(events, { standard: hash, county: 999, day: '2027-01-01' }), 'kept');
  const before = await traces();
  await adopt(office, xian, { hash, ...filing });
  t.is(await traces(), before);
  t.is((await t.throwsAsync<Refusal>(adopt(office, await actor('zhang'), { hash, ...filing })))?.code, 'not-allowed');
  t.is((await t.throwsAsync<Refusal>(retire(office, await actor('zhang'), { hash, county, day, note: '不用了' })))?.code, 'not-allowed');
  await retire(office, xian, { hash, county, day, note: '换成新一版' });
  await retire(office, xian, { hash, county, day, note: '换成新一版' });
  t.is((await standardEvents(office.read, hash)).length, 2);
  t.deepEqual(await adoptedStandards(office.read, { county, day: '2027-01-01', kind: 'household' }), []);
});

test('adoption gives small numbers once, and every fact finds its way there and back', async t => {
  const { office, actor } = await openVillage(t);
  const { household } = await adoptPresets(office);
  const { compiled, coding } = await loadCoding(office.read, household);
  const { standard } = compiled;
  t.is(new Set(coding.numbers).size, standard.indicators.length);
  standard.indicators.forEach((indicator, slot) => {
    t.is(coding.slots.get(coding.numbers[slot] ?? -1), slot);
    for (const at of (indicator.options ?? []).keys()) t.is(coding.engineValue(slot, coding.keptValue(slot, at)), at, indicator.key);
  });
  const second = await importStandard(office, await actor('xian'), { county, source: source.replace('version: 1', 'version: 2').replace('- { key: normal, label: 正常, points: 20 }', '- { key: early, label: 提前还清, points: 20 }\n      - { key: normal, label: 正常, points: 20 }') });
  await adopt(office, atConsole, { hash: second, ...filing });
  const { coding: next } = await loadCoding(office.read, second);
  const slot = coding.standard.indicators.findIndex(indicator => indicator.key === 'loanPerformance');
  t.is(next.numbers[slot], coding.numbers[slot]);
  t.is(next.engineValue(slot, coding.keptValue(slot, 0)), 1, 'last year’s 正常 is still 正常, though it now stands second');
  t.is(coding.engineValue(slot, next.keptValue(slot, 0)), undefined, 'an option that a standard does not know');
});

test('kept rows become the facts of the engine; what is unknown counts as not asked', async t => {
  const { office } = await openVillage(t);
  const { coding } = await loadCoding(office.read, (await adoptPresets(office)).household);
  const slotOf = (key: string): number => coding.standard.indicators.findIndex(indicator => indicator.key === key);
  const facts = blankFacts(coding.standard);
  const loan = slotOf('loanPerformance');
  const people = slotOf('memberCount');
  putFact(coding, facts, { indicator: coding.numbers[loan] ?? -1, value: coding.keptValue(loan, 2), state: 0 });
  putFact(coding, facts, { indicator: coding.numbers[people] ?? -1, value: null, state: 1 });
  putFact(coding, facts, { indicator: 9_999, value: 1, state: 0 });
  t.is(facts.values[loan], 2);
  t.is(facts.states[people], states.dontKnow);
  const conduct = slotOf('conduct');
  t.deepEqual(eventFact(coding, { indicator: coding.numbers[conduct] ?? -1, option: coding.optionOf(conduct, 2), day: '2024-10-04', amount: null, shared: 0, cured: null, counts_from: null, counts_until: null }), { slot: conduct, item: 2, day: 20_000, amount: 100 });
  t.is(eventFact(coding, { indicator: coding.numbers[conduct] ?? -1, option: 999, day: '2024-10-04', amount: null, shared: 0, cured: null, counts_from: null, counts_until: null }), undefined);
  for (const state of Object.values(states)) t.is(keptState(state) === undefined ? states.notAsked : engineState(keptState(state) ?? 0), state);
});

test('an event keeps its level on the way to the table and back', async t => {
  const { office } = await openVillage(t);
  const hash = await importStandard(office, atConsole, { county, source: presetSource('wendeng-person') });
  await adopt(office, atConsole, { hash, ...filing });
  const { coding } = await loadCoding(office.read, hash);
  const slot = coding.standard.indicators.findIndex(indicator => indicator.key === 'honours');
  const award = { id: newId(), indicator: 'honours', option: 'award.county', day: '2026-10-01', note: '县里表彰', shared: true, cured: { on: '2026-10-20', note: '' } };
  const row = keptEvent(coding, award);
  t.deepEqual(eventFact(coding, { indicator: Number(row['indicator']), option: Number(row['option']), day: '2024-10-04', amount: null, shared: Number(row['shared']), cured: String(row['cured']), counts_from: null, counts_until: null }), { slot, item: 0, day: 20_000, amount: 100, level: 3, cured: dayNumber('2026-10-20'), shared: true });
  t.deepEqual(writtenEvent(award), { indicator: 'honours', item: 'award', level: 'county', on: '2026-10-01', shared: true, curedOn: '2026-10-20' });
  const sheet = { ...emptyBody, seq: 1, base: 0, by: '', source: 'village', at: '', events: [award, { ...award, id: newId(), option: 'award' }] };
  t.deepEqual(factsUpTo(coding.standard, [sheet], { sheet: 1, former: null }).events, [{ slot, item: 0, day: dayNumber('2026-10-01'), amount: 100, level: 3, cured: dayNumber('2026-10-20'), shared: true }], 'what verify and the explanation work from');
  t.is(happeningOf(coding.standard, award)?.label, '表彰（区）');
  t.deepEqual(eventFaults(coding.standard, { id: award.id, indicator: 'honours', option: 'award.county', day: '2026-10-01', note: '' }, '2026-11-01').map(fault => fault.field), ['named'], 'whom an award names must be said');
  t.deepEqual(eventFaults(coding.standard, { ...award, option: 'award' }, '2026-11-01').map(fault => fault.code), ['unknown'], 'an award without its level is none');
  t.deepEqual(eventFaults(coding.standard, { ...award, indicator: 'deeds', option: 'gift', shared: undefined }, '2026-11-01').map(fault => fault.say), ['请填多少元。']);
});

test('a county base is written down, corrected, and compared with what a standard says', async t => {
  const { office, actor, traces } = await openVillage(t);
  const xian = await actor('xian');
  const base = { county, year: 2026, name: '农村居民人均可支配收入', value: 2_600_000, unit: '元' };
  await keepBase(office, xian, base);
  await keepBase(office, xian, base);
  t.is(await traces(), 1);
  await keepBase(office, xian, { ...base, value: 2_650_000 });
  t.deepEqual((await basesOf(office.read, [county])).map(each => each.value), [2_650_000]);
  t.is((await t.throwsAsync<Refusal>(keepBase(office, await actor('gao'), base)))?.code, 'not-allowed');
  const examined = examine(source);
  if ('faults' in examined) { t.fail('whole'); return; }
  const own = { ...examined.standard, localBases: [{ key: 'income', title: base.name, unit: '元', type: 'money' as const, value: 26_000 }] };
  t.is(differingBases(own, await basesOf(office.read, [county])).length, 1);
  t.is(differingBases({ ...own, year: 2025 }, await basesOf(office.read, [county])).length, 0);
});
