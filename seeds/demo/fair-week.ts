import { consentsOf, mayRate } from '../../src/consents/queries.ts';
import { newId } from '../../src/kit/id.ts';
import { addDays, type Day } from '../../src/kit/time.ts';
import { cureEvent } from '../../src/observations/cure.ts';
import type { Span } from '../../src/observations/span.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { signPledge } from '../../src/pledges/sign.ts';
import { reportPledge } from '../../src/pledges/report.ts';
import { acceptRepair } from '../../src/repairs/accept.ts';
import { applyForRepair } from '../../src/repairs/apply.ts';
import { decideRepair } from '../../src/repairs/decide.ts';
import { keepStateItem } from '../../src/repairs/see-state.ts';
import { answerRight } from '../../src/rights/answer.ts';
import { openRight, type Opening } from '../../src/rights/open.ts';
import { confirmEvent } from '../../src/tellings/confirm.ts';
import { giveStatement } from '../../src/statements/give.ts';
import { tellPerson } from '../../src/tellings/tell.ts';
import type { Settled, SettledVillage } from './settle.ts';
import type { Agenda } from './story.ts';
import type { Walk } from './steps.ts';

/** A grey card: stands for every photo of the demonstration. */
export const card = { bytes: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAPAAAACgCAIAAAC9uXYyAAABRUlEQVR42u3SMQ0AAAgEsfevi4EBUahgIU2q4HKpaXgjEmBoMDQYGgyNocHQYGgwNBgaQ4OhwdBgaDA0hgZDg6HB0GBoDA2GBkODocHQGBoMDYYGQ4OhMTQYGgwNhgZDY2gwNBgaDI2hwdBgaDA0GBpDg6HB0GBoMDSGBkODocHQYGgMDYYGQ4OhwdAYGgwNhgZDg6ExNBgaDA2GBkNjaDA0GBoMDYbG0GBoMDQYGkODocHQYGgwNIYGQ4OhwdBgaAwNhgZDg6HB0BgaDA2GBkODoTE0GBoMDYYGQ2NoMDQYGgwNhsbQYGgwNBgaQ6uAocHQYGgwNIYGQ4OhwdBgaAwNhgZDg6HB0BgaDA2GBkODoTE0GBoMDYYGQ2NoMDQYGgwNhsbQYGgwNBgaDI2hwdBgaDA0hgZDg6HB0GBoDA2GBkPDjQXF8qSSTFS2iQAAAABJRU5ErkJggg==', 'base64') };

interface Home { readonly id: string; readonly no: number; readonly head: string }
interface Thing { readonly home: Home; readonly event: string; readonly round: number }

/** What takes points on its way, repairs on theirs, and pledges: one of each kind in the village that everybody looks at first. */
export function fairWeek(walk: Walk, { villages }: Settled, agenda: Agenda, today: Day): void {
  const [village] = villages;
  if (village === undefined) return;
  const things: Thing[] = [];
  const on = (days: number, run: (things: readonly Thing[]) => Promise<void>): void => { agenda.on(addDays(today, -days), () => run(things)); };
  on(4, async () => { things.push(...await writeDown(walk, village, today)); });
  on(3, ([, second, third]) => confirmAndTell(walk, [second, third]));
  on(2, things => askForRepair(walk, things.slice(3)));
  on(1, ([first, , , , granted]) => promise(walk, first ?? granted));
  on(1, things => comeToTheDesk(walk, things.map(thing => thing.home)));
}

/** Three that nobody was told of yet, and three of spring that were put right. */
async function writeDown({ story, round }: Walk, village: SettledVillage, today: Day): Promise<readonly Thing[]> {
  const told: readonly { readonly option: string; readonly note: string; readonly days: number; readonly span?: Span }[] = [
    { option: 'litter', note: '装修垃圾倒在村东头沟边', days: 6 }, { option: 'roadBlock', note: '在村道上堆木料，会车过不去', days: 8 }, { option: 'litter', note: '烂菜叶倒在公共垃圾池外面', days: 9 },
    ...['堆的砖占了半边路', '门前晒粮占了村道', '砂石堆在路口'].map(note => ({ option: 'roadBlock', note, days: 150, span: { from: addDays(today, -136) } })),
  ];
  const homes = await homesIn({ story, round }, village, told.length);
  const [worker, committee] = [await story.as('wangge'), await story.as('cun')];
  const things: Thing[] = [];
  for (const [at, home] of homes.entries()) {
    const { option = '', note = '', days = 0, span } = told[at] ?? {};
    const event = newId();
    // The first grid's own worker writes down the first; the rest the village.
    const isOwn = at < 2 && home.grid === village.grids[0]?.place.no;
    await recordSheet(story.office, isOwn ? worker : committee, {
      id: newId(), round: round.no, household: home.id, base_seq: 0, source: isOwn ? 'grid' : 'village', events: [{ id: event, indicator: 'conduct', option, day: addDays(today, -days), note, ...span === undefined ? {} : { span } }], photos: [{ about: event, source: card }],
    });
    if (span !== undefined) await cureEvent(story.office, committee, { id: newId(), round: round.no, household: home.id, event, on: addDays(today, -20), note: '自己清走了，路通了', photos: [card], source: 'village' });
    things.push({ home, event, round: round.no });
  }
  return things;
}

async function homesIn({ story, round }: Pick<Walk, 'story' | 'round'>, village: SettledVillage, most: number): Promise<readonly (Home & { readonly grid: number | null })[]> {
  const rows: { id: string; no: number; grid: number | null; head: string }[] = await story.office.read('cases').join('households', 'households.no', 'cases.subject').join('members', 'members.household', 'households.id')
    .where({ 'cases.round': round.no, 'cases.village': village.place.no, 'cases.standing': 'open', 'members.relation': 'head' }).whereNull('members.left_on').orderBy('cases.grid').orderBy('cases.subject').select('households.id', 'households.no', 'cases.grid', 'members.id as head');
  const rated = await mayRate(story.office.read, rows.map(row => row.no), story.day());
  return rows.filter(row => rated.has(row.no)).slice(0, most);
}

async function confirmAndTell({ story }: Walk, [second, third]: readonly (Thing | undefined)[]): Promise<void> {
  const member = await story.as('weiyuan');
  for (const thing of [second, third]) if (thing !== undefined) await confirmEvent(story.office, member, { round: thing.round, household: thing.home.id, event: thing.event, holds: true, words: '到现场看过，和照片一样', photos: [] });
  if (third === undefined) return;
  const about = { round: third.round, household: third.home.id, event: third.event };
  const committee = await story.as('cun');
  await tellPerson(story.office, committee, { ...about, on: story.day(), how: 'handed', words: '户主本人' });
  await giveStatement(story.office, committee, { id: newId(), round: about.round, household: about.household, about: `event:${about.event}`, words: '那天垃圾池满了，倒在了外面，第二天就铲进去了。' });
}

/** One may be asked for still; one waits to be taken up; one was granted, and its two papers wait to be handed over. */
async function askForRepair({ story }: Walk, [, asked, granted]: readonly Thing[]): Promise<void> {
  const [hall, chair] = [await story.as('chuangkou'), await story.as('zhuren')];
  for (const thing of [asked, granted]) {
    if (thing === undefined) continue;
    const id = newId();
    await applyForRepair(story.office, hall, { id, round: thing.round, household: thing.home.id, event: thing.event, member: thing.home.head, words: '路上的东西早清走了，以后不再占路，请给修复。', how: 'paper', signature: card });
    if (thing !== granted) continue;
    await acceptRepair(story.office, chair, { id, isWhole: true, words: '' });
    await decideRepair(story.office, chair, { id, grants: true, words: '到路口看过，路是通的，改正有照片，承诺签了字。' });
    await keepStateItem(story.office, hall, { household: thing.home.id, member: thing.home.head, platform: 'creditchina', standing: 'none', seenOn: story.day() });
  }
}

/** Pledges: two shown in public, one that is reported as not kept and waits for other eyes. */
async function promise({ story, round }: Walk, thing: Thing | undefined): Promise<void> {
  const [hall, committee] = [await story.as('chuangkou'), await story.as('cun')];
  const rows: { household: string; member: string }[] = await story.office.read('consents').join('members', 'members.id', 'consents.member').join('households', 'households.id', 'consents.household').join('cases', 'cases.subject', 'households.no')
    .where({ 'cases.round': round.no, 'consents.kind': 'publish', 'members.relation': 'head' }).orderBy('cases.village').orderBy('cases.subject').limit(12).select('consents.household', 'consents.member');
  const signed = (one: { readonly household: string; readonly member: string }, purpose: 'customs' | 'yard' | 'rating', open: boolean) => ({ id: newId(), ...one, purpose, signedOn: addDays(story.day(), -30), how: 'paper' as const, open, evidence: card });
  let shown = 0;
  for (const one of new Map(rows.filter(row => row.household !== thing?.home.id).map(row => [row.member, row])).values()) {
    const isNamed = (await consentsOf(story.office.read, [one.household])).some(consent => consent.member === one.member && consent.kind === 'publish' && consent.withdrawn_on === null);
    if (!isNamed || shown >= 3) continue;
    await signPledge(story.office, hall, signed(one, shown++ === 1 ? 'yard' : 'customs', true));
  }
  if (thing === undefined) return;
  const word = signed({ household: thing.home.id, member: thing.home.head }, 'customs', false);
  await signPledge(story.office, hall, word);
  await reportPledge(story.office, committee, { pledge: word.id, outcome: 'broken', words: '娶亲摆了四十多桌，超出理事会商量的数', evidence: card });
}

/** At the rights desk: one report was opened, one correction waits, one question is answered and waits to be handed over. */
async function comeToTheDesk({ story, round }: Walk, [first, second, third]: readonly Home[]): Promise<void> {
  const [hall, member] = [await story.as('chuangkou'), await story.as('weiyuan')];
  const ask = async (home: Home | undefined, own: Pick<Opening, 'kind' | 'about' | 'words'>): Promise<string> => {
    const id = newId();
    if (home !== undefined) await openRight(story.office, hall, { id, household: home.id, member: home.head, identified: 'card', ...own });
    return id;
  };
  await ask(first, { kind: 'report' });
  await ask(second, { kind: 'correct', words: '我家住址写错了，去年翻盖后搬到了路南。' });
  const why = await ask(third, { kind: 'explain', about: round.id, words: '占路的事已经改了，今年还减不减分？' });
  if (third !== undefined) await answerRight(story.office, member, { id: why, outcome: 'granted', words: '这件事改正了、有照片，申请修复同意以后就不再减。没同意以前照标准减，到期自己停。' });
}
