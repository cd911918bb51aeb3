import type { Knex } from 'knex';
import { ancestorNo, type Place } from '../places/place.ts';
import { placeNames } from '../places/queries.ts';

/** A line of a report: a township with its villages, or a village. */
export interface Line { readonly label: string; readonly villages: readonly Place[] }

/** More villages than this, of several townships, are added up by township. */
const mostVillages = 60;

/** Villages in the register's order, or their townships when there are many; names of several townships stand with the township. */
export async function linesOf(read: Knex, villages: readonly Place[]): Promise<readonly Line[]> {
  const townshipOf = (village: Place): number => ancestorNo(village.path, 'township') ?? village.no;
  const townships = [...new Set(villages.map(townshipOf))];
  if (townships.length === 1) return villages.map(village => ({ label: village.name, villages: [village] }));
  const names = await placeNames(read, villages.length > mostVillages ? townships : villages.map(village => village.no));
  if (villages.length > mostVillages) return townships.map(no => ({ label: names.get(no)?.name ?? '', villages: villages.filter(village => townshipOf(village) === no) }));
  return villages.map(village => ({ label: names.get(village.no)?.full ?? village.name, villages: [village] }));
}

/** Adds up the counts of some villages. */
export const sumOver = (counts: ReadonlyMap<number, number>, villages: readonly Place[]): number => villages.reduce((sum, village) => sum + (counts.get(village.no) ?? 0), 0);
