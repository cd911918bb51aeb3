import { createHash } from 'node:crypto';

/** Lot by a seed that everybody may read: the same people and seed give the same order on any machine. SHA-256 of seed, line break and id, least first. */
export function drawn(ids: readonly string[], seed: string, count: number): readonly string[] {
  const lot = (id: string): string => createHash('sha256').update(`${seed}\n${id}`).digest('hex');
  return ids.map(id => ({ id, lot: lot(id) })).sort((a, b) => a.lot < b.lot ? -1 : 1).slice(0, count).map(({ id }) => id);
}
