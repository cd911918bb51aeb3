import { existsSync } from 'node:fs';
import test from 'ava';
import type { Refusal } from '../../src/kit/refusal.ts';
import { giveMany } from '../../src/consents/give.ts';
import { withdraw } from '../../src/consents/withdraw.ts';
import { close, reopen } from '../../src/households/close.ts';
import { lookalikes } from '../../src/households/duplicates.ts';
import { drawnBytes, evidencePath, keepEvidence } from '../../src/households/evidence.ts';
import { forget } from '../../src/households/forget.ts';
import { reveal } from '../../src/households/reveal.ts';
import { keepApart } from '../../src/households/keep-apart.ts';
import { loadHousehold } from '../../src/households/load.ts';
import { merge } from '../../src/households/merge.ts';
import { move } from '../../src/households/move.ts';
import { register } from '../../src/households/register.ts';
import { householdSubject } from '../../src/households/subject.ts';
import { split } from '../../src/households/split.ts';
import type { Row } from '../../src/store/dialect.ts';
import { keyText, leafOf, leavesDigest } from '../../src/store/trace.ts';
import { inUnit } from '../../src/store/unit.ts';
import { family, person } from '../support/people.ts';
import { households, openVillage, placeNos, type Village } from '../support/village.ts';

const code = async (t: { throwsAsync: (run: () => Promise<unknown>) => Promise<unknown> }, run: () => Promise<unknown>): Promise<string> => ((await t.throwsAsync(run)) as Refusal).code;
const registered = async (village: Village) => register(village.office, await village.actor('sun'), family('周小海', { members: [person('周小海', { relation: 'head', sequence: 1 }), person('周大燕', { relation: 'spouse', sex: 'female', sequence: 2 }), person('周小林', { relation: 'son', sequence: 3, birthYear: 2001 })] }));
const pixel = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';

test('the son makes a household of his own; his consent goes with him', async t => {
  const village = await openVillage(t);
  const sun = await village.actor('sun');
  const made = await registered(village);
  const son = made.members[2] ?? '';
  await giveMany(village.office, sun, [{ member: son, kind: 'rate', givenOn: '2026-10-12', how: 'paper' }]);
  const given = { household: made.id, rev: 1, members: [son], head: son, address: '庄台路 10 号', groupNo: placeNos.group1, gridNo: placeNos.grid1 };
  t.is(await code(t, async () => split(village.office, await village.actor('mei'), given)), 'not-allowed');
  t.is(await code(t, () => split(village.office, sun, { ...given, members: [made.members[0] ?? ''], head: made.members[0] ?? '' })), 'head-stays');
  const own = await split(village.office, sun, { ...given, id: '019fb000-0000-7000-8000-000000000001' });
  t.is(own.householdNo, 5);
  t.deepEqual(await split(village.office, sun, { ...given, id: own.id }), own, 'pressed twice, split once');
  const [old, fresh] = [await loadHousehold(village.office.read, made.id), await loadHousehold(village.office.read, own.id)];
  t.deepEqual([old.row.people, fresh.row.people, fresh.row.head_name, fresh.living[0]?.relation], [2, 1, '周小林', 'head']);
  t.is((await village.office.read('consents').where({ member: son })).length, 1);
});

test('two households become one; the same person is kept once, the number is not given again', async t => {
  const village = await openVillage(t);
  const sun = await village.actor('sun');
  const made = await registered(village);
  const other = await register(village.office, sun, family('周小海', { members: [person('周小海', { relation: 'head', sequence: 1 }), person('周小月', { relation: 'daughter', sex: 'female', sequence: 8, birthYear: 2000 })] }), { despite: true });
  const [pair] = await lookalikes(village.office.read, ['/']);
  t.is(pair?.why, 'id');
  t.deepEqual(new Set([pair?.one, pair?.other]), new Set([made.id, other.id]));
  t.is(await code(t, () => merge(village.office, sun, { from: made.id, fromRev: 1, into: made.id, intoRev: 1 })), 'same-household');
  await merge(village.office, sun, { from: other.id, fromRev: 1, into: made.id, intoRev: 1, relations: { [other.members[1] ?? '']: 'daughter' } });
  const into = await loadHousehold(village.office.read, made.id);
  t.deepEqual(into.living.map(member => member.name), ['周小海', '周大燕', '周小林', '周小月']);
  const from = await loadHousehold(village.office.read, other.id);
  t.deepEqual([from.row.closed_reason, from.row.into, from.living.length], ['merged', made.id, 0]);
  t.is((await lookalikes(village.office.read, ['/'])).length, 0);
  t.is(await code(t, () => reopen(village.office, sun, { household: other.id })), 'head-gone');
  t.is((await register(village.office, sun, family('钱一', { sequence: 40 }))).householdNo, 6);
  t.is(await code(t, async () => merge(village.office, await village.actor('mei'), { from: made.id, fromRev: 2, into: households.zhou.id, intoRev: 1 })), 'not-allowed');
});

test('two that look alike are found to be two, and are not shown again', async t => {
  const village = await openVillage(t);
  const sun = await village.actor('sun');
  const plain = (name: string) => family(name, { members: [{ name, relation: 'head', sex: 'male', birthYear: 1966, idMissing: 'applying' }] });
  const [one, other] = [await register(village.office, sun, plain('李大民')), await register(village.office, sun, plain('李大民'))];
  t.deepEqual((await lookalikes(village.office.read, [`/p1/c2/x3/t10/v20/`])).map(pair => pair.why), ['name']);
  t.is((await lookalikes(village.office.read, ['/p1/c2/x3/t10/v21/'])).length, 0, 'outside reach nothing is hinted at');
  t.is(await code(t, async () => keepApart(village.office, await village.actor('mei'), { one: one.id, other: other.id })), 'not-allowed');
  await keepApart(village.office, sun, { one: other.id, other: one.id });
  t.is((await lookalikes(village.office.read, ['/'])).length, 0);
});

test('a household moves to another village: a new number there, the old one stays empty', async t => {
  const village = await openVillage(t);
  const gao = await village.actor('gao');
  const made = await registered(village);
  const given = { household: made.id, rev: 1, villageNo: placeNos.shuikou, groupNo: placeNos.group3, gridNo: placeNos.grid3, address: '水口街 2 号' };
  t.is(await code(t, async () => move(village.office, await village.actor('sun'), given)), 'not-allowed', 'the village may not move a household into another');
  t.is((await move(village.office, gao, given)).householdNo, 2);
  t.is((await loadHousehold(village.office.read, made.id)).row.village_no, placeNos.shuikou);
  t.is((await register(village.office, await village.actor('sun'), family('钱一', { sequence: 40 }))).householdNo, 5);
});

test('a household is closed with its reason and can come back; nothing changes while it is closed', async t => {
  const village = await openVillage(t);
  const sun = await village.actor('sun');
  const closed: string[] = [];
  const given = { household: households.zhou.id, rev: 1, reason: 'moved' as const };
  t.is(await code(t, async () => close(village.office, await village.actor('mei'), given)), 'not-allowed');
  await close(village.office, sun, given, [{ closed: async (_unit, household) => { closed.push(household.id); } }]);
  t.deepEqual(closed, [households.zhou.id]);
  t.is(await code(t, () => close(village.office, sun, { ...given, reason: 'empty' })), 'household-closed');
  await reopen(village.office, sun, { household: households.zhou.id });
  t.is((await loadHousehold(village.office.read, households.zhou.id)).row.closed_on, null);
});

test('what a household asks to forget is gone, and the ledger can still be proved', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const [sun, gao] = [await village.actor('sun'), await village.actor('gao')];
  const made = await registered(village);
  await giveMany(office, sun, made.members.map(member => ({ member, kind: 'rate' as const, givenOn: '2026-10-12', how: 'drawn' as const })), { evidence: { bytes: drawnBytes(pixel) ?? new Uint8Array() } });
  const consent: { id: string } = await office.read('consents').orderBy('id').first('id');
  await withdraw(office, sun, { consent: consent.id, reason: '不想参加了' }, []);
  await reveal(office, sun, { household: made.id, member: made.members[0] ?? '', field: 'phone', reason: '他家老人住院，问一声' });
  const files: { id: string }[] = await office.read('evidence').where({ subject: made.id }).select('id');
  t.true(existsSync(evidencePath(office, files[0]?.id ?? '')));
  t.is(await code(t, () => forget(office, sun, { household: made.id })), 'not-allowed');
  await forget(office, gao, { household: made.id });
  for (const table of ['members', 'consents', 'evidence']) t.is((await office.read(table).where({ [table === 'evidence' ? 'subject' : 'household']: made.id })).length, 0, table);
  t.is((await office.read('withdrawals')).length, 0);
  t.is((await office.read('reveals')).length, 0);
  t.is((await office.read('ledger').where({ act: 'household.revealed', subject: made.id })).length, 1, 'that somebody looked stays');
  t.false(existsSync(evidencePath(office, files[0]?.id ?? '')));
  const { row } = await loadHousehold(office.read, made.id);
  t.deepEqual([row.head_name, row.address, row.closed_reason, row.household_no], ['', '', 'forgotten', made.householdNo]);
  t.is(await code(t, () => reopen(office, sun, { household: made.id })), 'household-forgotten');
  // Every digest the ledger keeps over rows is met by the rows that remain and the tombstones of those that went.
  const entries: { unit: number; traces: string }[] = await office.read('ledger').select('unit', 'traces');
  let proved = 0;
  for (const entry of entries) {
    for (const trace of JSON.parse(entry.traces) as { table: 'consents'; rows: number; digest: string }[]) {
      const rows: Row[] = await office.read(trace.table).where({ unit: entry.unit }).select('*');
      const gone: { row_key: string; leaf: string }[] = await office.read('tombstones').where({ about: trace.table, unit: entry.unit }).select('row_key', 'leaf');
      const leaves = [...rows.map(one => ({ key: keyText(trace.table, one), leaf: leafOf(one) })), ...gone.map(one => ({ key: one.row_key, leaf: one.leaf }))].sort((a, b) => a.key < b.key ? -1 : 1);
      t.is(leaves.length, trace.rows, trace.table);
      t.is(leavesDigest(leaves.map(one => one.leaf)), trace.digest, trace.table);
      proved++;
    }
  }
  t.true(proved >= 6);
});

test('who split off and is forgotten is not named in the history of the household they came from', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const sun = await village.actor('sun');
  const made = await registered(village);
  const son = made.members[2] ?? '';
  const own = await split(office, sun, { household: made.id, rev: 1, members: [son], head: son, address: '庄台路 10 号', groupNo: placeNos.group1, gridNo: placeNos.grid1 });
  const named = async (): Promise<number> => (await office.read('household_events').where('body', 'like', '%周小林%').select('id')).length;
  t.is(await named(), 2);
  t.is(await code(t, () => forget(office, sun, { household: own.id })), 'not-allowed');
  t.is(await named(), 2);
  await forget(office, await village.actor('gao'), { household: own.id });
  t.is(await named(), 0);
  t.deepEqual((await office.read('household_events').where({ household: made.id }).select('kind')).map(one => one.kind), ['registered'], 'the rest of that history stays');
  t.is((await office.read('tombstones').where({ about: 'household_events' }).select('row_key')).length, 2);
});

test('evidence is what its bytes say, and never larger than a photo', async t => {
  const village = await openVillage(t);
  const mei = await village.actor('mei');
  const keep = (bytes: Uint8Array) => inUnit(village.office, mei, [], async unit => {
    const { key } = await loadHousehold(unit.read, households.zhou.id);
    unit.require('household.keep', householdSubject(key));
    unit.record({ act: 'household.photographed', power: 'household.keep', subject: householdSubject(key) });
    return keepEvidence(village.office, unit, { subject: key.id, kind: 'photo', source: { bytes } });
  });
  t.is(await code(t, () => keep(Buffer.from('<html><script>'))), 'evidence-type');
  t.is(await code(t, () => keep(Buffer.alloc(9 * 1_048_576))), 'evidence-large');
  t.is((await village.office.read('evidence')).length, 0);
  await keep(drawnBytes(pixel) ?? new Uint8Array());
  t.is((await village.office.read('evidence').first('mime'))?.mime, 'image/png');
});
