import type { Day } from '../kit/time.ts';
import { monthDay } from '../deadlines/left.ts';
import { type Item } from './item.ts';
import type { HungNotice, VillageLine } from './queries.ts';

/** What the reader may do in a village; a page asks the table of powers, these rules ask the page. */
export interface Able {
  readonly record: boolean; readonly prelim: boolean; readonly run: boolean; readonly postVillage: boolean; readonly review: boolean; readonly postTownship: boolean; readonly approve: boolean; readonly publish: boolean;
}

/** What a village's households ask of the reader, the step nearest to the roll first. */
export function villageItems(line: VillageLine, able: Able, label: string): readonly Item[] {
  const { counts } = line;
  const count = (...standings: readonly (keyof VillageLine['counts'])[]): number => standings.reduce((sum, standing) => sum + (counts[standing] ?? 0), 0);
  const review = (stage: string): string => `/reviews/${line.roundId}/${line.id}/${stage}`;
  const posting = (stage: string): string => `/notices/new?round=${line.roundId}&place=${line.id}&stage=${stage}`;
  const held = line.held > 0 ? `，其中 ${line.held} 户有异议，核查完再定` : '';
  const all: readonly (Item & { readonly wanted: boolean; readonly n: number })[] = [
    { wanted: able.publish, n: count('approved'), icon: 'star', kind: '', title: `${label}可以上光荣榜`, says: `${count('approved')} 户已批准，发布前还可以撤回`, href: '/rolls' },
    { wanted: able.approve, n: count('township-noticed'), icon: 'half', kind: 'moving', title: `${label}等您批准`, says: `镇公示期满 ${count('township-noticed')} 户${held}`, href: review('approval') },
    { wanted: able.postTownship, n: count('reviewed'), icon: 'print', kind: '', title: `${label}镇公示，打印、盖章、张贴`, says: `${count('reviewed')} 户审核通过了，贴出来才开始算公示期`, href: posting('township') },
    { wanted: able.review, n: count('village-noticed'), icon: 'half', kind: 'moving', title: `${label}等镇里审核`, says: `村公示期满 ${count('village-noticed')} 户${held}`, href: review('township') },
    { wanted: able.postVillage, n: count('preliminary'), icon: 'print', kind: '', title: `${label}村公示，打印、盖章、张贴`, says: `${count('preliminary')} 户初评通过了，贴出来才开始算公示期`, href: posting('village') },
    { wanted: able.prelim, n: count('rated', 'returned'), icon: 'half', kind: 'moving', title: `${label}等村初评`, says: counts.returned === undefined ? `${count('rated')} 户已算分` : `${count('rated', 'returned')} 户，其中 ${counts.returned} 户是镇里退回的`, href: review('village') },
    { wanted: able.run && able.prelim, n: count('collected'), icon: 'again', kind: '', title: `${label}可以算分`, says: `${count('collected')} 户采集好了，还没算`, href: `/ratings/${line.roundId}/places/${line.id}` },
    { wanted: able.record && able.prelim, n: count('open'), icon: 'pen', kind: '', title: `${label}还有 ${count('open')} 户没采集`, says: '看看缺哪几项、谁来补', href: '/today', due: line.collectUntil },
  ];
  return all.filter(item => item.wanted && item.n > 0).map(({ wanted: _wanted, n: _n, ...item }) => item);
}

const stageWords = { village: '村公示', township: '镇公示', final: '结果公告' } as const;

/** What a notice asks of who posted it: a photograph once it hangs, and an end once its days are over. */
export function noticeItem(notice: HungNotice, day: Day): Item | undefined {
  const title = `${notice.name}${stageWords[notice.stage]}`;
  if (notice.ended_on === null && notice.until < day && notice.stage !== 'final') return { icon: 'clock', kind: 'care', title: `${title}期满了`, says: '看看还有没有没答复的异议，然后结束它', href: `/notices/${notice.id}`, due: notice.until };
  if (notice.photo === null) return { icon: 'camera', kind: '', title: `${title}，贴好后拍一张照`, says: `${notice.posted_on === day ? '今天' : monthDay(notice.posted_on)}贴出，还没有照片`, href: `/notices/${notice.id}`, ...notice.ended_on === null && notice.until >= day ? { due: notice.until } : {} };
  return undefined;
}
