import { actorId } from '../access/actor.ts';
import { canonical, type Json } from '../kit/canonical.ts';
import { newId } from '../kit/id.ts';
import type { Unit } from '../store/unit.ts';
import { type Mark, type Standing, type Track, standingAfter } from './case.ts';
import { rounds } from './refusals.ts';

/** A case as it stands: one row of `cases`. */
export interface Case {
  readonly round: number;
  readonly subject: number;
  readonly village: number;
  readonly grid: number | null;
  readonly group: number | null;
  readonly standing: Standing;
  readonly held: number;
  readonly reason: string | null;
  readonly mark_seq: number;
}
export const caseColumns = ['round', 'subject', 'village', 'grid', 'group', 'standing', 'held', 'reason', 'mark_seq'] as const;

export interface Marking {
  readonly mark: Mark;
  readonly track: Track;
  readonly body?: (one: Case) => Readonly<Record<string, Json | undefined>>;
  /** What somebody wrote, in free words. They stand beside the mark under its key, because a mark can never be erased and they must be. */
  readonly words?: string;
  readonly reason?: string | null;
  /** How many open objections the case has after this. */
  readonly held?: (one: Case) => number;
}

/**
 * Unit-level: appends a mark to each case and moves its standing by the one table in `case.ts`.
 * A mark the table does not allow is refused and names the case's standing.
 */
export function mark(unit: Unit, cases: readonly Case[], given: Marking): readonly Case[] {
  if (cases.length === 0) return [];
  const { words } = given;
  const moved = cases.map(one => {
    const standing = standingAfter(given.track, one.standing, given.mark, one.held > 0);
    if (standing === undefined) return rounds.refuse('mark-not-allowed', { standing: one.standing, mark: given.mark });
    return { ...one, standing, held: given.held?.(one) ?? one.held, reason: given.reason === undefined ? one.reason : given.reason, mark_seq: one.mark_seq + 1 };
  });
  const [at, by] = [unit.at, actorId(unit.actor)];
  unit.insert('marks', moved.map((one, place) => ({
    round: one.round, subject: one.subject, seq: one.mark_seq, mark: given.mark,
    body: canonical({ ...given.body?.(cases[place] ?? one), ...words === undefined ? {} : { worded: true } }), at, by,
  })));
  if (words !== undefined) unit.insert('reasons', moved.map(one => ({ round: one.round, subject: one.subject, seq: one.mark_seq, words, salt: newId(), at, by })));
  unit.put('cases', moved.map(one => ({ ...one, changed_at: unit.at })));
  return moved;
}
