import type { Day } from '../../kit/time.ts';
import type { Round } from '../../rounds/round.ts';
import type { Scorer } from '../../standards/compile.ts';
import { loadCoding } from '../../standards/dictionary.ts';
import { inForceOn, lawRegister, oneSet } from '../../standards/law/register.ts';
import { villageStandards } from '../../standards/village-items.ts';
import { basisSets } from '../bases.ts';
import { gather, type Reading } from '../gather.ts';
import { scoreOf, type Score } from '../outcome.ts';
import { positionsOf } from '../positions.ts';
import { endedItems, takingIndicators, withoutEnded } from './ended.ts';

/**
 * A household whose result rests on what has ended since: a legal basis, or the time of something that took points (its life is over, it was repaired).
 * `now` is what the same facts on the same day give without it. `ended` names the bases, and `endedItems` where something of its own ended.
 */
export interface Affected { readonly subject: number; readonly village: number; readonly was: Score; readonly now: Score; readonly ended: readonly string[] }

interface Where { readonly round: Pick<Round, 'no' | 'household_standard'>; readonly day: Day; readonly village?: number; readonly subject?: number; readonly stop?: AbortSignal | undefined }
interface Kept { readonly subject: number; readonly village: number; readonly day: Day; readonly standard: string; readonly bases: string }

const batchSize = 2_500;

/** The results in force of a round that a committee should compute again, since something that they rest on has ended by `day`. In the order of their numbers. */
export async function affectedBy(reading: Reading, { round, day, village, subject, stop }: Where): Promise<readonly Affected[]> {
  const { read } = reading;
  const sets = await setsOn(reading, day);
  const lost = [...sets].filter(([, set]) => set.ended.length > 0).map(([digest]) => digest);
  const { compiled: { standard }, coding } = await loadCoding(read, round.household_standard);
  // What a village added counts in its own households.
  const hashes = new Set([round.household_standard, ...(await villageStandards(read, round.no)).values()]);
  const own = new Map(await Promise.all([...hashes].map(async hash => [hash, await loadCoding(read, hash)] as const)));
  const taking = [...new Set([...own.values()].flatMap(each => takingIndicators(each.coding)))];
  if (lost.length + taking.length === 0) return [];
  const shape = { standard, coding, positions: positionsOf(coding) };
  const scorers = new Map<string, { readonly before: Scorer; readonly after: Scorer; readonly ended: readonly string[] }>();
  const scorersOf = (one: Kept): { readonly before: Scorer; readonly after: Scorer; readonly ended: readonly string[] } | undefined => {
    const key = `${one.day} ${one.bases} ${one.standard}`;
    const [made, set, compiled] = [scorers.get(key), sets.get(one.bases), own.get(one.standard)?.compiled];
    if (made !== undefined || set === undefined || compiled === undefined) return made;
    const pair = { before: compiled.at({ day: one.day, bases: set.before }), after: compiled.at({ day: one.day, bases: set.after }), ended: set.ended };
    scorers.set(key, pair);
    return pair;
  };
  const found: Affected[] = [];
  for (let after = 0; ;) {
    stop?.throwIfAborted();
    const batch: Kept[] = await read('current_ratings as k').join('ratings as r', join => join.on('r.round', 'k.round').andOn('r.subject', 'k.subject').andOn('r.revision', 'k.revision')).join('yardsticks as y', 'y.no', 'r.yardstick')
      .where('k.round', round.no).where('k.subject', '>', after).whereIn('y.standard', [...hashes])
      .where(any => { void any.whereIn('y.bases', lost).orWhereExists(read('events as e').whereRaw('e.round = k.round and e.subject = k.subject').whereNull('e.voided').whereIn('e.indicator', taking).select('e.id')); })
      .modify(query => { if (village !== undefined) void query.where('k.village', village); if (subject !== undefined) void query.where('k.subject', subject); })
      .orderBy('k.subject').limit(batchSize).select('k.subject', 'k.village', 'y.day', 'y.standard', 'y.bases');
    const [last] = batch.slice(-1);
    if (last === undefined) return found;
    after = Number(last.subject);
    const facts = await gather(reading, round.no, batch.map(one => Number(one.subject)), shape, { codingAt: index => own.get(batch[index]?.standard ?? '')?.coding ?? coding });
    batch.forEach((one, index) => {
      const pair = scorersOf(one);
      if (pair === undefined) return;
      const held = facts.at(index);
      const left = withoutEnded(own.get(one.standard)?.compiled.standard ?? standard, held, { rated: one.day, day });
      const ended = [...pair.ended, ...left === held ? [] : [endedItems]];
      if (ended.length === 0) return;
      const was = scoreOf(standard, pair.before.score(held));
      const now = scoreOf(standard, pair.after.score(left));
      if (was.points !== now.points || was.grade !== now.grade || was.outcome !== now.outcome) found.push({ subject: Number(one.subject), village: Number(one.village), was, now, ended });
    });
  }
}

/** The kept sets by their digest: as they were, without the bases that have ended, and which these are. */
async function setsOn({ read }: Reading, day: Day): Promise<ReadonlyMap<string, { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string>; readonly ended: readonly string[] }>> {
  const [sets, register] = await Promise.all([basisSets(read), lawRegister(read)]);
  const isEnded = (id: string): boolean => { const versions = register.get(id); return versions !== undefined && inForceOn(versions, day) === undefined; };
  return new Map([...sets].map(([digest, before]) => {
    const ended = [...before].filter(isEnded);
    return [digest, { before, after: ended.length === 0 ? before : oneSet([...before].filter(id => !ended.includes(id))), ended }];
  }));
}
