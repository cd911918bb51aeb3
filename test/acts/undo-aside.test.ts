import test from 'ava';
import '../../src/areas.ts';
import { passCases } from '../../src/panels/pass.ts';
import { undoPass } from '../../src/panels/undo.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { declare } from '../../src/recusals/declare.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { households, openVillage, placeNos } from '../support/village.ts';

test('who stands aside from a household does not take its approval back either', async t => {
  const { office, actor, traces } = await openVillage(t);
  const { zhou } = households;
  await roundUnderWay(office, { zhou: { standing: 'township-noticed', grade: 0 } });
  const at = { round: await roundByNo(office.read, roundNo), village: await placeByNo(office.read, placeNos.qinghe), stage: 'approval' } as const;
  const { unit } = await passCases(office, await actor('gao'), { ...at, cases: [{ subject: zhou.no, id: zhou.id, mark_seq: 1 }] });
  await declare(office, await actor('gao'), { household: zhou.id, ground: 'kin' });
  const before = await traces();
  await t.throwsAsync(undoPass(office, await actor('gao'), { ...at, unit }), { message: 'not-allowed' });
  t.is((await caseOf(office.read, roundNo, zhou.no)).standing, 'approved');
  t.is(await traces(), before);
});
