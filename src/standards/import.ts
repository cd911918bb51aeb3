import { actorId, type Actor } from '../access/actor.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import type { Place } from '../places/place.ts';
import { inUnit, type Desk, type Unit } from '../store/unit.ts';
import { examine } from './examine.ts';
import { standards } from './refusals.ts';

/**
 * Keeps a standard as a county may adopt it later. Faults refuse it; what the law objects to or an example that comes out otherwise
 * does not (the page shows them), but neither can be adopted. The same text again is nothing new; its hash is its name.
 */
export async function importStandard(office: Desk, actor: Actor, given: { readonly county: number; readonly source: string }): Promise<string> {
  return inUnit(office, actor, keepingKeys(given.county), async unit => {
    const county = await placeByNo(unit.read, given.county);
    const subject = placeSubject(county);
    unit.require('standard.keep', subject);
    const { hash, isNew } = await keepStandard(unit, county, given.source);
    if (!isNew) return unit.nothingNew(hash);
    unit.record({ act: 'standard.imported', power: 'standard.keep', subject });
    return hash;
  });
}

/** What must be settled while a county's standards gain one. */
export const keepingKeys = (county: number): readonly string[] => [`standards:${county}`, 'standards'];

/** Unit-level: the one way a text becomes a kept standard, whether it was handed in or written here. */
export async function keepStandard(unit: Unit, county: Place, source: string): Promise<{ readonly hash: string; readonly isNew: boolean }> {
  const examined = examine(source);
  if ('faults' in examined) return standards.refuse('standard-faulty', { count: examined.faults.length });
  const { standard, hash, body } = examined;
  if (county.code?.startsWith(standard.place.code) !== true) standards.refuse('standard-elsewhere', { place: standard.place.name, county: county.name });
  const kept: { hash: string } | undefined = await unit.read('standards').where({ hash }).first('hash');
  if (kept !== undefined) return { hash, isNew: false };
  const version = String(standard.version);
  const other: { hash: string } | undefined = await unit.read('standards').where({ county_no: county.no, key: standard.key, version }).first('hash');
  if (other !== undefined) standards.refuse('standard-version-taken', { key: standard.title, version });
  unit.insert('standards', {
    hash, key: standard.key, version, title: standard.title, kind: standard.subject, county_no: county.no, year: standard.year,
    body, source, at: unit.at, by: actorId(unit.actor),
  });
  return { hash, isNew: true };
}
