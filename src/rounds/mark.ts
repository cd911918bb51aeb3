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

type Body = Readonly<Record<string, Json | undefined>>;

/** What a mark moves of a case, and what it goes by. */
export type Moving = Pick<Case, 'round' | 'subject' | 'standing' | 'held' | 'reason' | 'mark_seq'>;

export interface Marking<One extends Moving> {
  readonly mark: Mark;
  readonly track: Track;
  /** What it says, of each case its own or of all the same. */
  readonly body?: Body | ((one: One) => Body);
  /** What somebody wrote, in free words. They stand beside the mark under its key, because a mark can never be erased and they must be. */
  readonly words?: string;
  readonly reason?: string | null;
  /** How many open objections the case has after this. */
  readonly held?: (one: One) => number;
}

/**
 * Unit-level: appends a mark to each case and moves its standing by the one table in `case.ts`.
 * A mark the table does not allow is refused and names the case's standing.
 */
export function mark<One extends Moving>(unit: Unit, cases: readonly One[], given: Marking<One>): readonly One[] {
  if (cases.length === 0) return [];
  const { words } = given;
  const moved = cases.map(one => {
    const standing = standingAfter(given.track, one.standing, given.mark, one.held > 0);
    if (standing === undefined) return rounds.refuse('mark-not-allowed', { standing: one.standing, mark: given.mark });
    return { ...one, standing, held: given.held?.(one) ?? one.held, reason: given.reason === undefined ? one.reason : given.reason, mark_seq: one.mark_seq + 1 };
  });
  const [at, by] = [unit.at, actorId(unit.actor)];
  const { body } = given;
  const text = (said: Body = {}): string => canonical({ ...said, ...words === undefined ? {} : { worded: true } });
  const ofAll = typeof body === 'function' ? '' : text(body);
  unit.insert('marks', moved.map((one, place) => ({
    round: one.round, subject: one.subject, seq: one.mark_seq, mark: given.mark, body: typeof body === 'function' ? text(body(cases[place] ?? one)) : ofAll, at, by,
  })));
  if (words !== undefined) unit.insert('reasons', moved.map(one => ({ round: one.round, subject: one.subject, seq: one.mark_seq, words, salt: newId(), at, by })));
  unit.change('cases', moved.map(one => ({ round: one.round, subject: one.subject, standing: one.standing, held: one.held, reason: one.reason, mark_seq: one.mark_seq, changed_at: at })));
  return moved;
}
