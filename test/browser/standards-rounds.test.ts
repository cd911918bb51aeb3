import test from 'ava';
import { excuse } from '../../src/rounds/excuse.ts';
import { look } from '../support/look.ts';
import { openRound } from '../support/standards.ts';
import { households, openVillage, placeId, placeNos, type Person } from '../support/village.ts';

test('standards and rounds are pages that everybody can read: axe finds nothing, nothing scrolls sideways', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const round = await openRound(office);
  await excuse(office, await village.actor('mei'), { round: round.no, households: [households.zhou.id], reason: 'absent' });
  const pages: readonly (readonly [Person, string])[] = [
    ['xian', '/standards'], ['xian', `/standards/${round.hashes.household}`], ['xian', `/standards/${round.hashes.village}`], ['xian', `/standards/${round.hashes.household}/print`], ['xian', '/bases'],
    ['gao', '/rounds'], ['gao', '/rounds/new'], ['gao', `/rounds/${round.id}`], ['gao', `/rounds/${round.id}/close`],
    ['sun', `/rounds/${round.id}/villages/${placeId(placeNos.qinghe)}`], ['mei', `/rounds/${round.id}/cases/${households.zhou.id}`], ['mei', `/rounds/${round.id}/cases/${households.wu.id}`],
  ];
  await look(t, office, pages);
});
