import type { Knex } from 'knex';
import { holds, may } from '../access/may.ts';
import type { Officer } from '../access/actor.ts';
import { placeSubject } from '../places/queries.ts';
import { formerList } from '../rounds/carry-items.ts';
import { isTakenDown } from '../rounds/settle-items.ts';
import { listInForce, villageLists, type VillageList } from '../standards/village-items.ts';
import { asOne, type Item } from './item.ts';
import type { VillageLine } from './queries.ts';

/** What 本村约定 ask: of the township's chair to decide what villages propose; of a committee to mend what came back, or to take over last round's, while nothing is taken down yet. */
export async function agreementsOf({ read, actor, lines }: { readonly read: Knex; readonly actor: Officer; readonly lines: readonly VillageLine[] }): Promise<readonly Item[]> {
  const [decides, settles] = [holds(actor, 'item.approve'), holds(actor, 'item.settle')];
  if (!decides && !settles) return [];
  const lists = new Map<string, readonly VillageList[]>();
  for (const round of new Set(lines.map(line => line.round))) for (const [village, own] of Map.groupBy(await villageLists(read, { round }), list => list.village)) lists.set(`${round} ${village}`, own);
  const found = await Promise.all(lines.map(async (line): Promise<readonly Item[]> => {
    const own = lists.get(`${line.round} ${line.no}`) ?? [];
    const village = placeSubject(line);
    return [...decides && may(actor, 'item.approve', village) === true ? proposed(line, own) : [], ...settles && may(actor, 'item.settle', village) === true ? await ofVillage(read, line, own) : []];
  }));
  return asOne(found.flat(), item => item.icon === 'half', count => ({ title: `${count} 个村报来本村约定`, says: '有的要您同意才算数', href: `/rounds/${lines[0]?.roundId ?? ''}/items` }));
}

const hrefOf = (line: VillageLine): string => `/rounds/${line.roundId}/items/${line.id}`;
const countOf = (list: Pick<VillageList, 'items'>): number => list.items.reduce((sum, each) => sum + each.items.length, 0);

function proposed(line: VillageLine, lists: readonly VillageList[]): readonly Item[] {
  const last = lists.at(-1);
  return last?.step !== 'proposed' ? [] : [{ icon: 'half', kind: 'moving', title: `${line.name}报来 ${countOf(last)} 项本村约定`, says: '您同意了才算数，采集开始以前定好', href: hrefOf(line), due: line.collectUntil }];
}

/** Nothing more can be set once something is taken down, so nothing more is asked. */
async function ofVillage(read: Knex, line: VillageLine, lists: readonly VillageList[]): Promise<readonly Item[]> {
  const last = lists.at(-1);
  if (last !== undefined && last.step !== 'returned') return [];
  const former = last === undefined ? await formerList(read, { previous_no: line.previous, household_standard: line.standard }, line.no) : undefined;
  const carried = countOf({ items: former?.fits ?? [] });
  if (last === undefined && carried === 0 || await isTakenDown(read, line.round, line.no)) return [];
  if (last !== undefined) return [{ icon: 'undo', kind: 'care', title: `${line.name}的本村约定，镇里退回来了`, says: `${last.reason}${listInForce(lists) === undefined ? '' : '；改好以前，照原来的算'}`, href: hrefOf(line) }];
  return [{ icon: 'list', kind: '', title: `${line.name}上一轮有 ${carried} 项本村约定，还这样约定吗`, says: '上一轮的到期了；要接着约定，报镇里同意', href: hrefOf(line) }];
}
