import test from 'ava';
import '../../src/areas.ts';
import type { Day } from '../../src/kit/time.ts';
import { give } from '../../src/consents/give.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { endNotice } from '../../src/notices/end.ts';
import type { NoticeStage } from '../../src/notices/notice.ts';
import { postNotice } from '../../src/notices/post.ts';
import { answerObjection } from '../support/answering.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { signSheet } from '../../src/observations/sign.ts';
import { lastSeq, worldOf } from '../../src/observations/world.ts';
import { docketOf } from '../../src/panels/docket.ts';
import { passCases } from '../../src/panels/pass.ts';
import type { Stage } from '../../src/panels/stage.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { recheckRatings } from '../../src/ratings/recheck.ts';
import { rollUp } from '../../src/ratings/rollup.ts';
import { villageCounts } from '../../src/ratings/shares.ts';
import { entriesOf, rollsAt } from '../../src/rolls/queries.ts';
import { publish } from '../../src/rolls/publish.ts';
import { open } from '../../src/rounds/open.ts';
import { caseOf, roundByNo, type Round } from '../../src/rounds/round.ts';
import { wholeValues } from '../support/collecting.ts';
import { adoptPresets, opening } from '../support/standards.ts';
import { households, memberId, openVillage, placeNos, type Person, type Village } from '../support/village.ts';

const { zhou, wu } = households;
const supplied = { loanPerformance: 'normal', guarantees: 'none', taxes: 'none', judgmentDefaulter: false } as const;

/** The county opens one round for all its townships; two households of 清河村 agree to everything. */
async function openCounty(village: Village): Promise<Round> {
  const { office } = village;
  const mei = await village.actor('mei');
  for (const who of ['zhou', 'wu'] as const) await give(office, mei, (['rate', 'publish'] as const).map(kind => ({ member: memberId(who), kind, givenOn: '2026-11-20', how: 'paper' as const })));
  const { no } = await open(office, await village.actor('xian'), opening(await adoptPresets(office), { place: placeNos.county }));
  return roundByNo(office.read, no);
}

async function collect(village: Village, round: Round, who: 'zhou' | 'wu', values: Readonly<Record<string, string | number>> = {}): Promise<void> {
  const { office } = village;
  const mei = await village.actor('mei');
  await recordSheet(office, mei, { id: newId(), round: round.no, household: households[who].id, base_seq: lastSeq(await worldOf(office.read, round.no, households[who].id)), source: 'grid', values: { ...wholeValues, ...values } });
  await signSheet(office, mei, { round: round.no, household: households[who].id, how: 'paper', reason: '' });
}

async function sit(village: Village, round: Round, stage: Stage, who: Person): Promise<number> {
  const { office } = village;
  const place = await placeByNo(office.read, placeNos.qinghe);
  const docket = await docketOf(office.read, { round, village: place, stage });
  return (await passCases(office, await village.actor(who), { round, village: place, stage, cases: [...docket.rest, ...docket.alone.filter(row => !row.blocked)] })).count;
}

async function hang(village: Village, round: Round, stage: NoticeStage, who: Person): Promise<{ readonly id: string; readonly until: Day }> {
  const place = await placeByNo(village.office.read, placeNos.qinghe);
  return postNotice(village.office, await village.actor(who), { id: newId(), round, village: place, stage, where: '村口公示栏', phone: '0517-0000 1234' });
}

/** The day after a notice's last. */
function pass(village: Village, until: Day): void { village.clock.set(`${until}T20:00:00.000Z`); }

test('a county\'s round is walked by its townships, from the first visit to the roll; an upheld objection changes the grade and takes its own way', async t => {
  const village = await openVillage(t);
  const { office } = village;
  const [lin, gao, ping] = [await village.actor('lin'), await village.actor('gao'), await village.actor('ping')];
  const round = await openCounty(village);
  await recordMany(office, lin, [{ subject: zhou.no, values: supplied }, { subject: wu.no, values: supplied }], { round: round.no, source: 'bank', batch: newId() });
  await collect(village, round, 'zhou');
  await collect(village, round, 'wu', { debtBurden: 'heavy', labourCount: 1 });
  const anhe = await placeByNo(office.read, placeNos.anhe);
  t.is((await t.throwsAsync<Refusal>(rateRound(office, ping, { round: round.no, scope: anhe.path })))?.code, 'not-allowed');
  await rateRound(office, lin, { round: round.no, scope: anhe.path });
  t.is(await sit(village, round, 'village', 'sun'), 2);
  const first = await hang(village, round, 'village', 'sun');

  const objection = newId();
  await lodgeObjection(office, { kind: 'anyone' }, { id: objection, round: round.no, subject: wu.no, notice: first.id, about: 'rating', words: '债早还清了', name: undefined, contact: undefined, how: 'web' });
  await answerObjection(office, gao, { id: objection, outcome: 'upheld', words: '查过了，债已还清。' });
  t.is((await caseOf(office.read, round.no, wu.no)).standing, 'collected');
  await collect(village, round, 'wu', { debtBurden: 'light' });
  const before = (await office.read('current_ratings').where({ subject: wu.no }).first('points'))?.points ?? 0;
  t.true((await rateOne(office, lin, { round: round.no, household: wu.id })).points > before);

  pass(village, first.until);
  t.is(await endNotice(office, await village.actor('sun'), first.id), 1, 'only the one that still hangs');
  t.is(await sit(village, round, 'village', 'sun'), 1);
  const own = await hang(village, round, 'village', 'sun');
  pass(village, own.until);
  t.is(await endNotice(office, await village.actor('sun'), own.id), 1);
  t.is(await sit(village, round, 'township', 'lin'), 2);
  const second = await hang(village, round, 'township', 'lin');
  pass(village, second.until);
  await endNotice(office, lin, second.id);
  t.is(await sit(village, round, 'approval', 'gao'), 2);

  t.is((await villageCounts(office.read, round.no, [placeNos.qinghe])).get(placeNos.qinghe)?.rated, 2, 'what is approved counts for the village');
  await rollUp(office, await village.actor('zhang'), { round: round.no });
  const { roll, named } = await publish(office, gao, { round, place: anhe });
  t.is(named, (await entriesOf(office.read, roll)).length);
  t.true(named > 0);
  t.is((await rollsAt(office.read, await placeByNo(office.read, placeNos.county)))[0]?.id, roll, 'the county shows the rolls of its townships');
  t.deepEqual((await recheckRatings(office)).wrong, []);
});
