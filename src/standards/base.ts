import type { Knex } from 'knex';
import { actorId, type Actor } from '../access/actor.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { inUnit, type Desk } from '../store/unit.ts';
import { hundredths, type Standard } from './standard.ts';

/** 县基数: a county mean of a year that ratios are measured against. `value` in hundredths of `unit`. */
export interface Base { readonly county_no: number; readonly year: number; readonly name: string; readonly value: number; readonly unit: string; readonly at: string; readonly by: string }

export async function basesOf(read: Knex, counties: readonly number[]): Promise<readonly Base[]> {
  const rows: Base[] = await read('local_bases').whereIn('county_no', [...counties]).select('county_no', 'year', 'name', 'value', 'unit', 'at', 'by').orderBy('year', 'desc').orderBy('name');
  return rows.map(row => ({ ...row, value: Number(row.value) }));
}

/** Writes a base down, or corrects it. Adopted standards carry their own figures and do not change with it. */
export async function keepBase(office: Desk, actor: Actor, given: { readonly county: number; readonly year: number; readonly name: string; readonly value: number; readonly unit: string }): Promise<void> {
  await inUnit(office, actor, [`bases:${given.county}`], async unit => {
    const county = await placeByNo(unit.read, given.county);
    const subject = placeSubject(county);
    unit.require('base.keep', subject);
    const held = (await basesOf(unit.read, [county.no])).find(base => base.year === given.year && base.name === given.name);
    if (held?.value === given.value && held.unit === given.unit) return unit.nothingNew(undefined);
    unit.put('local_bases', { county_no: county.no, year: given.year, name: given.name, value: given.value, unit: given.unit, at: unit.at, by: actorId(actor) });
    unit.record({ act: 'base.kept', power: 'base.keep', subject });
    return undefined;
  });
}

/** Where a standard's own figures differ from what the county wrote down for that year, in words. */
export function differingBases(standard: Standard, kept: readonly Base[]): readonly string[] {
  return (standard.localBases ?? []).flatMap(own => {
    const base = kept.find(each => each.year === standard.year && each.name === own.title);
    return base === undefined || base.value === hundredths(own.value) ? [] : [`${own.title}：标准里写 ${own.value} ${own.unit}，县基数是 ${base.value / 100} ${base.unit}。`];
  });
}
