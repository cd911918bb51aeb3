import { atConsole, type Officer } from '../../src/access/actor.ts';
import { giveMany, type NewConsent } from '../../src/consents/give.ts';
import { isAdult, isChild, type IdMissing, type Relation } from '../../src/households/household.ts';
import type { NewMember } from '../../src/households/member.ts';
import { registerMany, type NewHousehold } from '../../src/households/register.ts';
import { newId } from '../../src/kit/id.ts';
import type { Day } from '../../src/kit/time.ts';
import { establish } from '../../src/places/establish.ts';
import type { Place } from '../../src/places/place.ts';
import { placeByNo, placesBelow, placesUnder, placeWithCode } from '../../src/places/queries.ts';
import { setOffice } from '../../src/places/set-office.ts';
import type { DemoMember, NoIdReason, Relation as Kin } from './people.ts';
import { randomOf } from './random.ts';
import type { Staff } from './staff.ts';
import type { Story } from './story.ts';
import { generateTownship, type DemoHousehold, type DemoVillage } from './township.ts';

export interface Home { readonly id: string; readonly no: number; readonly gridNo: number; readonly members: readonly { readonly id: string; readonly from: DemoMember }[]; readonly from: DemoHousehold }
export interface SettledVillage { readonly place: Place; readonly from: DemoVillage; readonly groups: readonly Place[]; readonly grids: readonly { readonly place: Place; readonly groups: readonly number[] }[]; readonly made: readonly DemoHousehold[] }
export interface Settled { readonly township: Place; readonly villages: readonly SettledVillage[] }

/** A smaller township, for tests: fewer villages, or fewer households in each. */
export interface Size { readonly villagesMost?: number; readonly householdsMost?: number }

/** The township's code in the division register: 盱眙县马坝镇. */
const townshipCode = '320830101';

/** The office, its villages out of the real register, and invented groups and grids in them. */
export async function settle({ office }: Story, { since, thisYear, villagesMost = 99, householdsMost = 9_999 }: { readonly since: Day; readonly thisYear: number } & Size): Promise<Settled> {
  const township = await placeWithCode(office.read, 'township', townshipCode);
  if (township === undefined) throw new Error('the division register has no Maba');
  await setOffice(office, atConsole, { placeNo: township.no, title: `${township.name}信用评定办公室` });
  const places = (await placesBelow(office.read, township.path, 'village')).slice(0, villagesMost);
  const made = generateTownship('maba', places.map(place => ({ code: place.code ?? '', name: place.name })), { townshipName: township.name, thisYear });
  const villages: SettledVillage[] = [];
  for (const place of places) {
    const from = made.villages.find(village => village.code === place.code);
    if (from === undefined) throw new Error(`nobody lives in ${place.name}`);
    const given = { parent: place.id, day: since, reason: '示范数据' };
    await establish(office, atConsole, { ...given, kind: 'group', places: Array.from({ length: from.groups }, (_, at) => ({ name: `第${at + 1}组` })) });
    await establish(office, atConsole, { ...given, kind: 'grid', places: from.grids.map(grid => ({ name: grid.name })) });
    const below = await placesUnder(office.read, place.no);
    villages.push({
      place, from, made: sample(made.households.filter(household => household.villageCode === place.code), householdsMost), groups: below.filter(one => one.kind === 'group'),
      grids: below.filter(one => one.kind === 'grid').map(one => ({ place: one, groups: from.grids.find(grid => grid.name === one.name)?.groups ?? [] })),
    });
  }
  return { township: await placeByNo(office.read, township.no), villages };
}

/** Spread over the whole list, so that every grid keeps some. */
const sample = <T>(list: readonly T[], most: number): readonly T[] => list.length <= most ? list : Array.from({ length: most }, (_, at) => list[Math.floor(at * list.length / most)]).filter(one => one !== undefined);

/** Registers the households of a village, as its committee would. Answers them in the register's order. */
export async function moveIn(story: Story, actor: Officer, village: SettledVillage): Promise<readonly Home[]> {
  const random = randomOf(`maba/ids/${village.place.code}`);
  const day = story.day();
  const hex = (digits: number): string => random.whole(0, 16 ** digits - 1).toString(16).padStart(digits, '0');
  const idOf = (): string => newId(Date.parse(`${day}T00:00:00Z`) + random.whole(0, 86_399_999), () => `00000000-0000-4${hex(3)}-8${hex(3)}-${hex(6)}${hex(6)}`);
  const list = village.made.map((from): NewHousehold & { readonly id: string; readonly kept: readonly DemoMember[] } => {
    // Those born since are not yet in last year's register.
    const kept = from.members.filter(member => member.birthYear <= Number(day.slice(0, 4)));
    return {
      id: idOf(), villageNo: village.place.no, groupNo: village.groups[from.group - 1]?.no ?? null, gridNo: village.grids.find(grid => grid.place.name === from.grid)?.place.no ?? null,
      householdNo: Number(from.householdNo.slice(2)), address: from.address, registeredOn: day, members: kept.map(member => ({ id: idOf(), ...memberOf(member, day) })), kept,
    };
  });
  const made = await registerMany(story.office, actor, list);
  return list.map((one, at) => ({
    id: one.id, no: made[at]?.no ?? 0, gridNo: one.gridNo ?? 0, from: village.made[at] ?? one as never,
    members: one.kept.map((from, index) => ({ id: made[at]?.members[index] ?? '', from })),
  }));
}

const relations: Readonly<Record<Kin, Relation>> = {
  'head': 'head', 'spouse': 'spouse', 'son': 'son', 'daughter': 'daughter', 'daughter-in-law': 'daughterInLaw', 'son-in-law': 'sonInLaw', 'father': 'father', 'mother': 'mother', 'grandson': 'grandchild', 'granddaughter': 'grandchild',
};
const missing: Readonly<Record<NoIdReason, IdMissing>> = { 'under-14': 'unwilling', 'late-registration': 'unregistered', 'to-be-checked': 'applying', 'not-given': 'unwilling' };

function memberOf(member: DemoMember, day: Day): NewMember {
  const { name, sex, birthYear, away, idNumber, phone, noIdReason } = member;
  const plain = { name, relation: relations[member.relation], sex, birthYear, away };
  if (isChild(birthYear, day)) return plain;
  return { ...plain, ...idNumber === undefined ? { idMissing: missing[noIdReason ?? 'not-given'] } : { idNumber }, ...phone === undefined ? {} : { phone } };
}

/** Papers signed by every adult of the homes: those who grew up since last year sign this year. What stands is left as it is. */
export async function signPapers(story: Story, actor: Officer, homes: readonly Home[], staff: Staff): Promise<number> {
  const day = story.day();
  const wishes = homes.flatMap(home => home.members.filter(({ from }) => from.relation === 'head' || isAdult(from.birthYear, day)).flatMap(({ id }): NewConsent[] => {
    const common = { member: id, givenOn: day, how: 'paper' as const };
    const { rate, publish, share } = home.from.consents;
    return [...rate ? [{ ...common, kind: 'rate' as const }] : [], ...publish ? [{ ...common, kind: 'publish' as const }] : [], ...share ? [{ ...common, kind: 'share' as const, bank: staff.bank }] : []];
  }));
  return wishes.length === 0 ? 0 : giveMany(story.office, actor, wishes);
}
