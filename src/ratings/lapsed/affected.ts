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

/** A household whose result rests on a legal basis that has ended since, and what the same facts on the same day give without it: only the law differs. */
export interface Affected { readonly subject: number; readonly village: number; readonly was: Score; readonly now: Score; readonly ended: readonly string[] }

interface Where { readonly round: Pick<Round, 'no' | 'household_standard'>; readonly day: Day; readonly village?: number; readonly stop?: AbortSignal | undefined }
interface Kept { readonly subject: number; readonly village: number; readonly day: Day; readonly standard: string; readonly bases: string }

const batchSize = 2_500;

/** The results in force of a round that a committee should compute again, since a basis that they rest on is not in force on `day`. In the order of their numbers. */
export async function affectedBy(reading: Reading, { round, day, village, stop }: Where): Promise<readonly Affected[]> {
  const { read } = reading;
  const lost = await endedSets(reading, day);
  if (lost.size === 0) return [];
  const { compiled: { standard }, coding } = await loadCoding(read, round.household_standard);
  // What a village added counts in its own households.
  const hashes = new Set([round.household_standard, ...(await villageStandards(read, round.no)).values()]);
  const own = new Map(await Promise.all([...hashes].map(async hash => [hash, await loadCoding(read, hash)] as const)));
  const shape = { standard, coding, positions: positionsOf(coding) };
  const scorers = new Map<string, { readonly before: Scorer; readonly after: Scorer; readonly ended: readonly string[] }>();
  const scorersOf = (one: Kept): { readonly before: Scorer; readonly after: Scorer; readonly ended: readonly string[] } | undefined => {
    const key = `${one.day} ${one.bases} ${one.standard}`;
    const [made, sets, compiled] = [scorers.get(key), lost.get(one.bases), own.get(one.standard)?.compiled];
    if (made !== undefined || sets === undefined || compiled === undefined) return made;
    const pair = { before: compiled.at({ day: one.day, bases: sets.before }), after: compiled.at({ day: one.day, bases: sets.after }), ended: sets.ended };
    scorers.set(key, pair);
    return pair;
  };
  const found: Affected[] = [];
  for (let after = 0; ;) {
    stop?.throwIfAborted();
    const batch: Kept[] = await read('current_ratings as k').join('ratings as r', join => join.on('r.round', 'k.round').andOn('r.subject', 'k.subject').andOn('r.revision', 'k.revision')).join('yardsticks as y', 'y.no', 'r.yardstick')
      .where('k.round', round.no).where('k.subject', '>', after).whereIn('y.standard', [...hashes]).whereIn('y.bases', [...lost.keys()])
      .modify(query => { if (village !== undefined) void query.where('k.village', village); })
      .orderBy('k.subject').limit(batchSize).select('k.subject', 'k.village', 'y.day', 'y.standard', 'y.bases');
    const [last] = batch.slice(-1);
    if (last === undefined) return found;
    after = Number(last.subject);
    const facts = await gather(reading, round.no, batch.map(one => Number(one.subject)), shape, { codingAt: index => own.get(batch[index]?.standard ?? '')?.coding ?? coding });
    batch.forEach((one, index) => {
      const pair = scorersOf(one);
      if (pair === undefined) return;
      const was = scoreOf(standard, pair.before.score(facts.at(index)));
      const now = scoreOf(standard, pair.after.score(facts.at(index)));
      if (was.points !== now.points || was.grade !== now.grade || was.outcome !== now.outcome) found.push({ subject: Number(one.subject), village: Number(one.village), was, now, ended: pair.ended });
    });
  }
}

/** The kept sets that lost a basis, by their digest. */
async function endedSets({ read }: Reading, day: Day): Promise<ReadonlyMap<string, { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string>; readonly ended: readonly string[] }>> {
  const [sets, register] = await Promise.all([basisSets(read), lawRegister(read)]);
  const isEnded = (id: string): boolean => { const versions = register.get(id); return versions !== undefined && inForceOn(versions, day) === undefined; };
  return new Map([...sets].flatMap(([digest, before]) => {
    const ended = [...before].filter(isEnded);
    return ended.length === 0 ? [] : [[digest, { before, after: oneSet([...before].filter(id => !ended.includes(id))), ended }]];
  }));
}
