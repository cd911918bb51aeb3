import { basename } from 'node:path';
import test from 'ava';
import { faultsOf, lineAt, matches, sources, withoutComments, withoutWords, type Fault, type Source } from '../support/tree.ts';

// A0: no write outside a unit, no trace without leave, no commit without trace. The unit asserts it while it runs; these read the code.

const floors = ['kit', 'access', 'store', 'web', 'tablet'];
const inAreas = (): readonly Source[] => sources('src/*/**/*.ts').filter(({ path }) => !floors.includes(path.split('/')[1] ?? ''));
const outsideStore = (): readonly Source[] => sources('src/**/*.ts').filter(({ path }) => !path.startsWith('src/store/'));

test('nothing is written to the database outside the store', t => {
  t.deepEqual(faultsOf(outsideStore(), rawWrites), []);
});

test('doors are thin: pages, interfaces and queries open no unit', t => {
  t.deepEqual(faultsOf(sources('src/**/*.ts').filter(({ path }) => /(^|-)pages\.ts$|^(api|area|queries)\.ts$|-queries\.ts$/.test(basename(path)) || path.startsWith('src/web/')), openedUnits), []);
});

test('an act asks leave and leaves a trace', t => {
  t.deepEqual(faultsOf(inAreas(), carelessActs), []);
});

test('rows are staged by acts and by functions that are handed the unit', t => {
  t.deepEqual(faultsOf(inAreas(), strayStaging), []);
});

test('the laws bite', t => {
  const of = (text: string): Source => ({ path: 'src/x/x.ts', text });
  t.is(rawWrites(of('await read(\'places\').insert({ no });')).length, 1);
  t.is(rawWrites(of('await trx(\'places\').where({ no }).update({ name });\nawait read(\'x\').del();\nawait read.raw(\'delete from places\');')).length, 3);
  t.is(rawWrites(of('unit.insert(\'places\', { no });\ncreateHash(\'sha256\').update(text);\nseen.delete(key);\n// insert into places')).length, 0);
  t.is(openedUnits(of('return inUnit(office, actor, [], async unit => {});')).length, 1);
  t.is(carelessActs(of('inUnit(office, actor, [], async unit => { unit.record(note); });')).length, 1);
  t.is(carelessActs(of('inUnit(office, actor, [], async unit => { unit.require(power, subject); });')).length, 1);
  t.is(carelessActs(of('inUnit(office, actor, [], async unit => { unit.require(power, subject); unit.record(note); });')).length, 0);
  t.is(strayStaging(of('export function f(u: Other) { unit.insert(\'x\', row); }')).length, 1);
  t.is(strayStaging(of('export function f(unit: Unit) { unit.insert(\'x\', row); }')).length, 0);
});

function rawWrites(source: Source): readonly Fault[] {
  const code = withoutWords(source.text);
  return [
    // `unit.insert` only stages; everything else that inserts is a query builder.
    ...matches(code, /(?<!\bunit)\s*\.(insert|del|truncate|onConflict|batchInsert)\(/g, found => `${found[1]}() outside the store`),
    ...matches(code, /\.update\(\s*\{/g, () => 'update() outside the store'),
    ...matches(withoutComments(source.text), /\b(insert into|replace into|delete from|drop table|alter table|update \w+ set)\b/gi, found => `writes by SQL: ${found[0]}`),
  ];
}

const openedUnits = (source: Source): readonly Fault[] => matches(withoutWords(source.text), /\binUnit\(/g, () => 'a door opens a unit: call an act');

function carelessActs(source: Source): readonly Fault[] {
  const code = withoutWords(source.text);
  const opened = code.search(/\binUnit(<[^(]*>)?\(/);
  if (opened < 0) return [];
  const line = lineAt(code, opened);
  // A unit-level function that is handed the unit may ask or record for the act.
  const hands = /\b\w+\(\s*unit\b/.test(code);
  const faults: Fault[] = [];
  if (!/\.require\(/.test(code) && !hands) faults.push({ line, what: 'an act without leave' });
  if (!/\.record\(/.test(code) && !hands) faults.push({ line, what: 'an act without trace' });
  return faults;
}

function strayStaging(source: Source): readonly Fault[] {
  const code = withoutWords(source.text);
  if (/\binUnit(<[^(]*>)?\(/.test(code) || /\bunit: Unit\b/.test(code)) return [];
  return matches(code, /\bunit\s*\.(insert|put|change|remove|record)\(/g, found => `stages with unit.${found[1]} but was handed no unit`);
}
