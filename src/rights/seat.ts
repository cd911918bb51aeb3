import type { Knex } from 'knex';
import type { Subject } from '../access/subject.ts';
import { householdKey, householdSubject } from '../households/subject.ts';
import { recordersOf } from '../objections/queries.ts';
import { marksOf } from '../rounds/queries.ts';
import { roundById } from '../rounds/round.ts';
import type { Right } from './right.ts';

/** Who answers: nobody who is complained of, and where a result is looked at again, nobody who wrote down what it rests on or had a hand in it. */
export async function answerSubject(read: Knex, right: Pick<Right, 'household' | 'kind' | 'about' | 'complained_of'>): Promise<Subject> {
  const key = await householdKey(read, right.household);
  return {
    ...householdSubject(key),
    barred: [...right.complained_of === null ? [] : [{ officer: right.complained_of, why: '本人说的就是您经手的事，请换一位同志答复' }], ...right.kind === 'review' ? await handsIn(read, key.no, right.about) : []],
  };
}

const decisive = new Set(['preliminary', 'reviewed', 'returned', 'adjusted', 'approved']);

async function handsIn(read: Knex, subject: number, about: string): Promise<NonNullable<Subject['barred']>> {
  const { no: round } = await roundById(read, about);
  const [recorders, marks] = [await recordersOf(read, { round, subject }), await marksOf(read, round, subject)];
  return [
    ...[...recorders].map(officer => ({ officer, why: '这一户的情况是您采集的，请换一位同志重新看' })),
    ...[...new Set(marks.filter(one => decisive.has(one.mark)).map(one => one.by))].map(officer => ({ officer, why: '这个结果您评议、审核过，请换一位同志重新看' })),
  ];
}
