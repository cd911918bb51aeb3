import { actorId } from '../../access/actor.ts';
import type { Unit } from '../../store/unit.ts';
import type { LegalBasis } from '../standard.ts';
import type { Version } from './register.ts';

/** What must be settled while the register is written. */
export const lawKey = 'law';

export interface Writing { readonly seq: number; readonly kind: Version['kind']; readonly repealedBy?: string; readonly reason?: string }

/** Stages one version. The caller holds `lawKey`. */
export function writeVersion(unit: Unit, basis: LegalBasis, { seq, kind, repealedBy = '', reason = '' }: Writing): void {
  unit.insert('legal_bases', {
    id: basis.id, seq, kind, law: basis.law, article: basis.article, level: basis.level, valid_from: basis.validFrom, valid_to: basis.validTo ?? null,
    note: basis.note ?? '', repealed_by: repealedBy, reason, at: unit.at, by: actorId(unit.actor),
  });
}
