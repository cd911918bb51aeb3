import type { Knex } from 'knex';
import type { Day, Instant } from '../../kit/time.ts';
import type { LegalBasis, LegalLevel, Standard } from '../standard.ts';

/** One dated version of a legal basis. Every change adds one; what was written stays readable. */
export interface Version extends LegalBasis {
  readonly seq: number;
  readonly kind: 'registered' | 'amended' | 'lapsed';
  /** The rule that ended it, and why; empty while nothing did. */
  readonly repealedBy: string;
  readonly reason: string;
  readonly at: Instant;
  readonly by: string;
}
/** Every version of every basis by id, in the order they were written. */
export type Register = ReadonlyMap<string, readonly Version[]>;

/** The version that decides on a day: the one that began last, and of two with one beginning the later written. */
export function versionOn(versions: readonly Version[], day: Day): Version | undefined {
  return versions.reduce<Version | undefined>((found, one) => one.validFrom <= day && (found === undefined || one.validFrom >= found.validFrom) ? one : found, undefined);
}

/** The version in force on a day, both its days included. */
export function inForceOn(versions: readonly Version[], day: Day): Version | undefined {
  const found = versionOn(versions, day);
  return found === undefined || (found.validTo !== undefined && found.validTo < day) ? undefined : found;
}

/** What a page speaks of: the version that decides today, or the first to come. */
export const current = (versions: readonly Version[], day: Day): Version | undefined => versionOn(versions, day) ?? versions.at(-1);

/** Of what a standard cites, what is in force on a day. The register decides; the standard's own entry counts only for an id that the register does not know, as in a draft. */
export function basesInForce(register: Register, standard: Standard, day: Day): ReadonlySet<string> {
  return oneSet(standard.legalBases.filter(own => {
    const versions = register.get(own.id);
    return versions === undefined ? own.validFrom <= day && (own.validTo === undefined || day <= own.validTo) : inForceOn(versions, day) !== undefined;
  }).map(own => own.id));
}

const sets = new Map<string, ReadonlySet<string>>();
const mostSets = 256;

/** The same ids are the same set, so that what was compiled for it is found again. */
export function oneSet(ids: readonly string[]): ReadonlySet<string> {
  const sorted = [...ids].sort();
  const key = sorted.join('\n');
  const known = sets.get(key);
  if (known !== undefined) return known;
  if (sets.size >= mostSets) sets.clear();
  const made: ReadonlySet<string> = new Set(sorted);
  sets.set(key, made);
  return made;
}

/** Entries of a standard that the register calls otherwise: one id would mean two rules. Days may differ, since the register goes on. */
export const contradictions = (register: Register, standard: Standard): readonly { readonly own: LegalBasis; readonly kept: Version }[] => standard.legalBases.flatMap(own => {
  const versions = register.get(own.id);
  const last = versions?.at(-1);
  return versions === undefined || last === undefined || versions.some(kept => kept.law === own.law && kept.article === own.article && kept.level === own.level) ? [] : [{ own, kept: last }];
});

interface Row { readonly id: string; readonly seq: number; readonly kind: Version['kind']; readonly law: string; readonly article: string; readonly level: LegalLevel; readonly valid_from: string; readonly valid_to: string | null; readonly note: string; readonly repealed_by: string; readonly reason: string; readonly at: string; readonly by: string }

/** The register, or the part of it that speaks of some ids. */
export async function lawRegister(read: Knex, ids?: readonly string[]): Promise<Register> {
  const rows: Row[] = await read('legal_bases').modify(query => { if (ids !== undefined) void query.whereIn('id', [...ids]); })
    .select('id', 'seq', 'kind', 'law', 'article', 'level', 'valid_from', 'valid_to', 'note', 'repealed_by', 'reason', 'at', 'by').orderBy('id').orderBy('seq');
  const register = new Map<string, Version[]>();
  for (const { valid_from, valid_to, repealed_by, note, ...row } of rows) {
    const version: Version = { ...row, validFrom: valid_from, ...valid_to === null ? {} : { validTo: valid_to }, ...note === '' ? {} : { note }, repealedBy: repealed_by };
    const own = register.get(row.id);
    if (own === undefined) register.set(row.id, [version]); else own.push(version);
  }
  return register;
}

/** See `basesInForce`: the register is asked for what the standard cites. */
export const basesOfDay = async (read: Knex, standard: Standard, day: Day): Promise<ReadonlySet<string>> =>
  basesInForce(await lawRegister(read, standard.legalBases.map(own => own.id)), standard, day);
