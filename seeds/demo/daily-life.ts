import { lookUp, type Purpose } from '../../src/coop/lookup.ts';
import { newId } from '../../src/kit/id.ts';
import { addDays, type Day } from '../../src/kit/time.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { takeLeave } from '../../src/people/leave.ts';
import type { Home, Settled } from './settle.ts';
import type { Story } from './story.ts';

/** What goes on beside the round: something is broken and waits to be mended, the bank looks at households that agreed, a grid worker is on leave and a colleague stands in. */
export async function dailyLife(story: Story, { villages }: Settled, homes: ReadonlyMap<number, readonly Home[]>, today: Day): Promise<void> {
  story.goTo(addDays(today, -1));
  await breakLamp(story, villages[0]?.place.no ?? 0, today);
  const bank = await story.as('nongshang');
  const purposes: readonly Purpose[] = ['beforeLoan', 'wholeVillage', 'renewal'];
  for (const [at, village] of villages.slice(-5).entries()) {
    const shared = (homes.get(village.place.no) ?? []).find(home => home.from.consents.share);
    if (shared !== undefined) await lookUp(story.office, bank, { household: shared.id, purpose: purposes[at % purposes.length] ?? 'beforeLoan' });
  }
  const [, absent, standIn] = [...villages[0]?.grids ?? []].map((_, at) => at === 0 ? 'wangge' : `wg01${String(at + 1).padStart(2, '0')}`);
  if (absent === undefined || standIn === undefined) return;
  const [away, other] = [await story.as(absent), await story.as(standIn)];
  await takeLeave(story.office, await story.as('cun'), { officer: away.id, standIn: other.id, from: addDays(today, -1), to: addDays(today, 5), reason: '外出培训' });
}

/** One thing that takes points until it is put right, in the village that everybody looks at first. */
async function breakLamp(story: Story, village: number, today: Day): Promise<void> {
  const found: { subject: number; round: number } | undefined = await story.office.read('cases').join('rounds', 'rounds.no', 'cases.round').join('households', 'households.no', 'cases.subject')
    .where({ 'cases.village': village, 'cases.standing': 'collected' }).whereNull('rounds.closed_on').orderBy('cases.subject', 'desc').first('cases.subject', 'cases.round');
  if (found === undefined) return;
  const event = { id: newId(), indicator: 'conduct', option: 'publicDamage', day: addDays(today, -20), note: '倒车撞歪了村口的路灯，还没修好', span: { from: addDays(today, -9) } };
  await recordMany(story.office, await story.as('cun'), [{ subject: found.subject, values: {}, events: [event] }], { round: found.round, source: 'village', batch: newId(), power: 'observation.record' });
}
