import { newId } from '../../src/kit/id.ts';
import { addDays } from '../../src/kit/time.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { approveItems } from '../../src/rounds/decide-items.ts';
import { itemOf, withItem, type ItemValues } from '../../src/rounds/item-form.ts';
import type { Round } from '../../src/rounds/round.ts';
import { settleItems } from '../../src/rounds/settle-items.ts';
import type { LocalItems } from '../../src/standards/local-items.ts';
import type { Settled, SettledVillage } from './settle.ts';
import type { Staff } from './staff.ts';
import { committeeOf, type Walk } from './steps.ts';
import type { Story } from './story.ts';

const common = { perYear: undefined, lifeMonths: 12, legalBasis: undefined };
const ditches: ItemValues = { ...common, way: 'publicSpirit+', label: '参加村里清沟渠', points: '2', proof: '当天有照片，组长签字' };

/** Two villages add something of their own before anybody goes from door to door; what one of them wants is large, so the township is asked. */
export async function setOwnItems(story: Story, { villages }: Settled, staff: Staff, round: Round): Promise<void> {
  const wishes: readonly (readonly ItemValues[])[] = [
    [ditches, { ...common, way: 'conduct-', label: '夜里十点以后放高音喇叭', points: '1', proof: '村规民约第六条，两户以上证明', legalBasis: 'village-27' }],
    [{ ...common, way: 'publicSpirit+', label: '农忙时帮缺劳力的户收割', points: '3', proof: '受帮的户签字' }],
  ];
  for (const [at, values] of wishes.entries()) {
    const village = villages[at];
    if (village === undefined) continue;
    const given = { round: round.no, village: village.place.no };
    const items = values.reduce<readonly LocalItems[]>((list, each) => withItem(list, itemOf(each)), []);
    if (await settleItems(story.office, await story.as(staff.committee.get(village.place.no) ?? ''), { ...given, seen: 0, items }) === 'proposed') await approveItems(story.office, await story.as('zhuren'), { ...given, seen: 1 });
  }
}

/** Somebody did what the first village agreed upon, and it is told on the result. */
export async function clearDitch(walk: Walk, village: SettledVillage): Promise<void> {
  const { story, round } = walk;
  const { read } = story.office;
  const found: { id: string; no: number } | undefined = await read('cases as c').join('households as h', 'h.no', 'c.subject').where({ 'c.round': round.no, 'c.village': village.place.no, 'c.standing': 'collected' }).orderBy('c.subject').first('h.id', 'h.no');
  if (found === undefined) return;
  const last: { seq: number } | undefined = await read('sheets').where({ round: round.no, subject: found.no }).orderBy('seq', 'desc').first('seq');
  const { indicator, item } = itemOf(ditches);
  const event = { id: newId(), indicator, option: item.key, day: addDays(story.day(), -3), note: '清了村东头的水沟' };
  await recordSheet(story.office, await committeeOf(walk, village), { id: newId(), round: round.no, household: found.id, base_seq: last?.seq ?? 0, source: 'village', events: [event] });
}
