import type { Follower } from '../consents/follow.ts';
import type { Unit } from '../store/unit.ts';

/** Unit-level: takes a subject's name off every roll at once. The bare leaf stays, so that the rest of the roll can still be proved. */
export async function hide(unit: Unit, subjects: readonly number[]): Promise<number> {
  const rows: { roll: string; seq: number }[] = await unit.read('roll_subjects').whereIn('subject', [...subjects]).select('roll', 'seq');
  if (rows.length > 0) unit.change('roll_entries', rows.map(({ roll, seq }) => ({ roll, seq, shown: '', group_name: '', salt: '' })));
  return rows.length;
}

/** A consent to publication that no longer stands hides the name; the grade and the certificate remain the household's own. */
export const hidesWithdrawn: Follower = {
  async withdrawn(unit, what) { if (what.kind === 'publish' || what.kind === 'rate') await hide(unit, [what.subjectNo]); },
};
