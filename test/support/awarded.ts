import type { ExecutionContext } from 'ava';
import { give } from '../../src/consents/give.ts';
import { newId } from '../../src/kit/id.ts';
import { addDays } from '../../src/kit/time.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { publish } from '../../src/rolls/publish.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { confirmEvent } from '../../src/tellings/confirm.ts';
import { tellPerson } from '../../src/tellings/tell.ts';
import { openCollectingAfter, type Collecting } from './collecting.ts';
import { collectAll, toApproval, walk } from './rating.ts';
import { households, memberId, placeNos } from './village.ts';

const { zhou, wu } = households;
const jpeg = { bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) };

/** 周 and 吴 of 清河 on the roll by name, with their certificates. */
export const openAwarded = (t: Pick<ExecutionContext, 'teardown'>): Promise<Collecting> => openCollectingAfter(t, 'awarded', {}, award);

async function award(village: Collecting): Promise<void> {
  await collectAll(village);
  const { office, round } = village;
  const [gao, mei] = [await village.actor('gao'), await village.actor('mei')];
  for (const who of ['zhou', 'wu'] as const) await give(office, mei, [{ member: memberId(who), kind: 'publish', givenOn: '2026-10-12', how: 'paper' }]);
  await recordMany(office, await village.actor('sun'), [zhou, wu].map(one => ({ subject: one.no, values: {}, events: [{ id: newId(), indicator: 'publicSpirit', option: 'rescue', day: '2026-10-20', note: '救了落水的人' }] })), { round: round.no, source: 'village', batch: newId(), power: 'observation.record' });
  await rateRound(office, gao, { round: round.no });
  await walk(village, [zhou.no, wu.no], toApproval);
  await publish(office, gao, { round: await roundByNo(office.read, round.no), place: await placeByNo(office.read, placeNos.anhe) });
}

/** Something that takes points, after the award: written down, confirmed by somebody else, told, and the days to answer over. */
export async function fallsBack(village: Collecting, who: 'zhou' | 'wu', option = 'publicDamage', times = 1): Promise<void> {
  const { office, round } = village;
  const household = households[who];
  const [mei, sun] = [await village.actor('mei'), await village.actor('sun')];
  const today = village.clock.now().slice(0, 10);
  village.clock.set(`${today}T02:00:00.000Z`);
  for (let n = 0; n < times; n++) {
    const event = { id: newId(), indicator: 'conduct', option, day: addDays(today, -n), note: '撞歪了路灯' };
    await recordSheet(office, mei, { id: newId(), round: round.no, household: household.id, base_seq: 99, source: 'grid', events: [event], photos: [{ about: event.id, source: jpeg }] });
    const about = { round: round.no, household: household.id, event: event.id };
    await confirmEvent(office, sun, { ...about, holds: true, words: '看过', photos: [] });
    await tellPerson(office, mei, { ...about, on: today, how: 'handed', words: '本人' });
  }
  village.clock.set(`${addDays(today, 14)}T02:00:00.000Z`);
}
