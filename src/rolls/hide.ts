import type { Follower } from '../consents/follow.ts';
import type { CaseFollower } from '../rounds/follow-cases.ts';
import type { Unit } from '../store/unit.ts';
import { revoke } from './revoke.ts';

/** Unit-level: takes a subject's name off every roll at once. The bare leaf stays, so that the rest of the roll can still be proved. */
export async function hide(unit: Unit, subjects: readonly number[]): Promise<number> {
  return bare(unit, await unit.read('roll_subjects').whereIn('subject', [...subjects]).select('roll', 'seq'));
}

/** Unit-level: the same on the rolls of one round. */
export async function hideIn(unit: Unit, round: number, subjects: readonly number[]): Promise<number> {
  return bare(unit, await unit.read('roll_subjects').join('rolls', 'rolls.id', 'roll_subjects.roll').where('rolls.round', round).whereIn('roll_subjects.subject', [...subjects]).select('roll_subjects.roll', 'roll_subjects.seq'));
}

function bare(unit: Unit, rows: readonly { readonly roll: string; readonly seq: number }[]): number {
  if (rows.length > 0) unit.change('roll_entries', rows.map(({ roll, seq }) => ({ roll, seq, shown: '', group_name: '', salt: '' })));
  return rows.length;
}

/** A consent to publication that no longer stands hides the name; the grade and the certificate remain the household's own. */
export const hidesWithdrawn: Follower = {
  async withdrawn(unit, what) { if (what.kind === 'publish' || what.kind === 'rate') await hide(unit, [what.subjectNo]); },
};

/** A result that holds no longer is on no roll, and its certificate is void: at once, whatever comes of it. */
export const hidesRecalled: CaseFollower = {
  async recalled(unit, round, subjects, why) {
    await hideIn(unit, round, subjects);
    await revoke(unit, { round, subjects, why });
  },
};
