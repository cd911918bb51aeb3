import type { ExecutionContext } from 'ava';
import { hashPin } from '../../src/people/pin.ts';
import { begin } from '../../src/sittings/begin.ts';
import { convene } from '../../src/sittings/convene.ts';
import type { Ballot, SittingStage } from '../../src/sittings/sitting.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { roundNo, roundUnderWay, type Placed, type Who } from './round.ts';
import { officerId, openVillage, placeNos, type Person, type Village } from './village.ts';

/** The township's committee for tests: Lin, Gao in the chair, and three colleagues of theirs. */
export const committee = ['lin', 'gao', 'hua', 'xian', 'ling'] as const satisfies readonly Person[];
export const pinOf = (who: Person): string => `40${String(Number(officerId(who).slice(-2)) + 1).padStart(2, '0')}17`;
export const day = '2026-11-23';

/** A round under way and a township committee of five, each with a PIN. */
export async function openCommittee(t: Pick<ExecutionContext, 'teardown'>, cases: Partial<Record<Who, Placed>>): Promise<Village> {
  const village = await openVillage(t);
  const { office } = village;
  await roundUnderWay(office, cases);
  const rows = committee.slice(2).map(who => ({ id: `post-${who}`, officer: officerId(who), role: 'townshipMember', place_no: placeNos.anhe, since: '2025-02-01', until: null, at: '2025-01-01T00:00:00.000Z', by: 'console' }));
  await office.store.write('posts').insert(rows);
  await office.store.write('pins').insert(await Promise.all(committee.map(async who => ({ officer: officerId(who), hash: await hashPin(office, officerId(who), pinOf(who)), fails: 0, locked_until: null, set_at: '2026-01-01T00:00:00.000Z' }))));
  return village;
}

export interface Sat { readonly stage?: SittingStage; readonly ballot?: Ballot; readonly present?: readonly Person[]; readonly place?: number; readonly by?: Person; readonly chair?: Person }

/** Called together and open, with these members present. */
export async function sit(village: Village, { stage = 'township', ballot = 'open', present = committee, place = placeNos.qinghe, by = 'lin', chair = 'gao' }: Sat = {}): Promise<string> {
  const { office } = village;
  const id = await convene(office, await village.actor(by), { round: await roundByNo(office.read, roundNo), place: await placeByNo(office.read, place), stage, day, venue: '镇会议室', chair: officerId(chair), ballot });
  await begin(office, await village.actor(by), { id, present: present.map(officerId), chair: officerId(chair) });
  return id;
}
