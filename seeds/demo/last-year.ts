import { calendarNow } from '../../src/calendar/queries.ts';
import { lastDayOfNotice } from '../../src/kit/calendar.ts';
import { addDays, type Day } from '../../src/kit/time.ts';
import { rollUp } from '../../src/ratings/rollup.ts';
import { publish } from '../../src/rolls/publish.ts';
import { close } from '../../src/rounds/close.ts';
import { takeStep } from '../../src/titles/decide.ts';
import { titleOf } from '../../src/titles/queries.ts';
import type { TitleStep } from '../../src/titles/title.ts';
import type { Place } from '../../src/places/place.ts';
import type { Home, Settled, SettledVillage } from './settle.ts';
import { committeeOf, excuseSome, hang, loadSupplied, rate, sit, takeDown, visit, type Walk } from './steps.ts';

/** Last year's round from the first visit to the published roll: everything went its way. Begins on the story's day. */
export async function walkLastYear(walk: Walk, { township, villages }: Settled, homes: ReadonlyMap<number, readonly Home[]>, say: (line: string) => void): Promise<void> {
  const { story, round } = walk;
  const of = (village: SettledVillage): readonly Home[] => homes.get(village.place.no) ?? [];
  for (const village of villages) {
    await excuseSome(walk, village, of(village));
    await loadSupplied(walk, village, of(village));
    await visit(walk, village, of(village));
  }
  say('  去年：采集好了');
  story.goTo(addDays(story.day(), 6));
  await rate(walk);
  for (const village of villages) await sit(walk, village, 'village');
  await noticed(walk, villages, 'village');
  for (const village of villages) await sit(walk, village, 'township');
  await noticed(walk, villages, 'township');
  for (const village of villages) await sit(walk, village, 'approval');
  story.goTo(addDays(story.day(), 1));
  const finals = [];
  for (const village of villages) finals.push({ village, notice: await hang(walk, village, 'final') });
  say('  去年：两次公示期满，已批准');
  await nameTitles(walk, { township, villages });
  story.goTo(addDays(story.day(), 2));
  const chair = await story.as('zhuren');
  const { named, unnamed } = await publish(story.office, chair, { round, place: township });
  story.goTo(addDays(finals.reduce<Day>((last, { notice }) => notice.until > last ? notice.until : last, story.day()), 1));
  for (const { village, notice } of finals) await takeDown(walk, village, notice, 'final');
  await close(story.office, await story.as('zhuren'), round.no);
  say(`  去年：光荣榜发布，列名 ${named} 户（村），没有列名的 ${unnamed} 户`);
}

async function noticed(walk: Walk, villages: readonly SettledVillage[], stage: 'village' | 'township'): Promise<void> {
  const hung = [];
  for (const village of villages) hung.push({ village, notice: await hang(walk, village, stage) });
  walk.story.goTo(addDays(hung.reduce<Day>((last, { notice }) => notice.until > last ? notice.until : last, walk.story.day()), 1));
  for (const { village, notice } of hung) await takeDown(walk, village, notice, stage);
}

/** Villages whose shares suffice are applied for, reviewed and named; then the township itself. */
async function nameTitles(walk: Walk, { township, villages }: Settled): Promise<void> {
  const { story, round } = walk;
  await rollUp(story.office, await story.as('weiyuan'), { round: round.no });
  const met = [];
  for (const village of villages) if ((await titleOf(story.office.read, round.no, village.place.no)).credit === 1) met.push(village);
  for (const village of met) {
    await step(walk, village.place, 'apply', (await committeeOf(walk, village)));
    await step(walk, village.place, 'review', await story.as('weiyuan'));
  }
  await hungOut(walk);
  for (const village of met) await step(walk, village.place, 'approve', await story.as('zuzhang'));
  await rollUp(story.office, await story.as('weiyuan'), { round: round.no });
  if ((await titleOf(story.office.read, round.no, township.no)).credit !== 1) return;
  await step(walk, township, 'apply', await story.as('zhuren'));
  await step(walk, township, 'review', await story.as('xiaozu'));
  await hungOut(walk);
  await step(walk, township, 'approve', await story.as('zuzhang'));
}

/** Titles hang from their review on; they are named on the day after the last. */
async function hungOut({ story, round }: Walk): Promise<void> {
  story.goTo(addDays(lastDayOfNotice(story.day(), round.township_days, await calendarNow(story.office.read)), 1));
}

async function step({ story, round }: Walk, place: Place, what: TitleStep, actor: Awaited<ReturnType<Walk['story']['as']>>): Promise<void> {
  const { mark_seq } = await titleOf(story.office.read, round.no, place.no);
  await takeStep(story.office, actor, { round, place, step: what, mark_seq });
}
