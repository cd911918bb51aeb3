import type { Standing } from './case.ts';
import type { Count } from './queries.ts';

/** The standings as people count them: how far a household has come. */
export const stages = { open: '还没采集', collected: '采集好', rated: '已算分', village: '村里在办', township: '镇里在办', done: '已批准' } as const;
export type Stage = keyof typeof stages;
export const stageNames = Object.keys(stages) as readonly Stage[];

/** The stage of a standing; an excused household is in none. */
export function stageOf(standing: Standing): Stage | undefined {
  switch (standing) {
    case 'excused': return undefined;
    case 'open': return 'open';
    case 'collected': return 'collected';
    case 'rated': case 'returned': case 'refused': return 'rated';
    case 'preliminary': case 'village-notice': case 'village-noticed': case 'applied': return 'village';
    case 'reviewed': case 'township-notice': case 'township-noticed': return 'township';
    default: return 'done';
  }
}

export interface Tally { readonly all: number; readonly excused: number; readonly held: number; readonly collected: number; readonly done: number; readonly at: Readonly<Record<Stage, number>> }

/** Sums counts of households: `all` take part, `collected` have come past collecting. */
export function tally(counts: readonly Count[]): Tally {
  const at: Record<Stage, number> = { open: 0, collected: 0, rated: 0, village: 0, township: 0, done: 0 };
  let excused = 0;
  let held = 0;
  for (const count of counts) {
    const stage = stageOf(count.standing);
    if (stage === undefined) excused += count.cases; else at[stage] += count.cases;
    held += count.held;
  }
  const all = stageNames.reduce((sum, stage) => sum + at[stage], 0);
  return { all, excused, held, collected: all - at.open, done: at.done, at };
}

/** The long way of a household as steps of a page. */
export function stepsOf(standing: Standing): readonly { readonly label: string; readonly state: 'done' | 'now' | 'care' | 'to-come' }[] {
  const now = stageOf(standing);
  if (now === undefined) return [];
  const order: readonly (readonly [Stage, string])[] = [['open', '入户采集'], ['collected', '算分'], ['rated', '村初评'], ['village', '村公示、镇审核'], ['township', '镇公示、批准'], ['done', '上榜']];
  const place = order.findIndex(([stage]) => stage === now);
  return order.map(([, label], at) => ({
    label,
    state: standing === 'published' || at < place ? 'done' : at === place ? standing === 'returned' ? 'care' : 'now' : 'to-come',
  }));
}
