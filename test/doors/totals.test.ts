import test from 'ava';
import { openRound } from '../support/standards.ts';
import { openVillage, placeId, placeNos } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

test('Lin fills in what the bank told of the village; a slip comes back with everything typed', async t => {
  const village = await openVillage(t);
  const { id } = await openRound(village.office);
  const doors = await openDoors(t, village);
  const lin = await doors('lin');
  const path = `/ratings/${id}/places/${placeId(placeNos.qinghe)}/totals`;
  t.is((await lin.get(path)).status, 200);
  const slip = await lin.post(path, { borrowingHouseholds: '40', noArrearsHouseholds: '三十八', loanBalance: '1,200,000', nplBalance: '' });
  t.is(slip.status, 422);
  t.is(slip.field('borrowingHouseholds').input, '40');
  t.is(slip.field('noArrearsHouseholds').input, '三十八');
  t.regex(slip.field('noArrearsHouseholds').fault ?? '', /请填整数/);
  t.is((await lin.post(path, { borrowingHouseholds: '40', noArrearsHouseholds: '38', loanBalance: '1,200,000', nplBalance: '20000' })).status, 303);
  t.is((await lin.get(path)).field('loanBalance').input, '1200000');
  const strange = await lin.post(path, { id: "x' or 1=1", borrowingHouseholds: '41' });
  t.is(strange.status, 303);
  t.is((await village.office.read('sheets').where({ id: "x' or 1=1" })).length, 0, 'an id that is none of ours names no sheet');
  t.is((await (await doors('ping')).get(path)).status, 403);
  t.is((await (await doors('mei')).post(path, {})).status, 403);
});
