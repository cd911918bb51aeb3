import type { ExecutionContext } from 'ava';
import { newId } from '../../src/kit/id.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { signSheet } from '../../src/observations/sign.ts';
import { placeByNo, placeSubject } from '../../src/places/queries.ts';
import type { Rating } from '../../src/ratings/queries.ts';
import type { Mark } from '../../src/rounds/case.ts';
import { caseColumns, mark, type Case } from '../../src/rounds/mark.ts';
import { inUnit } from '../../src/store/unit.ts';
import type { WrittenFact } from '../../src/standards/standard.ts';
import type { Row } from '../../src/store/dialect.ts';
import { openCollectingAfter, wholeValues, type Collecting } from './collecting.ts';
import { households, placeNos, type Person } from './village.ts';

type Household = keyof typeof households;
const workers: Readonly<Record<Household, Person>> = { zhou: 'mei', wu: 'mei', zheng: 'bo', wang: 'tan' };
const supplied = { loanPerformance: 'normal', guarantees: 'none', taxes: 'none', judgmentDefaulter: false } as const;

/** Takes down one household whole: what the bank and the bureau gave, what was asked at the door, and its signature. */
export async function collect(village: Collecting, who: Household, values: Readonly<Record<string, WrittenFact>> = {}): Promise<void> {
  const { office, round } = village;
  const subject = households[who].no;
  const worker = await village.actor(workers[who]);
  await recordMany(office, await village.actor('gao'), [{ subject, values: supplied }], { round: round.no, source: 'bank', batch: newId() });
  await recordSheet(office, worker, { id: newId(), round: round.no, household: households[who].id, base_seq: 1, source: 'grid', values: { ...wholeValues, ...values } });
  await signSheet(office, worker, { round: round.no, household: households[who].id, how: 'paper', reason: '' });
}

/** Changes some facts of a household that was taken down before. */
export async function change(village: Collecting, who: Household, values: Readonly<Record<string, WrittenFact>>): Promise<void> {
  const { office, round } = village;
  const row: { seq: number } | undefined = await office.read('sheets').where({ round: round.no, subject: households[who].no }).orderBy('seq', 'desc').first('seq');
  await recordSheet(office, await village.actor(workers[who]), { id: newId(), round: round.no, household: households[who].id, base_seq: row?.seq ?? 0, source: 'grid', values });
}

/** The round with three households taken down: two in Qinghe, one in Shuikou. 郑 has not consented and has no facts. */
export const openCollected = (t: Pick<ExecutionContext, 'teardown'>): Promise<Collecting> => openCollectingAfter(t, 'collected', {}, collectAll);

export async function collectAll(village: Collecting): Promise<void> {
  await collect(village, 'zhou');
  await collect(village, 'wu', { debtBurden: 'heavy', labourCount: 1 });
  await collect(village, 'wang');
}

/** Moves cases along, as the committees will: only what ratings look at. */
export async function walk(village: Collecting, subjects: readonly number[], steps: readonly Mark[]): Promise<void> {
  const gao = await village.actor('gao');
  for (const step of steps) {
    await inUnit(village.office, gao, [], async unit => {
      const subject = placeSubject(await placeByNo(unit.read, placeNos.anhe));
      unit.require('case.review', subject);
      const cases: Case[] = await unit.read('cases').where({ round: village.round.no }).whereIn('subject', [...subjects]).select(...caseColumns);
      mark(unit, cases, { mark: step, track: 'household' });
      unit.record({ act: 'case.walked', power: 'case.review', subject });
    });
  }
}
export const toApproval: readonly Mark[] = ['preliminary', 'posted', 'noticed', 'reviewed', 'posted', 'noticed', 'approved'];

/** A rating as a row of `ratings`, without what its yardstick tells. */
export function rowOf({ round, subject, revision, run, village, points, grade, outcome, credit, sheet, yardstick, former }: Rating): Row {
  return { round, subject, revision, run, village, points, grade, outcome, credit, sheet, yardstick, former };
}
