import { keepRule } from '../../src/sittings/keep-rule.ts';
import { begin } from '../../src/sittings/begin.ts';
import { confirm } from '../../src/sittings/confirm.ts';
import { convene } from '../../src/sittings/convene.ts';
import { wholeSitting } from '../../src/sittings/load.ts';
import { endVoting } from '../../src/sittings/settle.ts';
import { decideItem, votersOn } from '../../src/sittings/vote.ts';
import type { Vote } from '../../src/sittings/sitting.ts';
import { setPin } from '../../src/people/set-pin.ts';
import { declare } from '../../src/recusals/declare.ts';
import { demoPassword, demoPin } from './accounts.ts';
import type { Settled, SettledVillage } from './settle.ts';
import type { Walk } from './steps.ts';

const venue = '镇便民服务中心二楼会议室';

/** The township's committee meets on a village: one member is away, one is kin of a household, one household is put off by the chair. */
export async function meet({ story, staff, round }: Walk, village: SettledVillage): Promise<void> {
  const { office } = story;
  const bench = await Promise.all(staff.bench.map(login => story.as(login)));
  for (const member of bench) await setPin(office, member, { password: demoPassword, pin: demoPin, again: demoPin });
  const [chair, clerk, kin, away] = bench;
  if (chair === undefined || clerk === undefined || kin === undefined) throw new Error('a committee of nobody');
  const relative: { id: string } | undefined = await office.read('cases').join('households', 'households.no', 'cases.subject').where({ 'cases.round': round.no, 'cases.village': village.place.no, 'cases.standing': 'village-noticed' }).orderBy('cases.subject').first('households.id');
  if (relative !== undefined) await declare(office, kin, { household: relative.id, ground: 'kin' });
  const id = await convene(office, clerk, { round, place: village.place, stage: 'township', day: story.day(), venue, chair: chair.id, ballot: 'open' });
  await begin(office, clerk, { id, present: bench.filter(one => one !== away).map(one => one.id), chair: chair.id });
  const whole = await wholeSitting(office.read, id);
  for (const item of whole.items) {
    const isDoubtful = item.no === whole.items.length - 1 && item.no > 1;
    const hands = new Map<string, Vote>(votersOn(whole, item).map(seat => [seat.officer, isDoubtful && seat.officer !== chair.id ? 'abstain' : 'for']));
    await decideItem(office, clerk, { id, no: item.no, hands, looked: true, ...isDoubtful ? { decision: 'pass' as const, words: '逐项对过，材料齐全' } : {} });
  }
  await endVoting(office, clerk, id);
  for (const member of [clerk, chair]) await confirm(office, clerk, { id, officer: member.id, pin: demoPin });
}

/** From now on the township reviews in sittings; the next one is called for the village that waits. */
export async function callCommittee({ story, staff, round }: Walk, { villages }: Settled): Promise<void> {
  const { office } = story;
  await keepRule(office, await story.as('xitong'), { what: 'township', required: true, share: 'half', confirms: 2 });
  const waiting: { village: number } | undefined = await office.read('cases').where({ round: round.no, standing: 'village-noticed' }).orderBy('village').first('village');
  const village = villages.find(one => one.place.no === waiting?.village);
  const [chair] = staff.bench;
  if (village === undefined || chair === undefined) return;
  await convene(office, await story.as('weiyuan'), { round, place: village.place, stage: 'township', day: story.day(), venue, chair: (await story.as(chair)).id, ballot: 'open' });
}
