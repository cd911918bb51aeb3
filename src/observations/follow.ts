import { mark, type Case } from '../rounds/mark.ts';
import type { Standard } from '../standards/standard.ts';
import type { Unit } from '../store/unit.ts';
import type { Picture, Sheet } from './observation.ts';
import { isComplete } from './wanted.ts';

/** Sheets that the household has to see: what a file or a take-back brought it need not sign for. */
export const bySight: ReadonlySet<string> = new Set(['grid', 'village', 'paper', 'demo']);

/** The last sheet that the household would sign for. A photo that was brought later changes nothing of what it said. */
export const lastSeen = (sheets: readonly Sheet[]): number => sheets.reduce((last, sheet) => bySight.has(sheet.source) && says(sheet) ? sheet.seq : last, 0);
const says = (sheet: Sheet): boolean => Object.keys(sheet.values).length + sheet.events.length + sheet.voided.length + sheet.restored.length > 0;

export interface SignOff { readonly sheet: number; readonly how: string; readonly reason: string; readonly evidence: string | null; readonly at: string; readonly by: string }

export const isSigned = (sheets: readonly Sheet[], signOffs: readonly Pick<SignOff, 'sheet'>[]): boolean => (signOffs.at(-1)?.sheet ?? -1) >= lastSeen(sheets) && sheets.length > 0 && signOffs.length > 0;

/**
 * Unit-level: moves the case after facts came in. Whole and signed, it is collected; a change to one that was already
 * collected or rated sends it back to collected, so that nothing is decided on facts that no longer stand.
 */
export function followCase(unit: Unit, standing: Case, after: { readonly standard: Standard; readonly picture: Picture; readonly sheets: readonly Sheet[]; readonly signOffs: readonly Pick<SignOff, 'sheet'>[]; readonly changed: boolean }): Case {
  const waits = standing.standing === 'open' || standing.standing === 'returned';
  if (waits && isSigned(after.sheets, after.signOffs) && isComplete(after.standard, after.picture)) return moved(unit, standing, 'collected');
  if (after.changed && (standing.standing === 'collected' || standing.standing === 'rated')) return moved(unit, standing, 'changed');
  return standing;
}

function moved(unit: Unit, standing: Case, given: 'collected' | 'changed'): Case {
  return mark(unit, [standing], { mark: given, track: 'household' })[0] ?? standing;
}
