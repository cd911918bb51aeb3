import { actorId } from '../access/actor.ts';
import { canonical, type Json } from '../kit/canonical.ts';
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

/**
 * Unit-level: appends a mark to each case and moves its standing by the one table in `case.ts`.
 * A mark the table does not allow is refused and names the case's standing. `held` counts open objections.
 */
export function mark(unit: Unit, cases: readonly Case[], given: { readonly mark: Mark; readonly track: Track; readonly body?: (one: Case) => Json; readonly reason?: string | null; readonly held?: (one: Case) => number }): readonly Case[] {
  if (cases.length === 0) return [];
  const moved = cases.map(one => {
    const standing = standingAfter(given.track, one.standing, given.mark, one.held > 0);
    if (standing === undefined) return rounds.refuse('mark-not-allowed', { standing: one.standing, mark: given.mark });
    return { ...one, standing, held: given.held?.(one) ?? one.held, reason: given.reason === undefined ? one.reason : given.reason, mark_seq: one.mark_seq + 1 };
  });
  unit.insert('marks', moved.map((one, at) => ({
    round: one.round, subject: one.subject, seq: one.mark_seq, mark: given.mark,
    body: canonical(given.body?.(cases[at] ?? one) ?? {}), at: unit.at, by: actorId(unit.actor),
  })));
  unit.put('cases', moved.map(one => ({ ...one, changed_at: unit.at })));
  return moved;
}
