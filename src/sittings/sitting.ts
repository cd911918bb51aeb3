import type { Role } from '../access/actor.ts';
import type { Power } from '../access/rules.ts';
import type { Decided, Share } from '../panels/committee-rules.ts';
import type { Stage } from '../panels/stage.ts';
import type { PlaceKind } from '../places/place.ts';
import type { TitleStep } from '../titles/title.ts';

/**
 * 评定会: a committee meets on what stands before it (domain §2.1, steps 5 to 9). Pure: who sits, who must have come, what the votes say.
 */
export const sittingStages = ['village', 'township', 'approval', 'title-review', 'title-approve'] as const;
export type SittingStage = (typeof sittingStages)[number];
export const isSittingStage = (text: string): text is SittingStage => (sittingStages as readonly string[]).includes(text);

interface Kind { readonly says: string; readonly decided: Decided; readonly power: Power; readonly step: { readonly of: 'households'; readonly stage: Stage } | { readonly of: 'title'; readonly step: TitleStep }; readonly returns: boolean }
export const kinds: Readonly<Record<SittingStage, Kind>> = {
  'village': { says: '村初评', decided: 'village', power: 'case.prelim', step: { of: 'households', stage: 'village' }, returns: false },
  'township': { says: '镇审核', decided: 'township', power: 'case.review', step: { of: 'households', stage: 'township' }, returns: true },
  'approval': { says: '镇批准', decided: 'approval', power: 'case.approve', step: { of: 'households', stage: 'approval' }, returns: true },
  'title-review': { says: '审核', decided: 'titles', power: 'title.review', step: { of: 'title', step: 'review' }, returns: true },
  'title-approve': { says: '命名', decided: 'titles', power: 'title.approve', step: { of: 'title', step: 'approve' }, returns: true },
};

/** Whose posts sit, and where they hold them: the village's own group, the township's committee, or the county's leading group. */
export function benchOf(stage: SittingStage, place: PlaceKind): { readonly roles: readonly Role[]; readonly at: 'village' | 'township' | 'county'; readonly name: string } {
  if (stage === 'village') return { roles: ['villageCommittee'], at: 'village', name: '信用评议小组' };
  if (stage === 'title-approve' || (stage === 'title-review' && place === 'township')) return { roles: ['leadingMember', 'leadingChair'], at: 'county', name: '信用体系建设领导小组' };
  return { roles: ['townshipMember', 'townshipChair'], at: 'township', name: '信用评定委员会' };
}

export const ballots = { open: '举手，记每个人的', secret: '无记名，只记票数' } as const;
export type Ballot = keyof typeof ballots;
export const states = { called: '还没开', voting: '正在表决', confirming: '等委员确认', done: '开完了', dropped: '取消了' } as const;
export type State = keyof typeof states;
export const isUnderWay = (state: State): boolean => state === 'called' || state === 'voting' || state === 'confirming';

export const votes = { for: '赞成', against: '反对', abstain: '弃权' } as const;
export type Vote = keyof typeof votes;
export const voteNames = Object.keys(votes) as readonly Vote[];
export const isVote = (text: unknown): text is Vote => typeof text === 'string' && Object.hasOwn(votes, text);

/** How many of so many members must have come. */
export const quorumOf = (members: number, share: Share): number => share === 'half' ? Math.floor(members / 2) + 1 : Math.ceil(members * 2 / 3);

/** Who counts for one item: members that stand aside from it are neither members nor present. */
export interface Count { readonly members: number; readonly present: number; readonly for: number; readonly against: number; readonly abstain: number }

/** What the votes of an item say: `for` and `against` by more than half of those present who may vote; `none` where neither has it; `few` where too few may vote. */
export type Verdict = 'for' | 'against' | 'none' | 'few';
export function verdictOf(count: Count, share: Share): Verdict {
  if (count.present === 0 || count.present < quorumOf(count.members, share)) return 'few';
  if (count.for * 2 > count.present) return 'for';
  return count.against * 2 > count.present ? 'against' : 'none';
}

export const decisions = { pass: '通过', return: '退回', leave: '下次再议' } as const;
export type Decision = keyof typeof decisions;

/** What follows from the votes where the chair says nothing else. */
export const follows = (verdict: Verdict, returns: boolean): Decision => verdict === 'for' ? 'pass' : verdict === 'against' && returns ? 'return' : 'leave';

/**
 * What the chair may decide: hold back what the votes passed, and break a tie. Never push through what a majority was against, nor decide where too few may vote,
 * nor anything about an item that the chair stands aside from.
 */
export function chairMay(verdict: Verdict, { returns, isAside }: { readonly returns: boolean; readonly isAside: boolean }): readonly Decision[] {
  if (isAside || verdict === 'few') return [];
  return [...verdict === 'against' ? [] : ['pass' as const], ...returns ? ['return' as const] : [], 'leave'];
}
