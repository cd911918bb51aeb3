import { openCheck } from '../../src/awards/check.ts';
import { invite } from '../../src/awards/hear.ts';
import { stepPlaque } from '../../src/awards/plaque.ts';
import { propose } from '../../src/awards/propose.ts';
import { reckonHouseholds } from '../../src/awards/reckon.ts';
import { newId } from '../../src/kit/id.ts';
import { addDays, addMonths, type Day } from '../../src/kit/time.ts';
import type { EventEntry } from '../../src/observations/observation.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { card } from './fair-week.ts';
import type { Settled } from './settle.ts';
import type { Walk } from './steps.ts';

/** After the award: last year's plaques hang, this year's annual check is open, one household rises by what it did since, and one is to be heard before it falls. */
export async function afterAward({ story, round, staff }: Walk, { township, villages }: Settled, today: Day): Promise<void> {
  const { office } = story;
  const [chair, member] = [await story.as('zhuren'), await story.as('weiyuan')];
  const titles: { no: string; issued_on: string }[] = await office.read('certificates').join('subjects', 'subjects.no', 'certificates.subject').whereIn('subjects.kind', ['village', 'township']).whereNull('certificates.revoked_on').whereNot('certificates.round', round.no).orderBy('certificates.no').limit(3).select('certificates.no', 'certificates.issued_on');
  for (const title of titles.slice(0, 2)) await stepPlaque(office, member, { no: title.no, step: 'hung', on: addDays(title.issued_on, 7), words: '村部门口，镇里和农商行一起授的牌' });
  const published: { village: number }[] = await office.read('cases').join('subjects', 'subjects.no', 'cases.subject').where({ 'cases.round': round.no, 'cases.standing': 'published', 'subjects.kind': 'household' }).distinct('cases.village').orderBy('cases.village');
  const village = villages.find(one => one.place.no === published[0]?.village);
  if (village === undefined) return;
  const annual = await openCheck(office, chair, { round: round.no, place: township.no, until: addDays(today, 45), valid_until: addMonths((await roundByNo(office.read, round.no)).valid_until, 12) });
  const committee = await story.as(staff.committee.get(village.place.no) ?? '');
  const look = async () => reckonHouseholds({ read: office.read, dialect: office.store.dialect }, await roundByNo(office.read, round.no), village.place, story.day());
  const free = (await look()).filter(each => each.held === 0 && each.outcome === 'keep');
  const deed = async (household: string, event: Omit<EventEntry, 'id' | 'indicator'>, indicator = 'publicSpirit') => {
    const id = newId();
    await recordSheet(office, committee, { id: newId(), round: round.no, household, base_seq: 99, source: 'village', events: [{ id, indicator, ...event }], photos: [{ about: id, source: card }] });
  };
  // Who stands just below the next grade, and who stands just above the one below.
  for (const one of free.filter(each => each.score.points % 1000 >= 600).slice(0, 3)) {
    await deed(one.id, { option: 'rescue', day: addDays(today, -2), note: '夜里救了落水的邻居' });
    await deed(one.id, { option: 'neighbourHelp', day: addDays(today, -2), note: '帮隔壁老人收了两亩麦' });
  }
  const edge = free.find(each => each.score.points % 1000 < 200);
  if (edge !== undefined) await deed(edge.id, { option: 'villageRules', day: addDays(today, -30), note: '红白事办席超了约定的桌数，劝了没有改', span: { from: addDays(today, -18) } }, 'conduct');
  if (edge !== undefined) await deed(edge.id, { option: 'villageRules', day: addDays(today, -29), note: '约定的禁放日放了烟花', span: { from: addDays(today, -18) } }, 'conduct');
  const now = await look();
  const risen = now.find(one => one.outcome === 'raise' && one.held === 0);
  if (risen !== undefined) await propose(office, committee, { round: round.no, annual, target: risen.id, seen: 'raise', words: '救人、帮邻居，记录都在' });
  // Titles are looked at by the township that reviewed them: none of this round is named yet.
  const fallen = now.find(one => one.outcome === 'lower' || one.outcome === 'cancel');
  if (fallen?.outcome === undefined) return;
  const id = await propose(office, committee, { round: round.no, target: fallen.id, seen: fallen.outcome, words: '新记的减分的事，已经核实、告知，标准里都有' });
  await invite(office, await story.as('chuangkou'), { id, on: story.day(), words: '户主本人' });
}
