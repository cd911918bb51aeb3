import test from 'ava';
import { atConsole } from '../../src/access/actor.ts';
import { Refusal } from '../../src/kit/refusal.ts';
import { openOffice, type Office } from '../../src/office.ts';
import { emptyHead, breakIn, type Entry } from '../../src/store/chain.ts';
import { sha256, digestOf } from '../../src/store/trace.ts';
import { inUnit } from '../../src/store/unit.ts';
import { openVillage } from '../support/village.ts';
import { placeSubject, placeByNo } from '../../src/places/queries.ts';
import { placeNos } from '../support/village.ts';

const bank = (id: string, name: string) => ({ id, name, short: name, at: '2026-11-23T01:00:00.000Z', by: 'console' });

test('an act without leave leaves nothing, not even a try', async t => {
  const { office, actor, traces } = await openVillage(t);
  const qinghe = placeSubject(await placeByNo(office.read, placeNos.qinghe));
  const refusal = await t.throwsAsync<Refusal>(inUnit(office, await actor('mei'), ['x'], async unit => {
    unit.require('place.keep', qinghe);
    unit.put('banks', bank('b', 'B'));
    unit.record({ act: 'bank.added', power: 'place.keep', subject: qinghe });
  }));
  t.is(refusal?.code, 'not-allowed');
  t.is(await traces(), 0);
});

test('a unit that recorded nothing is a bug and is dropped', async t => {
  const { office, traces } = await openVillage(t);
  await t.throwsAsync(inUnit(office, atConsole, ['x'], async unit => { unit.put('banks', bank('b2', 'B2')); }), { message: /leaves a trace/ });
  t.is(await traces(), 0);
  t.is((await office.read('banks').select('id')).length, 1);
});

test('record insists on the very leave that was asked for', async t => {
  const { office } = await openVillage(t);
  const qinghe = placeSubject(await placeByNo(office.read, placeNos.qinghe));
  await t.throwsAsync(inUnit(office, atConsole, ['x'], async unit => {
    unit.require('place.read', qinghe);
    unit.record({ act: 'x', power: 'place.keep', subject: qinghe });
  }), { message: /leave was asked/ });
});

test('many units at once share commits, keep one chain each, and none is lost', async t => {
  const { office } = await openVillage(t);
  const subjects = await Promise.all([placeNos.qinghe, placeNos.shuikou, placeNos.qingheOfPingshan].map(no => placeByNo(office.read, no).then(placeSubject)));
  await Promise.all(Array.from({ length: 300 }, (_, at) => inUnit(office, atConsole, [`key:${at % 7}`], async unit => {
    const subject = subjects[at % 3] ?? subjects[0];
    if (subject === undefined) throw new Error('no subject');
    unit.require('place.keep', subject);
    unit.insert('place_events', { id: `event-${at}`, place_no: placeNos.qinghe, kind: 'renamed', day: unit.day, was: '', now: String(at), reason: 'test', at: unit.at, by: 'console' });
    unit.record({ act: 'place.renamed', power: 'place.keep', subject });
  })));
  const entries: Entry[] = await office.read('ledger').select('*').orderBy('chain').orderBy('seq');
  t.is(entries.length, 300);
  for (const chain of new Set(entries.map(entry => entry.chain))) {
    t.is(breakIn(emptyHead(chain), entries.filter(entry => entry.chain === chain), sha256), undefined);
  }
  t.deepEqual([...new Set(entries.map(entry => entry.chain))].sort(), ['t10', 't11']);
});

test('a writer that another one overtook reads the heads again: one chain, nothing lost', async t => {
  const { office, clock } = await openVillage(t);
  const other = openOffice(office.config, clock);
  t.teardown(() => other.close());
  const subject = placeSubject(await placeByNo(office.read, placeNos.qinghe));
  const rename = (by: Office, at: number) => inUnit(by, atConsole, ['x'], async unit => {
    unit.require('place.keep', subject);
    unit.insert('place_events', { id: `event-${at}`, place_no: placeNos.qinghe, kind: 'renamed', day: unit.day, was: '', now: String(at), reason: 'test', at: unit.at, by: 'console' });
    unit.record({ act: 'place.renamed', power: 'place.keep', subject });
  });
  for (let at = 0; at < 9; at += 3) { await rename(office, at); await rename(other, at + 1); await rename(other, at + 2); }
  const entries: Entry[] = await office.read('ledger').select('*').orderBy('seq');
  t.deepEqual(entries.map(entry => Number(entry.seq)), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  t.is(breakIn(emptyHead('t10'), entries.map(entry => ({ ...entry, seq: Number(entry.seq) })), sha256), undefined);
  t.is((await office.read('place_events').select('id')).length, 9);
});

test('one bad unit never fails its neighbours in the same commit', async t => {
  const { office } = await openVillage(t);
  const qinghe = placeSubject(await placeByNo(office.read, placeNos.qinghe));
  const add = (id: string, name: string): Promise<void> => inUnit(office, atConsole, [id], async unit => {
    unit.require('place.keep', qinghe);
    unit.insert('banks', bank(id, name));
    unit.record({ act: 'bank.added', power: 'place.keep', subject: qinghe });
  });
  const outcomes = await Promise.allSettled([add('n1', '甲'), add('n2', '样板农村商业银行'), add('n3', '丙')]);
  t.deepEqual(outcomes.map(outcome => outcome.status), ['fulfilled', 'rejected', 'fulfilled']);
  t.is((outcomes[1] as PromiseRejectedResult).reason.code, 'taken');
  t.is((await office.read('banks').select('id')).length, 3);
});

test('acts on one subject wait for each other: no lost update', async t => {
  const { office } = await openVillage(t);
  const qinghe = placeSubject(await placeByNo(office.read, placeNos.qinghe));
  await Promise.all(Array.from({ length: 40 }, () => inUnit(office, atConsole, ['place:20'], async unit => {
    unit.require('place.keep', qinghe);
    const row: { sort: number } | undefined = await unit.read('places').where({ no: placeNos.qinghe }).first('sort');
    unit.change('places', { no: placeNos.qinghe, sort: (row?.sort ?? 0) + 1 });
    unit.record({ act: 'place.moved', power: 'place.keep', subject: qinghe });
  })));
  t.is((await placeByNo(office.read, placeNos.qinghe)).sort, placeNos.qinghe + 40);
});

test('a refusal that must be remembered is committed, then refused', async t => {
  const { office, traces } = await openVillage(t);
  const qinghe = placeSubject(await placeByNo(office.read, placeNos.qinghe));
  const refusal = new Refusal('wrong', { status: 422, say: () => '不对' });
  const thrown = await t.throwsAsync(inUnit(office, atConsole, ['x'], async unit => {
    unit.require('place.keep', qinghe);
    unit.put('banks', bank('r', 'R'));
    unit.record({ act: 'bank.tried', power: 'place.keep', subject: qinghe });
    unit.refuseAfter(refusal);
  }));
  t.is(thrown, refusal);
  t.is(await traces(), 1);
});

test('the ledger entry carries a digest that the rows give back', async t => {
  const { office } = await openVillage(t);
  const qinghe = placeSubject(await placeByNo(office.read, placeNos.qinghe));
  await inUnit(office, atConsole, ['x'], async unit => {
    unit.require('place.keep', qinghe);
    unit.insert('place_events', [2, 1].map(n => ({ id: `e${n}`, place_no: placeNos.qinghe, kind: 'renamed', day: unit.day, was: '', now: '新', reason: '测试', at: unit.at, by: 'console' })));
    unit.record({ act: 'place.renamed', power: 'place.keep', subject: qinghe });
  });
  const entry: { traces: string; unit: number } | undefined = await office.read('ledger').first('traces', 'unit');
  const rows = await office.read('place_events').select('*').where({ unit: entry?.unit ?? 0 });
  t.deepEqual(JSON.parse(entry?.traces ?? ''), [{ table: 'place_events', rows: 2, digest: digestOf('place_events', rows) }]);
});

test('the page handles cannot write', async t => {
  const { office } = await openVillage(t);
  await t.throwsAsync(async () => { await office.read('banks').insert(bank('w', 'W')); });
  await t.throwsAsync(async () => { await office.jobs('banks').del(); });
});

test('rows are removed by their key, however many stand in the table', async t => {
  const { office: { store, read } } = await openVillage(t);
  const rows = Array.from({ length: 30_000 }, (_, at) => ({ round: 77, subject: Math.floor(at / 25), indicator: at % 25, value: 1, state: 0, sheet: 1 }));
  await store.dialect.insertRows(store.write, 'current_values', Object.keys(rows[0] ?? {}), rows);
  const begun = performance.now();
  await store.dialect.deleteRows(store.write, 'current_values', ['round', 'subject', 'indicator'], rows.slice(0, 400));
  t.true(performance.now() - begun < 1_500, 'twelve million comparisons would take seconds in which nobody is answered');
  const left: { subject: number; indicator: number }[] = await read('current_values').where({ round: 77 }).orderBy('subject').orderBy('indicator').select('subject', 'indicator');
  t.is(left.length, 29_600);
  t.deepEqual(left[0], { subject: 16, indicator: 0 });
});

test('rows are changed by their key, all alike or each its own, and no others', async t => {
  const { office: { store, read } } = await openVillage(t);
  const rows = Array.from({ length: 30_000 }, (_, at) => ({ round: 77, subject: Math.floor(at / 25), indicator: at % 25, value: 1, state: 0, sheet: 1 }));
  await store.dialect.insertRows(store.write, 'current_values', Object.keys(rows[0] ?? {}), rows);
  const [key, columns] = [['round', 'subject', 'indicator'], ['value', 'sheet']];
  const begun = performance.now();
  await store.dialect.updateRows(store.write, 'current_values', key, columns, rows.slice(0, 400).map(row => ({ ...row, value: null, sheet: 2 })));
  await store.dialect.updateRows(store.write, 'current_values', key, columns, rows.slice(400, 800).map((row, at) => ({ ...row, value: at, sheet: 3 })));
  t.true(performance.now() - begun < 3_000, 'twelve million comparisons would take longer');
  const counted: { sheet: number; n: number | string; sum: number | string | null }[] = await read('current_values').where({ round: 77 }).groupBy('sheet').orderBy('sheet').select('sheet').count({ n: '*' }).sum({ sum: 'value' });
  t.deepEqual(counted.map(row => [row.sheet, Number(row.n), row.sum === null ? null : Number(row.sum)]), [[1, 29_200, 29_200], [2, 400, null], [3, 400, 79_800]]);
  t.like(await read('current_values').where({ round: 77, subject: 20, indicator: 5 }).first('value', 'sheet'), { value: 105, sheet: 3 });
});
