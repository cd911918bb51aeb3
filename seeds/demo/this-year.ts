import { anyone } from '../../src/access/actor.ts';
import { withdraw } from '../../src/consents/withdraw.ts';
import { newId } from '../../src/kit/id.ts';
import { addDays, type Day } from '../../src/kit/time.ts';
import { answerObjection } from '../../src/objections/answer.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { missVisit } from '../../src/observations/miss.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { giveStatement } from '../../src/statements/give.ts';
import { docketOf } from '../../src/panels/docket.ts';
import { returnCases } from '../../src/panels/return.ts';
import { adjust } from '../../src/ratings/adjust.ts';
import { rollUp } from '../../src/ratings/rollup.ts';
import { declare } from '../../src/recusals/declare.ts';
import { publish } from '../../src/rolls/publish.ts';
import { takeStep } from '../../src/titles/decide.ts';
import { titleOf } from '../../src/titles/queries.ts';
import { meet } from './committee.ts';
import { fairWatch } from './fair-watch.ts';
import { fairWeek } from './fair-week.ts';
import { clearDitch } from './own-items.ts';
import type { Home, Settled, SettledVillage } from './settle.ts';
import { Agenda } from './story.ts';
import { committeeOf, excuseSome, hang, loadSupplied, rate, sit, takeDown, visit, type Walk } from './steps.ts';

/** How far a village has come on the day the demonstration is filled. */
type Reached = 'mixed' | 'not-begun' | 'collecting' | 'collected' | 'rated' | 'preliminary' | 'village-notice' | 'village-noticed' | 'reviewing' | 'reviewed' | 'township-notice' | 'township-noticed' | 'approved' | 'published';

const reached: readonly Reached[] = [
  'mixed', 'collecting', 'collecting', 'collecting', 'not-begun', 'rated', 'rated', 'preliminary', 'village-notice', 'village-notice', 'village-noticed', 'reviewing', 'reviewed',
  'township-notice', 'township-notice', 'township-noticed', 'approved', 'published', 'published', 'published', 'collected', 'collecting',
];
/** Days before today on which the door-to-door visits were done; a notice takes about a week, more over a long holiday. */
const visitedBefore: Readonly<Record<Reached, number>> = {
  'not-begun': 0, 'mixed': 6, 'collecting': 4, 'collected': 3, 'rated': 6, 'preliminary': 7, 'village-notice': 6, 'village-noticed': 13, 'reviewing': 15, 'reviewed': 16,
  'township-notice': 14, 'township-noticed': 26, 'approved': 32, 'published': 58,
};
const stagesBefore: readonly Reached[] = ['village-notice', 'village-noticed', 'reviewing', 'reviewed', 'township-notice', 'township-noticed', 'approved', 'published'];
const isPast = (now: Reached, stage: Reached): boolean => stagesBefore.indexOf(now) > stagesBefore.indexOf(stage);

/** This year's round, under way: every village at another point of the way. Acts happen on the days before `today`. */
export async function walkThisYear(walk: Walk, settled: Settled, homes: ReadonlyMap<number, readonly Home[]>, today: Day): Promise<void> {
  const agenda = new Agenda(walk.story, today);
  const waits: { left: number } = { left: reached.slice(0, settled.villages.length).filter(one => one === 'published').length };
  for (const [at, village] of settled.villages.entries()) {
    const state = reached[at] ?? 'collecting';
    new VillageWalk({ walk, settled, village, homes: homes.get(village.place.no) ?? [], state, agenda, today, waits, at }).begin();
  }
  fairWeek(walk, settled, agenda, today);
  fairWatch(walk, settled, agenda, today);
  agenda.on(addDays(today, -2), () => changeMinds(walk, settled, homes));
  await agenda.play();
}

interface Way {
  readonly walk: Walk; readonly settled: Settled; readonly village: SettledVillage; readonly homes: readonly Home[]; readonly state: Reached;
  readonly agenda: Agenda; readonly today: Day; readonly waits: { left: number }; readonly at: number;
}

/** One village on its way; each step plans the next, and stops where the village has come to. */
class VillageWalk {
  readonly #way: Way;

  constructor(way: Way) { this.#way = way; }

  begin(): void {
    const { walk, village, homes, state, agenda, today, at } = this.#way;
    agenda.on(addDays(today, -Math.max(3, visitedBefore[state] + 2)), () => excuseSome(walk, village, homes));
    if (state === 'not-begun') return;
    agenda.on(addDays(today, -visitedBefore[state]), async () => {
      await loadSupplied(walk, village, homes);
      await visit(walk, village, homes, state === 'collecting' ? 25 + (at * 13) % 60 : state === 'mixed' ? 70 : 100);
      if (at === 0) await clearDitch(walk, village);
    });
    if (state === 'collecting' || state === 'collected') return;
    agenda.on(addDays(today, 1 - visitedBefore[state]), async () => {
      await rate(walk, village);
      if (state === 'mixed') { await disagree(walk, village, homes); await findNobody(walk, village); }
    });
    if (state === 'rated' || state === 'mixed') return;
    agenda.on(addDays(today, Math.min(-1, 2 - visitedBefore[state])), async () => {
      await sit(walk, village, 'village');
      if (state !== 'preliminary') await this.#villageNotice();
    });
  }

  async #villageNotice(): Promise<void> {
    const { walk, village, state, agenda, today } = this.#way;
    const notice = await hang(walk, village, 'village');
    if (state === 'village-notice') { agenda.on(addDays(today, -1), () => object(walk, village, notice.id, this.#way.at % 2 === 0)); return; }
    agenda.on(addDays(notice.until, 1), async () => {
      await takeDown(walk, village, notice, 'village');
      if (isPast(state, 'village-noticed')) await this.#review(); else await standAside(walk, village);
    });
  }

  async #review(): Promise<void> {
    const { walk, village, state, agenda } = this.#way;
    if (state === 'reviewing') { await sendBack(walk, village); await sit(walk, village, 'township', 40); return; }
    await adjustOne(walk, village);
    if (state === 'reviewed') await meet(walk, village); else await sit(walk, village, 'township');
    if (!isPast(state, 'reviewed')) return;
    const notice = await hang(walk, village, 'township');
    if (!isPast(state, 'township-notice')) return;
    agenda.on(addDays(notice.until, 1), async () => {
      await takeDown(walk, village, notice, 'township');
      if (isPast(state, 'township-noticed')) await this.#approve();
    });
  }

  async #approve(): Promise<void> {
    const { walk, village, settled, state, waits, agenda } = this.#way;
    await sit(walk, village, 'approval');
    if (state !== 'published') return;
    const notice = await hang(walk, village, 'final');
    agenda.on(addDays(notice.until, 1), async () => { await takeDown(walk, village, notice, 'final'); });
    if (--waits.left > 0) return;
    agenda.on(addDays(walk.story.day(), 1), async () => {
      await publish(walk.story.office, await walk.story.as('zhuren'), { round: walk.round, place: settled.township });
      await applyForTitles(walk, settled);
    });
  }
}

/** The committee found another number of workers than the grid worker: both stand until the village decides. */
async function disagree(walk: Walk, village: SettledVillage, homes: readonly Home[]): Promise<void> {
  const { story, round } = walk;
  const rows: { subject: number; standing: string }[] = await story.office.read('cases').where({ round: round.no, village: village.place.no }).whereIn('standing', ['rated']).select('subject', 'standing');
  const some = homes.filter(home => rows.some(row => row.subject === home.no)).slice(0, 2);
  const actor = await committeeOf(walk, village);
  for (const home of some) {
    const labour = home.from.thisYear.facts['labourCount'];
    const more = typeof labour === 'number' ? labour === 0 ? 1 : labour - 1 : 1;
    await recordSheet(story.office, actor, { id: newId(), round: round.no, household: home.id, base_seq: 1, values: { labourCount: more }, source: 'village' });
  }
}

/** The grid worker of the first grid stands before two locked doors; one of the next visits is settled. */
async function findNobody({ story, round }: Walk, village: SettledVillage): Promise<void> {
  const grid = village.grids[0]?.place.no ?? -1;
  const rows: { id: string }[] = await story.office.read('cases').join('households', 'households.no', 'cases.subject').where({ round: round.no, grid, standing: 'open' })
    .whereNotExists(story.office.read('sheets').whereRaw('sheets.round = cases.round and sheets.subject = cases.subject').where({ source: 'grid' }).select('subject')).orderBy('cases.subject', 'desc').limit(2).select('households.id');
  const worker = await story.as('wangge');
  for (const [at, { id: household }] of rows.entries()) await missVisit(story.office, worker, { id: newId(), round: round.no, household, day: story.day(), ...at === 0 ? { nextOn: addDays(story.day(), 6) } : {} });
}

/** Somebody objects during the village's notice; where `kept`, it was looked into and answered at once. */
async function object(walk: Walk, village: SettledVillage, notice: string, isOpen: boolean): Promise<void> {
  const { story, round } = walk;
  const lines: { subject: number }[] = await story.office.read('notice_entries').where({ notice }).whereNot({ shown: '' }).orderBy('seq').limit(2).select('subject');
  const [one, other] = lines;
  const lodge = async (subject: number, words: string): Promise<string> => {
    const id = newId();
    await lodgeObjection(story.office, anyone, { id, round: round.no, subject, notice, about: 'rating', words, name: undefined, contact: undefined, how: 'web' });
    return id;
  };
  if (isOpen) {
    if (one !== undefined) await lodge(one.subject, '他家今年清明前修路出了六小时工，好像没有记上，请核一下。');
    if (other !== undefined) await lodgeObjection(story.office, await story.as('chuangkou'), { id: newId(), round: round.no, subject: other.subject, notice: null, about: 'value:loanPerformance', words: '去年冬天的那笔早就还清了，请银行再对一下账。', name: undefined, contact: undefined, how: 'hall' });
    return;
  }
  if (other === undefined) return;
  const id = await lodge(other.subject, '这一户门前路上一直堆着建筑材料，请看看评得对不对。');
  await answerObjection(story.office, await committeeOf(walk, village), { id, outcome: 'kept', words: '材料九月已经清走，没有再堆。维持原来的结果。', check: { on: story.day(), looked: '到户门口和那一段路看了', asked: ['self', 'neighbour'], found: '路上没有堆东西，留着九月清运的收条' } });
  const home: { id: string } | undefined = await story.office.read('households').where({ no: other.subject }).first('id');
  if (home !== undefined) await giveStatement(story.office, await story.as('chuangkou'), { id: newId(), round: round.no, household: home.id, about: 'rating', words: '路上的料是邻居家盖房用的，我家门前一直是干净的。' });
}

/** A member of the township's committee is kin of one household that waits for review. */
async function standAside({ story, round }: Walk, village: SettledVillage): Promise<void> {
  const [row] = (await docketOf(story.office.read, { round, village: village.place, stage: 'township' })).rest;
  if (row !== undefined) await declare(story.office, await story.as('weiyuan'), { household: row.id, ground: 'kin' });
}

/** The township asks the village to look at two households again. */
async function sendBack({ story, round }: Walk, village: SettledVillage): Promise<void> {
  const docket = await docketOf(story.office.read, { round, village: village.place, stage: 'township' });
  const cases = [...docket.alone, ...docket.rest].filter(row => !row.blocked).slice(-2);
  if (cases.length > 0) await returnCases(story.office, await story.as('weiyuan'), { round, village: village.place, cases, reason: '劳力人数再核一次' });
}

async function adjustOne({ story, round }: Walk, village: SettledVillage): Promise<void> {
  const docket = await docketOf(story.office.read, { round, village: village.place, stage: 'township' });
  const row = docket.rest.find(each => docket.grades.rows[each.grade]?.code === 'A');
  if (row !== undefined) await adjust(story.office, await story.as('weiyuan'), { round: round.no, household: row.id, to: 'AA', reason: '带头平坟复垦、调解邻里，村里有记录，标准里没有对应的项', seen: row.revision });
}

/** Villages already on the roll apply; the township has looked at one of them. */
async function applyForTitles(walk: Walk, { villages }: Settled): Promise<void> {
  const { story, round } = walk;
  await rollUp(story.office, await story.as('weiyuan'), { round: round.no });
  let applied = 0;
  for (const village of villages) {
    const title = await titleOf(story.office.read, round.no, village.place.no);
    if (title.credit !== 1 || title.standing !== 'rated') continue;
    await takeStep(story.office, await committeeOf(walk, village), { round, place: village.place, step: 'apply', mark_seq: title.mark_seq });
    if (applied++ > 0) continue;
    await takeStep(story.office, await story.as('weiyuan'), { round, place: village.place, step: 'review', mark_seq: title.mark_seq + 1 });
  }
}

/** A few people change their minds: one no longer wants the name on the board, one no longer wants to be rated. */
async function changeMinds(walk: Walk, { villages }: Settled, homes: ReadonlyMap<number, readonly Home[]>): Promise<void> {
  for (const village of villages.slice(-4)) {
    const home = (homes.get(village.place.no) ?? []).find(each => each.from.consents.publish);
    if (home === undefined) continue;
    const row: { id: string } | undefined = await walk.story.office.read('consents').where({ household: home.id, kind: 'publish' }).first('id');
    if (row !== undefined) await withdraw(walk.story.office, await committeeOf(walk, village), { consent: row.id, how: 'said' });
  }
}
