import type { Day } from '../kit/time.ts';
import { standings, standingWords, type Standing } from '../rounds/case.ts';
import { stageOf, tally, type Tally } from '../rounds/stages.ts';
import type { HungNotice, VillageLine } from './queries.ts';

type Counts = VillageLine['counts'];
export interface Step { readonly icon: string; readonly kind: '' | 'moving' | 'done' | 'care'; readonly words: string }

export const tallyOf = (lines: readonly Pick<VillageLine, 'no' | 'counts' | 'held'>[]): Tally =>
  tally(lines.flatMap(line => Object.entries(line.counts).map(([standing, cases]) => ({ village: line.no, standing: standing as Standing, cases, held: 0 }))));

/** Where most of the households are; when two steps hold as many, the earlier one. */
export function stepOf(counts: Counts): Step {
  const left = standings.filter(standing => standing !== 'excused' && (counts[standing] ?? 0) > 0);
  const most = left.reduce<Standing | undefined>((best, standing) => best === undefined || (counts[standing] ?? 0) > (counts[best] ?? 0) ? standing : best, undefined);
  if (most === undefined) return { icon: 'circle', kind: '', words: '没有参评的户' };
  const stage = stageOf(most);
  if (stage === 'done') return { icon: 'tick', kind: 'done', words: standingWords[most] };
  return stage === 'open' ? { icon: 'circle', kind: '', words: left.length > 1 ? '正在采集' : standingWords[most] } : { icon: most === 'returned' ? 'triangle' : 'half', kind: most === 'returned' ? 'care' : 'moving', words: standingWords[most] };
}

/** The next day that matters in a village: the end of a notice that hangs, else that of collecting while somebody is missing. */
export function dueOf(line: VillageLine, notices: readonly HungNotice[]): Day | undefined {
  const until = notices.filter(notice => notice.round === line.round && notice.village === line.no && notice.ended_on === null && notice.stage !== 'final').map(notice => notice.until).sort()[0];
  return until ?? ((line.counts.open ?? 0) > 0 ? line.collectUntil : undefined);
}

export interface ProgressRow { readonly label: string; readonly href: string; readonly sum: Tally; readonly step: Step; readonly due: Day | undefined }

/** More villages than this are added up by township. */
const mostRows = 60;

/** Villages, or townships when there are many, in the register's order and never in one of worth. */
export function progressRows(lines: readonly VillageLine[], notices: readonly HungNotice[]): readonly ProgressRow[] {
  const several = new Set(lines.map(line => line.township)).size > 1;
  if (lines.length <= mostRows) {
    return lines.map(line => ({ label: several ? `${line.township} ${line.name}` : line.name, href: `/rounds/${line.roundId}/villages/${line.id}`, sum: tallyOf([line]), step: stepOf(line.counts), due: dueOf(line, notices) }));
  }
  const groups = Map.groupBy(lines, line => `${line.round} ${line.township}`);
  return [...groups.values()].map(own => {
    const counts: Partial<Record<Standing, number>> = {};
    for (const line of own) for (const [standing, n] of Object.entries(line.counts)) counts[standing as Standing] = (counts[standing as Standing] ?? 0) + n;
    return { label: own[0]?.township ?? '', href: `/rounds/${own[0]?.roundId ?? ''}`, sum: tallyOf(own), step: stepOf(counts), due: undefined };
  });
}
