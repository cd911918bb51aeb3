import type { Standing } from '../rounds/case.ts';

export interface Step { readonly label: string; readonly state: 'done' | 'now' | 'to-come' }

/** How far each standing has come along the stages shown on top of a docket. */
const way: readonly { readonly says: string; readonly past: readonly Standing[] }[] = [
  { says: '采集', past: ['collected', 'rated', 'returned'] },
  { says: '村评议', past: ['preliminary'] },
  { says: '村公示', past: ['village-notice', 'village-noticed'] },
  { says: '镇评议', past: ['reviewed'] },
  { says: '镇公示', past: ['township-notice', 'township-noticed'] },
  { says: '批准', past: ['approved', 'published'] },
];
const placeOf: Readonly<Record<'village' | 'township' | 'approval', number>> = { village: 1, township: 3, approval: 5 };

/** The stages of a village's households, each with how many have come at least so far. */
export function stepsOf(counts: Readonly<Partial<Record<Standing, number>>>, stage: 'village' | 'township' | 'approval'): readonly Step[] {
  const now = placeOf[stage];
  return way.map(({ says }, at) => {
    const come = way.slice(at).flatMap(step => step.past).reduce((sum, standing) => sum + (counts[standing] ?? 0), 0);
    return { label: come === 0 ? says : `${says} ${come} 户`, state: at < now ? 'done' : at === now ? 'now' : 'to-come' };
  });
}
