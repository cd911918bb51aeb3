import type { Actor } from '../../access/actor.ts';
import { wholeOffice } from '../../access/subject.ts';
import { fault } from '../../kit/faults.ts';
import { inUnit, type Desk } from '../../store/unit.ts';
import type { LegalBasis } from '../standard.ts';
import { lawRegister, type Version } from './register.ts';
import { lawKey, writeVersion } from './write.ts';

/** `isNew` is a promise about the id: a new one must not be taken, an amended one must be there. Without it, whichever fits. */
export interface Keeping { readonly isNew?: boolean }

/**
 * Writes bases down. A known one gets a further version, valid from its own day, and the old version stays readable and decides the days before.
 * Answers how many were news.
 */
export async function keepBases(office: Desk, actor: Actor, given: readonly LegalBasis[], { isNew }: Keeping = {}): Promise<number> {
  return inUnit(office, actor, [lawKey], async unit => {
    unit.require('law.keep', wholeOffice);
    const register = await lawRegister(unit.read, given.map(basis => basis.id));
    const fresh = given.filter(basis => {
      const last = register.get(basis.id)?.at(-1);
      const same = last !== undefined && sameRule(last, basis);
      if (isNew === true && last !== undefined && !same) fault('id', 'taken', `编号 ${basis.id} 已经登记了${named(last)}，换一个编号，或者去更正那一条。`);
      if (isNew === false && last === undefined) fault('id', 'unknown', `还没有编号 ${basis.id}。`);
      if (basis.validTo !== undefined && basis.validTo < basis.validFrom) fault('validTo', 'early', '失效的日子早于施行的日子。');
      return !same;
    });
    if (fresh.length === 0) return unit.nothingNew(0);
    for (const basis of fresh) {
      const known = register.get(basis.id) ?? [];
      writeVersion(unit, basis, { seq: known.length + 1, kind: known.length === 0 ? 'registered' : 'amended' });
    }
    unit.record({ act: fresh.every(basis => register.has(basis.id)) ? 'law.amended' : 'law.registered', power: 'law.keep', subject: wholeOffice });
    return fresh.length;
  });
}

const named = (basis: LegalBasis): string => `《${basis.law}》${basis.article}`;
const sameRule = (one: Version, other: LegalBasis): boolean => one.law === other.law && one.article === other.article && one.level === other.level
  && one.validFrom === other.validFrom && one.validTo === other.validTo && (one.note ?? '') === (other.note ?? '');
