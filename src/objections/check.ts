import type { EvidenceSource } from '../households/evidence.ts';
import type { Day } from '../kit/time.ts';
import type { Secrets } from '../store/secrets.ts';
import type { ObjectionRow } from './queries.ts';

/** Whom one asked, by their part in it: a record of a check names nobody. */
export const askedOf = { self: '本人或家人', neighbour: '邻居', group: '小组长', village: '村干部', worker: '网格员', bank: '银行', bureau: '部门' } as const;
export type AskedOf = keyof typeof askedOf;
const isAskedOf = (key: string): key is AskedOf => Object.hasOwn(askedOf, key);

/** 核查记录 (domain 2.1, step 7): what was looked into before the answer, by somebody who neither took it down nor decided it. */
export interface Check { readonly on: Day; readonly looked: string; readonly asked: readonly string[]; readonly found: string; readonly photo?: EvidenceSource | undefined }

/** The record as pages and papers tell it; undefined where nothing was to be looked into. */
export function checkOf({ open }: Pick<Secrets, 'open'>, { checked_on, looked_sealed, asked, found_sealed, evidence }: Pick<ObjectionRow, 'checked_on' | 'looked_sealed' | 'asked' | 'found_sealed' | 'evidence'>) {
  if (checked_on === null || looked_sealed === null || found_sealed === null) return undefined;
  const people = (JSON.parse(asked ?? '[]') as string[]).filter(isAskedOf).map(key => askedOf[key]).join('、');
  return { on: checked_on, looked: open(looked_sealed), people: people === '' ? '没有另外问人' : `问了${people}`, found: open(found_sealed), photo: evidence === null ? undefined : `/evidence/${evidence}` };
}
