import { households, type Person } from './village.ts';

/**
 * The workflow of domain §2.1 as a villager would tell it, written apart from the product's own table: where an act may be done, where it leads,
 * and who may do it. The random walks hold the product against it.
 */
export type Who = 'zhou' | 'wu' | 'wang';
export const whos: readonly Who[] = ['zhou', 'wu', 'wang'];
export interface State { at: string; held: number; /** Where it had come to when it was excused. */ from: string; notice: string | undefined }

export type Step = 'visit' | 'rate' | 'village' | 'township' | 'approval' | 'return' | 'reopen' | 'excuse' | 'readmit' | 'object';
type Moves = Readonly<Record<Step, Readonly<Record<string, string>>>>;

const settled = { 'preliminary': 'collected', 'village-notice': 'collected', 'village-noticed': 'collected', 'reviewed': 'collected', 'township-notice': 'collected', 'township-noticed': 'collected', 'approved': 'collected', 'published': 'collected', 'collected': 'open' };
const same = (...standings: readonly string[]): Readonly<Record<string, string>> => Object.fromEntries(standings.map(one => [one, one]));
const excusable = ['open', 'collected', 'rated', 'returned', 'preliminary', 'village-notice', 'village-noticed', 'reviewed', 'township-notice', 'township-noticed', 'approved', 'excused'];

export const moves: Moves = {
  visit: { open: 'collected', collected: 'collected', rated: 'collected', returned: 'collected' },
  rate: { collected: 'rated', rated: 'rated', returned: 'returned' },
  village: { rated: 'preliminary', returned: 'preliminary' },
  township: { 'village-noticed': 'reviewed' },
  approval: { 'township-noticed': 'approved' },
  return: { 'preliminary': 'returned', 'village-noticed': 'returned', 'reviewed': 'returned', 'township-noticed': 'returned' },
  reopen: settled,
  excuse: Object.fromEntries(excusable.map(one => [one, 'excused'])),
  readmit: { excused: 'open' },
  object: same('village-notice', 'village-noticed', 'returned', 'reviewed', 'township-notice', 'township-noticed', 'approved', 'published'),
};
/** What an open objection holds back. */
export const heldBack: ReadonlySet<Step> = new Set<Step>(['township', 'approval', 'village']);

const committee: Readonly<Record<Who, Person>> = { zhou: 'sun', wu: 'sun', wang: 'tan' };
const worker: Readonly<Partial<Record<Who, Person>>> = { zhou: 'mei', wu: 'mei' };
const township: readonly Person[] = ['lin', 'gao'];

/** Everybody of the cast whose post lets them, before kinship is asked. */
export function able(step: Step | 'answer' | 'post-village' | 'post-township' | 'publish', who: Who, at: string): readonly (Person | undefined)[] {
  switch (step) {
    case 'visit': return [worker[who], committee[who]];
    case 'rate': return [committee[who], ...township, 'ling', 'zhang'];
    case 'village': return [committee[who]];
    case 'township': case 'return': case 'reopen': return township;
    case 'approval': return ['gao'];
    case 'excuse': case 'readmit': return ['open', 'collected'].includes(at) ? [worker[who], committee[who], 'hua'] : ['rated', 'returned', 'preliminary', 'village-notice'].includes(at) ? [committee[who]] : township;
    case 'answer': case 'post-village': return [committee[who], ...township];
    case 'post-township': return township;
    case 'publish': return ['gao', 'zhang'];
    case 'object': return [];
  }
}

/** Kin may not say anything that a grade rests on; whoever counts or prints says nothing. */
export const judges = (step: string, at: string): boolean => !['rate', 'object', 'post-village', 'post-township', 'publish'].includes(step) && !(['excuse', 'readmit'].includes(step) && ['open', 'collected'].includes(at));

export const villageOf = (who: Who): number => households[who].village;
