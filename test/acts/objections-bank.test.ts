import test from 'ava';
import '../../src/areas.ts';
import { householdKey } from '../../src/households/subject.ts';
import { newId } from '../../src/kit/id.ts';
import { bankSeat } from '../../src/objections/bank.ts';
import { objectionDues } from '../../src/objections/due.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { objectionById, objectionsAwaited } from '../../src/objections/queries.ts';
import { answerObjection } from '../support/answering.ts';
import { openAwarded } from '../support/awarded.ts';
import { households, memberId } from '../support/village.ts';

const { zhou } = households;

test('what a bank gave goes to no bank that the household did not choose, and is not stuck where the bank has nobody left', async t => {
  const village = await openAwarded(t);
  const { office, round } = village;
  const key = await householdKey(office.read, zhou.id);
  t.is((await bankSeat(office.read, key, '2026-11-23'))?.bank, 'bank-1', 'shared with none: the only one here');
  const id = newId();
  await lodgeObjection(office, await village.actor('hua'), { id, round: round.no, subject: zhou.no, notice: null, about: 'value:loanPerformance', words: '那笔早还清了', name: undefined, contact: undefined, how: 'hall' });
  t.is((await objectionById(office.read, id)).bank, 'bank-1');
  const awaited = async () => (await objectionsAwaited(office.read, { answer: ['/'], settle: [] }, 10)).map(one => one.id);
  const due = async () => (await objectionDues[0]?.list(office.read, { paths: ['/'], day: '2026-11-23', until: '2027-12-31' }))?.map(one => one.about);
  t.deepEqual([await awaited(), await due()], [[], []]);
  await office.store.write('posts').where({ role: 'coopOfficer' }).update({ until: '2026-11-23' });
  t.deepEqual([await awaited(), await due()], [[id], [id]], 'nobody in office there: the posts of the seat answer');
  await answerObjection(office, await village.actor('lin'), { id, outcome: 'kept', words: '核过，当时还没有还清' });
  t.is((await objectionById(office.read, id)).outcome, 'kept');
  await office.store.write('posts').where({ role: 'coopOfficer' }).update({ until: null });
  await office.store.write('banks').insert({ id: 'bank-2', name: '样板村镇银行', short: '村镇行', at: '2026-01-01T00:00:00.000Z', by: 'console' });
  await office.store.write('consents').insert({ id: 'share-2', household: zhou.id, member: memberId('zhou'), kind: 'share', bank: 'bank-2', text_version: '1', given_on: '2026-10-01', how: 'paper', mandate: null, evidence: null, salt: 's', at: '2026-10-01T00:00:00.000Z', by: 'console', unit: 0 });
  t.is(await bankSeat(office.read, key, '2026-11-23'), undefined, 'shared with another: this one learns nothing');
});
