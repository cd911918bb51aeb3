import test from 'ava';
import '../../src/areas.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { publish } from '../../src/rolls/publish.ts';
import { withdrawRoll } from '../../src/rolls/withdraw.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { households, openVillage, placeNos } from '../support/village.ts';

test('the county takes its roll down, and what the township published stays with its certificates', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const { zhou, wu, wang } = households;
  await roundUnderWay(office, { zhou: { standing: 'approved', grade: 0 }, wu: { standing: 'approved', grade: 1, publish: false }, wang: { standing: 'township-noticed', grade: 1 } });
  const [round, anhe, county] = [await roundByNo(office.read, roundNo), await placeByNo(office.read, placeNos.anhe), await placeByNo(office.read, placeNos.county)];
  const [gao, zhang] = [await village.actor('gao'), await village.actor('zhang')];
  const own = await publish(office, gao, { round, place: anhe });
  await office.store.write('cases').where({ subject: wang.no }).update({ standing: 'approved' });
  const above = await publish(office, zhang, { round, place: county });
  const stand = async () => Promise.all([zhou, wu, wang].map(async one => (await caseOf(office.read, roundNo, one.no)).standing));
  const valid = async () => (await office.read('certificates').whereNull('revoked_on').orderBy('subject').select('subject')).map(row => row.subject);
  await withdrawRoll(office, zhang, { roll: above.roll, reason: '有错' });
  t.deepEqual(await stand(), ['published', 'published', 'approved']);
  t.deepEqual(await valid(), [zhou.no, wu.no].sort((a, b) => a - b), 'named or not');
  await withdrawRoll(office, gao, { roll: own.roll, reason: '有错' });
  t.deepEqual(await stand(), ['approved', 'approved', 'approved']);
  t.deepEqual(await valid(), []);
});
