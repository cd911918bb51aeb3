import type { Recall } from '../rounds/follow-cases.ts';
import type { Unit } from '../store/unit.ts';

/** Unit-level: the certificates of these subjects hold no longer, because the result does not or the whole roll was taken down. */
export async function revoke(unit: Unit, { round, subjects, why }: { readonly round: number; readonly subjects: readonly number[]; readonly why: Recall | 'roll' | 'checked' }): Promise<void> {
  const certificates: { no: string }[] = await unit.read('certificates').where({ round }).whereIn('subject', [...subjects]).whereNull('revoked_on').select('no');
  if (certificates.length > 0) unit.change('certificates', certificates.map(({ no }) => ({ no, revoked_on: unit.day, revoked_reason: why })));
}
