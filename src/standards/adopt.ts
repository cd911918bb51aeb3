import { actorId, type Actor } from '../access/actor.ts';
import { fault } from '../kit/faults.ts';
import { newId } from '../kit/id.ts';
import type { Day } from '../kit/time.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { inUnit, type Desk, type Unit } from '../store/unit.ts';
import { dictionary, optionKeys } from './dictionary.ts';
import { findingsOf } from './examine.ts';
import { contradictions, lawRegister } from './law/register.ts';
import { lawKey, writeVersion } from './law/write.ts';
import { loadStandard } from './load.ts';
import { standardEvents, standardRow, useOf } from './queries.ts';
import { standards } from './refusals.ts';
import type { Standard } from './standard.ts';

export interface Adoption { readonly hash: string; readonly county: number; readonly day: Day; readonly filing_no: string; readonly note?: string; readonly basis?: string; /** Hash of the scenario that the decision rests on, for the minutes. */ readonly simulation?: string }

/**
 * A county adopts a standard from a day on: rounds opened from then may rest on it. Its bytes never change afterwards.
 * What the law objects to, or an example that comes out otherwise, forbids it; a blocked topic needs a written basis (domain 3.4).
 */
export async function adopt(office: Desk, actor: Actor, given: Adoption): Promise<void> {
  await inUnit(office, actor, [`standard:${given.hash}`, 'standards', lawKey], async unit => {
    const row = await standardRow(unit.read, given.hash);
    const county = await placeByNo(unit.read, given.county);
    const subject = placeSubject(county);
    unit.require('standard.keep', subject);
    const { standard } = await loadStandard(unit.read, row.hash);
    if (county.code?.startsWith(standard.place.code) !== true) standards.refuse('standard-elsewhere', { place: standard.place.name, county: county.name });
    const use = useOf(await standardEvents(unit.read, row.hash), { standard: row.hash, county: county.no, day: unit.day });
    if (use === 'adopted' || use === 'coming') return unit.nothingNew(undefined);
    const findings = findingsOf(standard);
    if (findings.objections.length > 0) standards.refuse('standard-unlawful', { count: findings.objections.length });
    if (findings.mismatches.length > 0) standards.refuse('standard-examples-wrong', { count: findings.mismatches.length });
    const basis = given.basis?.trim() ?? '';
    if (findings.topics.length > 0 && basis === '') fault('basis', 'missing', `标准里有 ${findings.topics.length} 处涉及不该采集的内容，要写明书面依据才能采用。`);
    const simulation = given.simulation?.trim() ?? '';
    if (simulation !== '' && !/^[0-9a-f]{64}$/.test(simulation)) fault('simulation', 'value', '这串字不完整，请从模拟的页面上整段抄来，一共 64 个字。');
    const register = await lawRegister(unit.read, standard.legalBases.map(own => own.id));
    const differing = contradictions(register, standard);
    if (differing.length > 0) standards.refuse('standard-law-differs', { ids: differing.map(({ own }) => own.id).join('、') });
    unit.insert('standard_events', {
      id: newId(), standard: row.hash, county_no: county.no, kind: 'adopted', day: given.day,
      filing_no: given.filing_no, note: given.note ?? '', basis, simulation: simulation === '' ? null : simulation, at: unit.at, by: actorId(actor),
    });
    // What the register does not know yet comes in as the standard says it; from then on the register decides.
    for (const own of standard.legalBases) if (!register.has(own.id)) writeVersion(unit, own, { seq: 1, kind: 'registered' });
    await nameFacts(unit, standard);
    unit.record({ act: 'standard.adopted', power: 'standard.keep', subject });
    return undefined;
  });
}

/** Unit-level: gives every indicator and option that has none its small number. The caller holds the key `standards`, so no number is given twice. */
export async function nameFacts(unit: Unit, standard: Standard): Promise<void> {
  const words = await dictionary(unit.read, true);
  let last = Math.max(0, ...words.indicators.values());
  const indicators: { no: number; key: string }[] = [];
  const options: { indicator: number; no: number; key: string }[] = [];
  for (const indicator of standard.indicators) {
    let no = words.indicators.get(indicator.key);
    if (no === undefined) { no = ++last; indicators.push({ no, key: indicator.key }); }
    const known = words.options.get(no);
    let lastOption = Math.max(0, ...known?.values() ?? []);
    for (const key of optionKeys(indicator)) if (known?.has(key) !== true) options.push({ indicator: no, no: ++lastOption, key });
  }
  unit.insert('indicators', indicators);
  unit.insert('indicator_options', options);
}
