import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { recordTotals } from '../../src/observations/totals.ts';
import { openRound } from '../support/standards.ts';
import { openVillage, placeNos } from '../support/village.ts';

const totals = { borrowingHouseholds: 40, noArrearsHouseholds: 38, loanBalance: 1_200_000, nplBalance: 20_000 };

test('the township takes down what the bank tells of a village; the same file again is nothing new, a correction is another sheet', async t => {
  const village = await openVillage(t);
  const { no: round } = await openRound(village.office);
  const lin = await village.actor('lin');
  const id = newId();
  t.is((await recordTotals(village.office, lin, { id, round, place: placeNos.qinghe, values: totals })).seq, 1);
  const traces = await village.traces();
  t.is((await recordTotals(village.office, lin, { id, round, place: placeNos.qinghe, values: totals })).seq, 1);
  t.is(await village.traces(), traces);
  t.is((await recordTotals(village.office, lin, { id: newId(), round, place: placeNos.qinghe, values: { ...totals, nplBalance: 10_000 } })).seq, 2);
  const rows: { value: number }[] = await village.office.read('current_values').join('indicators', 'indicators.no', 'current_values.indicator').where({ round, subject: placeNos.qinghe, key: 'nplBalance' }).select('value');
  t.deepEqual(rows.map(row => Number(row.value)), [1_000_000], 'fen');
});

test('a value that cannot be is told at its field, and nothing is kept', async t => {
  const village = await openVillage(t);
  const { no: round } = await openRound(village.office);
  const traces = await village.traces();
  const refusal = await t.throwsAsync<Refusal>(recordTotals(village.office, await village.actor('lin'), { id: newId(), round, place: placeNos.qinghe, values: { ...totals, borrowingHouseholds: -3 } }));
  t.is(refusal?.code, 'faults');
  t.is(await village.traces(), traces);
});

test('a foreign township, a grid worker and the bank itself may not', async t => {
  const village = await openVillage(t);
  const { no: round } = await openRound(village.office);
  const traces = await village.traces();
  for (const who of ['ping', 'mei', 'wei', 'tan'] as const) {
    const refusal = await t.throwsAsync<Refusal>(recordTotals(village.office, await village.actor(who), { id: newId(), round, place: placeNos.qinghe, values: totals }));
    t.is(refusal?.code, 'not-allowed', who);
  }
  t.is(await village.traces(), traces);
});
