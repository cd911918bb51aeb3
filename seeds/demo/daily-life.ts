import { lookUp, type Purpose } from '../../src/coop/lookup.ts';
import { addDays, type Day } from '../../src/kit/time.ts';
import { takeLeave } from '../../src/people/leave.ts';
import type { Home, Settled } from './settle.ts';
import type { Story } from './story.ts';

/** What goes on beside the round: the bank looks at households that agreed, a grid worker is on leave and a colleague stands in. */
export async function dailyLife(story: Story, { villages }: Settled, homes: ReadonlyMap<number, readonly Home[]>, today: Day): Promise<void> {
  story.goTo(addDays(today, -1));
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
