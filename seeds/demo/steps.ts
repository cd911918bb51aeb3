import { excuse } from '../../src/rounds/excuse.ts';
import type { Excuse } from '../../src/households/excuse.ts';
import { newId } from '../../src/kit/id.ts';
import { addDays, type Day } from '../../src/kit/time.ts';
import { endNotice } from '../../src/notices/end.ts';
import type { NoticeStage } from '../../src/notices/notice.ts';
import { postNotice } from '../../src/notices/post.ts';
import { docketOf } from '../../src/panels/docket.ts';
import { passCases } from '../../src/panels/pass.ts';
import type { Stage } from '../../src/panels/stage.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { recordTotals } from '../../src/observations/totals.ts';
import type { Bulk } from '../../src/observations/prepared.ts';
import type { Round } from '../../src/rounds/round.ts';
import type { WrittenFact } from '../../src/standards/standard.ts';
import type { BankTotals, Participation } from './township.ts';
import type { Home, SettledVillage } from './settle.ts';
import type { Staff } from './staff.ts';
import type { Story } from './story.ts';

/** What bank and bureau supply; everything else is asked at the door or known in the village. */
const supplied: ReadonlySet<string> = new Set(['loanPerformance', 'guarantees', 'taxes', 'judgmentDefaulter']);

export type Year = 'lastYear' | 'thisYear';
export interface Walk { readonly story: Story; readonly staff: Staff; readonly round: Round; readonly year: Year }

const excuses: Readonly<Record<Exclude<Participation, 'takes-part'>, Excuse>> = { 'declined': 'declined', 'absent': 'absent', 'moved-away': 'moved', 'guardianship': 'guardianship', 'deceased': 'deceased' };

const login = (logins: ReadonlyMap<number, string>, place: number): string => {
  const found = logins.get(place);
  if (found === undefined) throw new Error(`nobody has a post at place ${place}`);
  return found;
};
export const committeeOf = ({ story, staff }: Pick<Walk, 'story' | 'staff'>, village: SettledVillage) => story.as(login(staff.committee, village.place.no));

/** 未参评: registered by the village, each reason at once. */
export async function excuseSome(walk: Walk, village: SettledVillage, homes: readonly Home[]): Promise<void> {
  const actor = await committeeOf(walk, village);
  for (const [participation, reason] of Object.entries(excuses) as [Participation, Excuse][]) {
    const some = homes.filter(home => home.from.participation === participation).map(home => home.id);
    if (some.length > 0) await excuse(walk.story.office, actor, { round: walk.round.no, households: some, reason });
  }
}

/** The files of bank and bureau for one village: a value for each household that takes part, and the bank's sums for the whole village. */
export async function loadSupplied(walk: Walk, village: SettledVillage, homes: readonly Home[]): Promise<void> {
  const { story, round, year } = walk;
  const actor = await story.as('weiyuan');
  const list = homes.filter(home => home.from.consents.rate).map((home): Bulk => ({ subject: home.no, values: only(home, year, key => supplied.has(key)) }));
  if (list.length > 0) await recordMany(story.office, actor, list, { round: round.no, source: 'bank', batch: newId() });
  const totals: BankTotals = village.from.bank[year];
  await recordTotals(story.office, actor, { id: newId(), round: round.no, place: village.place.no, values: { ...totals } });
}

/** Door to door: each worker the own grid, signed on paper. `part` says how many of a hundred homes were visited whole; a few more are left half done. */
export async function visit(walk: Walk, village: SettledVillage, homes: readonly Home[], part = 100): Promise<void> {
  const { story, staff, round, year } = walk;
  for (const grid of village.grids) {
    const own = homes.filter(home => home.gridNo === grid.place.no && home.from.consents.rate);
    const whole = Math.round(own.length * part / 100);
    if (own.length === 0) continue;
    const actor = await story.as(login(staff.workers, grid.place.no));
    const given = { round: round.no, source: 'grid' as const, power: 'observation.record' as const };
    const asked = (home: Home): Bulk => ({ subject: home.no, values: only(home, year, key => !supplied.has(key)), events: eventsUntil(home, year, story.day()) });
    if (whole > 0) await recordMany(story.office, actor, own.slice(0, whole).map(asked), { ...given, batch: newId(), signed: { how: 'paper', reason: '' } });
    // Left for another day: the first answers only, nothing signed.
    const half = own.slice(whole, whole + Math.ceil((own.length - whole) / 8)).map((home): Bulk => ({ subject: home.no, values: only(home, year, key => key === 'villageContracts' || key === 'memberCount' || key === 'labourCount') }));
    if (half.length > 0 && part > 0) await recordMany(story.office, actor, half, { ...given, batch: newId() });
  }
}

const only = (home: Home, year: Year, wanted: (key: string) => boolean): Record<string, WrittenFact> =>
  Object.fromEntries(Object.entries(home.from[year].facts).filter(([key, fact]) => wanted(key) && !(typeof fact === 'object' && fact.missing === 'notAsked')));

const eventsUntil = (home: Home, year: Year, day: Day) => home.from[year].events.filter(event => event.on <= day).map(event => ({
  id: newId(), indicator: event.indicator, option: event.item, day: event.on, note: '',
  ...event.indicator === 'conduct' ? { span: { from: addDays(event.on, 14) } } : {},   // The person was told on paper at the time.
  ...event.amount === undefined ? {} : { amount: event.amount },
}));

/** Rates a village, or the whole round. */
export async function rate({ story, round }: Walk, village?: SettledVillage): Promise<void> {
  await rateRound(story.office, await story.as('weiyuan'), { round: round.no, ...village === undefined ? {} : { scope: village.place.path } });
}

/** A sitting that looks at every household that stands alone and passes all it may; `most` leaves some for later. */
export async function sit({ story, round, staff }: Walk, village: SettledVillage, stage: Stage, most = Number.MAX_SAFE_INTEGER): Promise<number> {
  const actor = await story.as(stage === 'village' ? login(staff.committee, village.place.no) : stage === 'township' ? 'weiyuan' : 'zhuren');
  const docket = await docketOf(story.office.read, { round, village: village.place, stage });
  const cases = [...docket.rest, ...docket.alone.filter(row => !row.blocked)].slice(0, most);
  if (cases.length === 0) return 0;
  return (await passCases(story.office, actor, { round, village: village.place, stage, cases })).count;
}

/** Hangs the notice of a stage; answers its id and the last day to object. */
export async function hang({ story, round, staff }: Walk, village: SettledVillage, stage: NoticeStage): Promise<{ readonly id: string; readonly until: Day }> {
  const actor = await story.as(stage === 'village' ? login(staff.committee, village.place.no) : 'weiyuan');
  const where = stage === 'village' ? `${village.place.name}公示栏` : `${village.place.name}公示栏、镇便民服务中心`;
  return postNotice(story.office, actor, { id: newId(), round, village: village.place, stage, where, phone: '0517-0000 1234' });
}

export async function takeDown({ story, staff }: Walk, village: SettledVillage, { id }: { readonly id: string }, stage: NoticeStage): Promise<number> {
  return endNotice(story.office, await story.as(stage === 'village' ? login(staff.committee, village.place.no) : 'weiyuan'), id);
}
