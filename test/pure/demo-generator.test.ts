import test from 'ava';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { rareCharacters } from '../../seeds/demo/names.ts';
import { household100 } from '../../seeds/demo/facts.ts';
import type { DemoHousehold } from '../../seeds/demo/township.ts';
import { generateTownship } from '../../seeds/demo/township.ts';
import { readIdCard } from '../../src/kit/id-card.ts';
import { readPhone } from '../../src/kit/phone.ts';
import { evaluate } from '../../src/ratings/evaluate.ts';
import { compile } from '../../src/standards/compile.ts';
import { factsOf } from '../../src/standards/facts.ts';
import { readStandard } from '../../src/standards/read.ts';
import { isDay } from '../../src/kit/time.ts';

const register = readFileSync(new URL('../../seeds/places/huaian.csv', import.meta.url), 'utf8').trim().split('\n').slice(1).map(line => line.split(','));
const villages = register.filter(([code = '', , level]) => code.startsWith('320830101') && level === 'village').map(([code = '', name = '']) => ({ code, name }));
const township = generateTownship('maba', villages);
const { households } = township;
const members = households.flatMap(household => household.members);
const shareOf = (claim: (household: DemoHousehold) => boolean) => households.filter(claim).length / households.length;

test('the same seed makes the same township, another seed another', t => {
  t.deepEqual(generateTownship('maba', villages), township);
  t.notDeepEqual(generateTownship('other', villages.slice(0, 1)).households, households.filter(household => household.villageCode === villages[0]?.code));
});

test('Maba: 22 villages, about 4,000 households, groups and grids that cover each other', t => {
  t.is(villages.length, 22);
  t.true(households.length > 3_500 && households.length < 4_900, String(households.length));
  for (const village of township.villages) {
    const own = households.filter(household => household.villageCode === village.code);
    t.true(own.length >= 120 && own.length <= 260);
    t.is(new Set(own.map(household => household.householdNo)).size, own.length);
    t.deepEqual(village.grids.flatMap(grid => grid.groups), Array.from({ length: village.groups }, (_, at) => at + 1));
    t.true(own.every(household => village.grids.some(grid => grid.name === household.grid && grid.groups.includes(household.group))));
  }
});

test('no number could be a living person’s, and none stands twice', t => {
  const numbers = members.flatMap(member => member.idNumber ?? []);
  for (const number of numbers) {
    const read = readIdCard(number, '2026-11-23');
    t.true('card' in read && !read.card.areaKnown, number);
  }
  t.is(new Set(numbers).size, numbers.length);
  const phones = members.flatMap(member => member.phone ?? []);
  t.true(phones.every(phone => phone.startsWith('160') && 'phone' in readPhone(phone)));
  t.is(new Set(phones).size, phones.length);
});

test('families hang together', t => {
  for (const household of households) {
    const [head, ...others] = household.members;
    t.is(head?.relation, 'head');
    t.false(others.some(member => member.relation === 'head'));
    const parentless = others.filter(member => ['son', 'daughter'].includes(member.relation));
    t.true(parentless.every(child => child.birthYear - (head?.birthYear ?? 0) >= 18), household.address);
    t.true(others.filter(member => ['father', 'mother'].includes(member.relation)).every(parent => parent.birthYear < (head?.birthYear ?? 0) - 17));
  }
  for (const member of members) {
    t.true(member.birthYear <= 2026 && member.birthYear > 1930);
    t.is(member.idNumber === undefined, member.noIdReason !== undefined);
    if (member.birthYear > 2012) t.true(member.idNumber === undefined && member.phone === undefined);
    if (member.idNumber !== undefined) t.is(member.idNumber.slice(6, 10), String(member.birthYear));
  }
});

test('same names and rare characters occur, as in life', t => {
  const heads = new Map<string, number>();
  for (const household of households) heads.set(household.members[0]?.name ?? '', (heads.get(household.members[0]?.name ?? '') ?? 0) + 1);
  t.true([...heads.values()].filter(count => count > 1).length > 100);
  const rareHeads = [...heads.keys()].filter(name => rareCharacters.some(character => name.includes(character)));
  t.true(rareHeads.length >= 15, String(rareHeads.length));
  t.true(rareHeads.some(name => /[\u{20000}-\u{3ffff}]/u.test(name)));
  t.true(members.every(member => Array.from(member.name).length >= 2 && member.name.isWellFormed()));
});

test('facts use exactly the keys and options of the starter template', t => {
  interface Indicator { key: string; type: string; options?: { key: string }[]; scoring?: { items?: { key: string }[] } }
  const standard = parse(readFileSync(new URL('../../seeds/standards/household-100.yaml', import.meta.url), 'utf8')) as { indicators: Indicator[] };
  const asked = standard.indicators.filter(indicator => !['events', 'derived'].includes(indicator.type));
  t.deepEqual(Object.keys(households[0]?.thisYear.facts ?? {}).sort(), asked.map(indicator => indicator.key).sort());
  for (const indicator of asked) {
    for (const [option] of household100.choices[indicator.key]?.options ?? []) if (typeof option === 'string') t.true(indicator.options?.some(known => known.key === option), `${indicator.key} ${option}`);
  }
  for (const event of household100.events) t.true(standard.indicators.find(indicator => indicator.key === event.indicator)?.scoring?.items?.some(item => item.key === event.item), event.item);
});

test('facts are possible, and most stay from one year to the next', t => {
  for (const { lastYear, thisYear } of households) {
    for (const [year, { facts, events }] of [[2025, lastYear], [2026, thisYear]] as const) {
      t.true(Number(facts['labourCount']) <= Number(facts['memberCount']) && Number(facts['memberCount']) >= 1);
      t.true(Number(facts['tradeSince']) <= year);
      t.true(events.every(event => isDay(event.on) && event.on >= `${year - 1}-11-01` && event.on <= `${year}-10-31`));
    }
  }
  for (const key of Object.keys(household100.choices)) {
    const same = shareOf(({ lastYear, thisYear }) => JSON.stringify(lastYear.facts[key]) === JSON.stringify(thisYear.facts[key]));
    t.true(same > 0.7 && same < 1, `${key} ${same}`);
  }
});

test('most take part and agree; a handful meet a veto', t => {
  t.true(shareOf(household => household.participation === 'takes-part') > 0.9);
  t.true(shareOf(household => household.consents.publish) > 0.75);
  t.true(households.every(({ participation, consents }) => participation === 'takes-part' || (!consents.rate && !consents.publish && !consents.share)));
  const vetoed = households.filter(({ thisYear: { facts } }) => facts['judgmentDefaulter'] === true || facts['falseData'] === true).length;
  t.true(vetoed >= 2 && vetoed <= 20, String(vetoed));
});

test('the bank’s totals are those of the households', t => {
  for (const village of township.villages) {
    const { borrowingHouseholds, noArrearsHouseholds, loanBalance, nplBalance } = village.bank.thisYear;
    const own = households.filter(household => household.villageCode === village.code);
    t.is(borrowingHouseholds, own.filter(household => typeof household.thisYear.facts['loanPerformance'] === 'string').length);
    t.true(noArrearsHouseholds <= borrowingHouseholds && nplBalance <= loanBalance);
  }
});

test('rated by the starter template, most are A and AA, some AAA and B, few are below', t => {
  const read = readStandard(readFileSync(new URL('../../seeds/standards/household-100.yaml', import.meta.url), 'utf8'));
  if (!('standard' in read)) { t.fail('the template is faulty'); return; }
  const compiled = compile(read.standard);
  for (const year of ['lastYear', 'thisYear'] as const) {
    const grades = new Map<string, number>();
    for (const household of households) {
      const rated = evaluate(compiled, factsOf(read.standard, household[year].facts, household[year].events), { day: year === 'lastYear' ? '2025-11-20' : '2026-11-20' });
      const grade = rated.vetoes.length > 0 ? 'veto' : rated.grade?.code ?? 'below';
      grades.set(grade, (grades.get(grade) ?? 0) + 1);
      t.true(rated.isComplete);
    }
    const share = (grade: string) => (grades.get(grade) ?? 0) / households.length;
    const told = JSON.stringify([...grades]);
    t.true(share('AA') > 0.3 && share('A') > 0.25 && share('AAA') > 0.05 && share('AAA') < 0.2 && share('B') > 0.05 && share('B') < 0.2, told);
    t.true(share('below') > 0.005 && share('below') < 0.04 && share('veto') > 0 && share('veto') < 0.006, told);
  }
});
