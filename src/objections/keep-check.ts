import { keepEvidence } from '../households/evidence.ts';
import { mustHoldNoNumber, mustNameNoOther, type Written } from '../households/others-named.ts';
import { householdKey } from '../households/subject.ts';
import { canonical } from '../kit/canonical.ts';
import type { Office } from '../office.ts';
import type { Unit } from '../store/unit.ts';
import type { Check } from './check.ts';
import type { Disputed } from './disputed.ts';
import type { Outcome } from './objection.ts';
import type { ObjectionRow } from './queries.ts';
import { objections } from './refusals.ts';

/** A household's letter names nobody of another; whoever answers for a bank or a title is asked about numbers alone. */
export async function mustTellOnlyOwn({ read }: Pick<Unit, 'read'>, { bank }: Pick<ObjectionRow, 'bank'>, { id, kind }: Disputed, written: Written): Promise<void> {
  if (kind === 'household' && bank === null) await mustNameNoOther(read, await householdKey(read, id), written); else mustHoldNoNumber(written);
}

/** What was looked into between the objection and its answer. */
export function checkFor({ day }: Pick<Unit, 'day'>, { lodged_on }: Pick<ObjectionRow, 'lodged_on'>, { outcome, check }: { readonly outcome: Outcome; readonly check?: Check | undefined }): Check | undefined {
  if (outcome === 'withdrawn') return undefined;
  return check === undefined || check.on < lodged_on || check.on > day ? objections.refuse('objection-unchecked') : check;
}

export async function sealedCheck(office: Office, unit: Unit, { id }: Disputed, check: Check | undefined) {
  const { seal } = office.secrets;
  return {
    checked_on: check?.on ?? null, looked_sealed: check === undefined ? null : seal(check.looked), asked: check === undefined ? null : canonical([...check.asked]), found_sealed: check === undefined ? null : seal(check.found),
    evidence: check?.photo === undefined ? null : await keepEvidence(office, unit, { subject: id, kind: 'photo', source: check.photo }),
  };
}
