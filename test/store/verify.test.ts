import test from 'ava';
import { keepDays } from '../../src/calendar/keep.ts';
import { atConsole } from '../../src/access/actor.ts';
import type { Office } from '../../src/office.ts';
import { placeByNo, placeSubject } from '../../src/places/queries.ts';
import { inUnit } from '../../src/store/unit.ts';
import { leafOf } from '../../src/store/trace.ts';
import type { Check } from '../../src/audit/checks.ts';
import { keepVerified, lastVerified } from '../../src/audit/run.ts';
import { verify } from '../../src/audit/verify.ts';
import { findingWords } from '../../src/audit/verified.ts';
import { openVillage, placeNos } from '../support/village.ts';

const event = (id: string, at: string) => ({ id, place_no: placeNos.qinghe, kind: 'renamed', day: '2026-11-23', was: '{}', now: id, reason: '测试', at, by: 'console' });

/** Five acts on the township's chain, two rows each. */
async function fiveActs(office: Office): Promise<void> {
  const qinghe = placeSubject(await placeByNo(office.read, placeNos.qinghe));
  for (const n of [1, 2, 3, 4, 5]) {
    await inUnit(office, atConsole, ['x'], async unit => {
      unit.require('place.keep', qinghe);
      unit.insert('place_events', [event(`e${n}b`, unit.at), event(`e${n}a`, unit.at)]);
      unit.record({ act: 'place.renamed', power: 'place.keep', subject: qinghe });
    });
  }
}

test('an untouched record verifies, row by row', async t => {
  const { office } = await openVillage(t);
  await fiveActs(office);
  const found = await verify(office);
  t.deepEqual(found.findings, []);
  t.is(found.entries, 5);
  t.is(found.rows, 10);
});

test('a forged entry is found at its exact place, and only there', async t => {
  const { office } = await openVillage(t);
  await fiveActs(office);
  await office.store.write('ledger').where({ chain: 't10', seq: 3 }).update({ actor: 'somebody-else' });
  const { findings } = await verify(office);
  t.deepEqual(findings, [{ what: 'entry', chain: 't10', seq: 3, why: 'changed' }]);
  t.regex(findingWords(findings[0] ?? { what: 'head', chain: '', seq: 0, why: 'cut' }), /第 3 条/);
});

test('a removed entry is missing at its place, and its rows have lost their explanation', async t => {
  const { office } = await openVillage(t);
  await fiveActs(office);
  await office.store.write('ledger').where({ chain: 't10', seq: 2 }).del();
  const { findings } = await verify(office);
  t.deepEqual(findings.map(({ what, seq, why }) => ({ what, seq, why })), [{ what: 'entry', seq: 2, why: 'missing' }, { what: 'rows', seq: 0, why: 'more' }]);
});

test('entries cut off at the end show at the head', async t => {
  const { office } = await openVillage(t);
  await fiveActs(office);
  await office.store.write('ledger').where({ chain: 't10', seq: 5 }).del();
  const { findings } = await verify(office);
  t.deepEqual(findings[0], { what: 'head', chain: 't10', seq: 5, why: 'cut' });
});

test('entries whose order was changed are found', async t => {
  const { office } = await openVillage(t);
  await fiveActs(office);
  const { write } = office.store;
  for (const [from, to] of [[3, 90], [4, 3], [90, 4]] as const) await write('ledger').where({ chain: 't10', seq: from }).update({ seq: to });
  const { findings } = await verify(office);
  t.deepEqual(findings.filter(one => one.what === 'entry').map(({ seq, why }) => ({ seq, why })), [{ seq: 3, why: 'changed' }, { seq: 4, why: 'changed' }, { seq: 5, why: 'link' }]);
});

test('an entry forged with a hash of its own breaks the link of the next', async t => {
  const { office } = await openVillage(t);
  await fiveActs(office);
  const { link } = await import('../../src/store/chain.ts');
  const { sha256 } = await import('../../src/store/trace.ts');
  const rows = await office.read('ledger').where({ chain: 't10' }).orderBy('seq').select('*');
  const { seq: _seq, previous: _previous, hash: _hash, ...third } = rows[2];
  const forged = link({ chain: 't10', seq: 2, hash: rows[1].hash }, { ...third, unit: Number(third.unit), act: 'place.closed' }, sha256);
  await office.store.write('ledger').where({ chain: 't10', seq: 3 }).update({ act: forged.act, hash: forged.hash });
  t.deepEqual((await verify(office)).findings, [{ what: 'entry', chain: 't10', seq: 4, why: 'link' }]);
});

test('an edited, an added and a removed row are each found with their entry and table', async t => {
  const { office } = await openVillage(t);
  await fiveActs(office);
  const { write } = office.store;
  const entries: { seq: number; unit: number }[] = await office.read('ledger').where({ chain: 't10' }).orderBy('seq').select('seq', 'unit');
  await write('place_events').where({ id: 'e1a' }).update({ reason: '改过' });
  await write('place_events').where({ id: 'e2b' }).del();
  await write('place_events').insert({ ...event('e4x', '2026-11-23T01:00:00.000Z'), unit: entries[3]?.unit ?? 0 });
  const { findings } = await verify(office);
  t.deepEqual(findings, [
    { what: 'rows', chain: 't10', seq: 1, table: 'place_events', why: 'changed' },
    { what: 'rows', chain: 't10', seq: 2, table: 'place_events', why: 'fewer' },
    { what: 'rows', chain: 't10', seq: 4, table: 'place_events', why: 'more' },
  ]);
});

test('rows erased by an act verify by their leaves; a tombstone without an act does not', async t => {
  const { office, clock } = await openVillage(t);
  await fiveActs(office);
  const qinghe = placeSubject(await placeByNo(office.read, placeNos.qinghe));
  const rows = await office.read('place_events').whereIn('id', ['e1a', 'e1b']).select('*');
  const bury = (row: Record<string, string | number | null>, at: string) => ({ about: 'place_events', row_key: String(row['id']), unit: Number(row['unit']), leaf: leafOf({ ...row, unit: Number(row['unit']), place_no: Number(row['place_no']) }), at });
  clock.forward(60_000);
  await inUnit(office, atConsole, ['x'], async unit => {
    unit.require('place.keep', qinghe);
    unit.insert('tombstones', bury(rows[0], unit.at));
    unit.remove('place_events', { id: rows[0].id });
    unit.record({ act: 'household.forgotten', power: 'place.keep', subject: qinghe });
  });
  const after = await verify(office);
  t.deepEqual(after.findings, []);
  t.is(after.erased, 1);
  t.deepEqual(after.erasures, [{ chain: 't10', seq: 6, rows: 1 }]);
  await office.store.write('tombstones').insert(bury(rows[1], '2026-11-24T00:00:00.000Z'));
  await office.store.write('place_events').where({ id: rows[1].id }).del();
  t.deepEqual((await verify(office)).findings.map(({ what, why }) => ({ what, why })), [{ what: 'erasure', why: 'unknown' }]);
});

test('a check of an area tells what differs; the result is kept by an act', async t => {
  const { office, actor, traces } = await openVillage(t);
  const found = await verify(office, undefined, [{ title: '评定结果', run: async () => ({ looked: 2, wrong: ['第 1 户'] }) }]);
  t.deepEqual(found.checks, [{ title: '评定结果', looked: 2, wrong: 1 }]);
  t.is(found.findings[0]?.why, 'differs');
  const refusal = await t.throwsAsync<Error & { code?: string }>(keepVerified(office, await actor('mei'), found));
  t.is(refusal?.code, 'not-allowed');
  t.is(await traces(), 0);
  await keepVerified(office, await actor('shen'), found);
  t.is((await lastVerified(office))?.findings.length, 1);
  t.is(await traces(), 1);
});

test('all of a walk sees one moment: an act that goes on meanwhile never looks like a forgery', async t => {
  const { office } = await openVillage(t);
  await fiveActs(office);
  const heads: Check = {
    title: '同一时刻',
    async run(read) {
      const before = await read('ledger_heads').orderBy('chain').select('chain', 'seq');
      await keepDays(office, atConsole, [{ day: '2026-12-01', kind: 'off', name: '停工', official: true }]);
      const after = await read('ledger_heads').orderBy('chain').select('chain', 'seq');
      return { looked: 1, wrong: JSON.stringify(before) === JSON.stringify(after) ? [] : ['moved'] };
    },
  };
  t.deepEqual((await verify(office, undefined, [heads])).findings, []);
  t.is((await verify(office)).entries, 6);
});
