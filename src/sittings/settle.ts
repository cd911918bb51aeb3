import type { Actor } from '../access/actor.ts';
import type { Desk, Unit } from '../store/unit.ts';
import { inSitting } from './in-sitting.ts';
import type { Item, Whole } from './load.ts';
import { sittings } from './refusals.ts';

/** Voting is over: what it came to lies before the members, who confirm it each with the own PIN. */
export async function endVoting(desk: Desk, actor: Actor, id: string): Promise<void> {
  await inSitting(desk, actor, { id, from: ['voting'], act: 'sitting.vote-ended' }, (unit: Unit, whole) => {
    const open = unfinished(whole);
    if (open.length > 0) sittings.refuse('sitting-unfinished', { count: open.length, what: open.slice(0, 5).map(item => itemName(item)).join('、') });
    unit.change('sittings', { id, state: 'confirming' });
  });
}

/** Back to the vote: somebody found a mistake before enough had confirmed. What was confirmed so far counts no longer. */
export async function voteAgain(desk: Desk, actor: Actor, id: string): Promise<void> {
  await inSitting(desk, actor, { id, from: ['confirming'], act: 'sitting.vote-reopened' }, (unit: Unit, { sitting }) => { unit.change('sittings', { id, state: 'voting', version: sitting.version + 1 }); });
}

/** The sitting does not take place, or breaks off: nothing was decided. */
export async function callOff(desk: Desk, actor: Actor, id: string): Promise<void> {
  await inSitting(desk, actor, { id, from: ['called', 'voting', 'confirming'], act: 'sitting.called-off' }, (unit: Unit) => { unit.change('sittings', { id, state: 'dropped', ended_at: unit.at }); });
}

/** Items that nobody can confirm yet: not voted on by all, sent back without a word why, or the rest without the sample. */
export const unfinished = ({ items }: Pick<Whole, 'items'>): readonly Item[] => items.filter(item => item.cases.length > 0 && !isFinished(item));
export const isFinished = (item: Item): boolean => item.isVoted && (item.outcome !== 'return' || item.words !== '') && (item.no !== 0 || item.outcome !== 'pass' || item.looked);

export const itemName = ({ no, cases }: Pick<Item, 'no' | 'cases'>): string => {
  const [first] = cases;
  return no === 0 ? `其余 ${cases.length} 户` : first === undefined || first.household_no === null ? '称号' : `第 ${String(first.household_no).padStart(3, '0')} 号`;
};
