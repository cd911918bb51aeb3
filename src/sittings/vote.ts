import type { Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import { panels } from '../panels/refusals.ts';
import type { Office } from '../office.ts';
import { isOwnPin } from '../people/pin.ts';
import type { Desk, Unit } from '../store/unit.ts';
import { inSitting } from './in-sitting.ts';
import type { Item, Whole } from './load.ts';
import { sittings } from './refusals.ts';
import { chairMay, follows, kinds, verdictOf, voteNames, type Decision, type Vote } from './sitting.ts';

export interface Deciding { readonly decision?: Decision | undefined; readonly words?: string | undefined; readonly looked?: boolean }

/** Writes down an item: who raised the hand for what, and what the chair decides beside it. In a secret ballot the votes are there already and only the chair's word is written. */
export async function decideItem(desk: Desk, actor: Actor, given: Deciding & { readonly id: string; readonly no: number; readonly hands: ReadonlyMap<string, Vote> }): Promise<void> {
  await inSitting(desk, actor, { id: given.id, from: ['voting'], act: 'sitting.voted' }, (unit: Unit, whole) => {
    const item = itemAt(whole, given.no);
    const { sitting } = whole;
    const isOpen = sitting.ballot === 'open';
    if (!isOpen && !item.isVoted) sittings.refuse('sitting-unfinished', { count: 1, what: '还有人没投票' });
    const voting = votersOn(whole, item);
    if (isOpen) {
      for (const seat of voting) if (!given.hands.has(seat.officer)) fault(`vote_${seat.officer}`, 'missing', `请记下${seat.name}怎么表决。`);
      unit.put('sitting_votes', voting.map(seat => ({ sitting: sitting.id, item: item.no, officer: seat.officer, vote: given.hands.get(seat.officer) ?? 'abstain' })));
    }
    const count = isOpen ? { ...item.count, ...Object.fromEntries(voteNames.map(vote => [vote, voting.filter(seat => given.hands.get(seat.officer) === vote).length])) } : item.count;
    const verdict = verdictOf(count, sitting.share);
    const { returns } = kinds[sitting.stage];
    const said = given.decision;
    if (said !== undefined && !chairMay(verdict, { returns, isAside: item.aside.includes(sitting.chair) }).includes(said)) sittings.refuse('sitting-decision', { field: 'decision' });
    const outcome = said ?? follows(verdict, returns);
    const differs = said !== undefined && (verdict === 'none' || said !== follows(verdict, returns));
    if ((differs || outcome === 'return') && given.words === undefined) fault('words', 'missing', outcome === 'return' ? '退回要写理由，村里照着再核。' : '主持人另定的，要写理由。');
    if (item.no === 0 && outcome === 'pass' && given.looked !== true) panels.refuse('sample-unseen', { field: 'looked' });
    unit.change('sitting_items', { sitting: sitting.id, no: item.no, decision: differs ? said : null, words: given.words ?? '', looked: given.looked === true ? 1 : 0 });
  });
}

/** Who was asked and may vote on it. */
export const votersOn = ({ present }: Pick<Whole, 'present'>, item: Pick<Item, 'aside'>) => present.filter(seat => !item.aside.includes(seat.officer));

/** A secret ballot: a member gives the own PIN and a vote on every item. That they voted is kept, what they voted is only added to the sums. */
export async function castBallot(office: Office, actor: Actor, given: { readonly id: string; readonly officer: string; readonly pin: string; readonly votes: ReadonlyMap<number, Vote> }): Promise<void> {
  await inSitting(office, actor, { id: given.id, from: ['voting'], act: 'sitting.ballot-cast', keys: [`officer:${given.officer}`] }, async (unit: Unit, whole) => {
    const { sitting, present, items } = whole;
    if (sitting.ballot !== 'secret') common.refuse('bad-request', { say: '这个会是举手表决。' });
    const seat = present.find(one => one.officer === given.officer) ?? sittings.refuse('sitting-not-seated', { field: 'officer' });
    if (seat.voted) sittings.refuse('sitting-voted', { field: 'officer' });
    const own = items.filter(item => !item.aside.includes(seat.officer));
    for (const item of own) if (!given.votes.has(item.no)) fault(`item_${item.no}`, 'missing', '每一项都要选一个。');
    if (!await isOwnPin(office, unit, given.officer, given.pin)) return 'refused';
    const add = (item: Item, vote: Vote): number => item.count[vote] + (given.votes.get(item.no) === vote ? 1 : 0);
    unit.change('sitting_items', own.map(item => ({ sitting: sitting.id, no: item.no, ayes: add(item, 'for'), noes: add(item, 'against'), abstained: add(item, 'abstain') })));
    unit.change('sitting_seats', { sitting: sitting.id, officer: given.officer, voted: 1 });
    return 'cast';
  });
}

const itemAt = (whole: Whole, no: number): Item => whole.items.find(item => item.no === no) ?? common.refuse('not-found');
