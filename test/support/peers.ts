import type { ExecutionContext } from 'ava';
import type { Officer } from '../../src/access/actor.ts';
import { newId } from '../../src/kit/id.ts';
import { convene } from '../../src/peers/convene.ts';
import { handIn, saveAnswers } from '../../src/peers/save.ts';
import { asideOf, postsOn } from '../../src/people/sessions.ts';
import { openCollecting } from './collecting.ts';
import { households, officerId, placeNos, type Person } from './village.ts';

/** 清河村 rated by the four-grade standard, which asks evaluators of every group for a score; six of them in group 1. */
export async function openPeers(t: Pick<ExecutionContext, 'teardown'>) {
  const village = await openCollecting(t, { standard: 'four-grade-household' });
  const { office, round } = village;
  const peers = ['pi', 'a', 'b', 'c', 'd', 'e'] as const;
  const idOf = (peer: string): string => peer === 'pi' ? officerId('pi') : `00000000-0000-7000-8000-00000000060${'abcde'.indexOf(peer)}`;
  for (const peer of peers.slice(1)) {
    await office.store.write('officers').insert({ id: idOf(peer), login: `peer-${peer}`, name: `评议员${peer}`, phone_sealed: null, password_hash: 'x', must_change: 0, bank: null, closed_on: null, fails: 0, locked_until: null, changed_at: '2026-01-01T00:00:00.000Z', large: 0 });
    await office.store.write('posts').insert({ id: newId(), officer: idOf(peer), role: 'peerReviewer', place_no: placeNos.group1, since: '2025-01-01', until: null, at: '2025-01-01T00:00:00.000Z', by: 'console' });
  }
  const peer = async (name: string): Promise<Officer> => ({ kind: 'officer', id: idOf(name), name, posts: await postsOn(office.read, idOf(name), '2026-11-23'), aside: await asideOf(office.read, idOf(name)) });
  const begin = async (who: Person = 'sun', count?: number) => convene(office, await village.actor(who), { id: newId(), round: round.no, group: placeNos.group1, until: '2026-11-30', count });
  /** Says the score of each household, and hands in. */
  const judge = async (review: string, name: string, scores: Readonly<Partial<Record<'zhou' | 'wu', number | 'dontKnow'>>>): Promise<void> => {
    for (const [who, score] of Object.entries(scores) as ['zhou' | 'wu', number | 'dontKnow'][]) await saveAnswers(office, await peer(name), { review, household: households[who].id, values: { [questionKey]: score === 'dontKnow' ? { missing: 'dontKnow' } : score } });
    await handIn(office, await peer(name), { review, isDone: true });
  };
  return { ...village, peers, idOf, peer, begin, judge };
}

/** The question of the four-grade standard that evaluators answer. */
export const questionKey = 'regard';
