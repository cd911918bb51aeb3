import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { ExecutionContext } from 'ava';
import '../../src/areas.ts';
import { handIn } from '../../src/exchange/deliver.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { cureEvent } from '../../src/observations/cure.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { signSheet } from '../../src/observations/sign.ts';
import { stageSpan } from '../../src/observations/stage-span.ts';
import { undoSheet } from '../../src/observations/undo.ts';
import { docketOf } from '../../src/panels/docket.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { adjust } from '../../src/ratings/adjust.ts';
import { rateOne } from '../../src/ratings/rate-one.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { reopenCase } from '../../src/ratings/reopen.ts';
import { changedSince } from '../../src/ratings/since-approved.ts';
import { excuse } from '../../src/rounds/excuse.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { inUnit } from '../../src/store/unit.ts';
import { openCollected, toApproval, walk } from '../support/rating.ts';
import { households, placeNos } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';

const { zhou, wu } = households;
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;
const event = { id: newId(), indicator: 'conduct', option: 'publicDamage', day: '2026-11-02', note: '撞歪了路灯' };

/** Zhou's result approved, with an event that takes points on record; Wu's still under way. */
async function approved(t: ExecutionContext) {
  const village = await openCollected(t);
  const { office, round } = village;
  await recordMany(office, await village.actor('sun'), [{ subject: zhou.no, values: {}, events: [event] }], { round: round.no, source: 'village', batch: newId(), power: 'observation.record' });
  await rateRound(office, await village.actor('gao'), { round: round.no });
  await walk(village, [zhou.no], toApproval);
  return village;
}

test('what an approved result rests on is locked at every door, until the township opens it again with a reason', async t => {
  const village = await approved(t);
  const { office, round } = village;
  const [mei, sun, lin, gao] = [await village.actor('mei'), await village.actor('sun'), await village.actor('lin'), await village.actor('gao')];
  const at = { round: round.no, household: zhou.id };
  const state = async (): Promise<string> => JSON.stringify([await office.read('sheets').where({ subject: zhou.no }).orderBy('seq').select('*'), await office.read('events').where({ subject: zhou.no }).select('*'), await office.read('current_values').where({ subject: zhou.no }).select('*'), await caseOf(office.read, round.no, zhou.no)]);
  const [before, sheet] = [await state(), await office.read('sheets').where({ subject: zhou.no }).orderBy('seq', 'desc').first('seq') as { seq: number }];
  const saving = { id: newId(), ...at, base_seq: sheet.seq, source: 'grid', values: { labourCount: 1 } } as const;
  const doors: readonly (readonly [string, () => Promise<unknown>, string])[] = [
    ['the card at the door', () => recordSheet(office, mei, saving), 'facts-locked'],
    ['the village\'s own word', () => recordSheet(office, sun, { ...saving, id: newId(), source: 'village' }), 'facts-locked'],
    ['a late event', () => recordSheet(office, sun, { ...saving, id: newId(), values: {}, events: [{ ...event, id: newId() }], source: 'village' }), 'facts-locked'],
    ['something put right', () => cureEvent(office, sun, { id: newId(), ...at, event: event.id, on: '2026-11-20', note: '修好了', photos: [], source: 'village' }), 'facts-locked'],
    ['a signature', () => signSheet(office, mei, { ...at, how: 'paper', reason: '' }), 'facts-locked'],
    ['the last save', () => undoSheet(office, sun, { ...at, seq: sheet.seq }), 'facts-locked'],
    ['未参评', () => excuse(office, sun, { round: round.no, households: [zhou.id], reason: 'declined' }), 'not-allowed'],
    ['another grade', () => adjust(office, lin, { ...at, to: 'AAA', reason: '应当更高', seen: 1 }), 'mark-not-allowed'],
    ['another reckoning', () => rateOne(office, lin, at), 'not-rateable'],
  ];
  for (const [door, run, code] of doors) { t.is(await codeOf(t, run()), code, door); t.is(await state(), before, door); }

  // Files and lists pass it by, and say so.
  const path = join(village.dataDir, 'paper.csv');
  writeFileSync(path, '村,户号,户主,项目,值\n清河村,1,周大山,其中劳力几人,1\n');
  const handed = await handIn(office, gao, { kind: 'observations', settings: { round: round.id, source: 'paper' }, path, fileName: '纸表.csv' });
  t.like(handed.report, { good: 0, left: 1, faultCount: 1 });
  t.regex(handed.report.faults[0]?.say ?? '', /内容定住了/);
  t.deepEqual(await recordMany(office, gao, [{ subject: zhou.no, values: { labourCount: 1 } }], { round: round.no, source: 'bank', batch: newId() }), { loaded: 0, left: [{ subject: zhou.no, why: 'facts-locked' }] });
  t.is(await state(), before, 'a list');
  // The run of a whole round leaves it out.
  await rateRound(office, gao, { round: round.no });
  t.is(await state(), before, 'a run');

  t.is(await codeOf(t, reopenCase(office, sun, { ...at, reason: '想改一下' })), 'not-allowed', 'a village does not open its own');
  await reopenCase(office, lin, { ...at, reason: '路灯的事要再核' });
  t.is((await caseOf(office.read, round.no, zhou.no)).standing, 'collected');
  await t.notThrowsAsync(recordSheet(office, mei, { ...saving, id: newId() }));
  await rateOne(office, lin, at);
  const docket = await docketOf(office.read, { round: await roundByNo(office.read, round.no), village: await placeByNo(office.read, placeNos.qinghe), stage: 'village' });
  t.is(docket.alone.find(row => row.subject === zhou.no)?.reasons.find(reason => reason.code === 'reopened')?.words, '批准以后重新打开过：路灯的事要再核');
});

test('批准后有变动: a paper put on record later and a family that changed are told wherever the result is, and it stands', async t => {
  const village = await approved(t);
  const { office } = village;
  village.clock.set('2026-11-25T01:00:00.000Z');
  const round = await roundByNo(office.read, village.round.no);
  const since = async (subject?: number) => changedSince({ read: office.read, dialect: office.store.dialect }, { round, day: '2026-11-25', villages: [placeNos.qinghe], subject });
  t.deepEqual(await since(), []);
  const result = () => office.read('cases').where({ subject: zhou.no }).select('standing', 'points', 'grade', 'revision');
  const before = await result();
  const sun = await village.actor('sun');
  // What happened was told to the person in the meantime: a span of the event, which a decided case takes no notice of.
  await inUnit(office, sun, [`household:${zhou.id}`], async unit => {
    const subject = { id: zhou.id, paths: [(await placeByNo(unit.read, placeNos.qinghe)).path] };
    unit.require('observation.record', subject);
    await stageSpan(unit, { household: zhou.id, event: event.id, span: { from: '2026-11-25' } });
    unit.record({ act: 'test.span', power: 'observation.record', subject });
  });
  await office.store.write('household_events').insert({ id: newId(), household: zhou.id, kind: 'parted', day: '2026-11-25', body: '{}', batch: null, salt: 's', at: '2026-11-25T02:00:00.000Z', by: 'console', unit: 0 });
  t.deepEqual((await since()).map(one => [one.subject, one.words]), [[zhou.no, ['11月25日又记了新的情况', '11月25日家里有人移出']]]);
  t.deepEqual(await since(wu.no), []);
  t.deepEqual(await result(), before, 'the result stands');

  const gao = await (await openDoors(t, village))('gao');
  const docket = `/reviews/${village.round.id}/${(await placeByNo(office.read, placeNos.qinghe)).id}/approval`;
  for (const page of [`/ratings/${village.round.id}/${zhou.id}`, docket, `${docket}/cases/${zhou.id}`, '/rolls']) {
    const { status, body } = await gao.get(page);
    t.is(status, 200, page);
    t.true(body.includes('批准后有变动') && body.includes('家里有人移出'), page);
  }
  const late = await gao.post(`${docket}/cases/${zhou.id}/return`, { mark_seq: '1', reason: '路灯的事要再核一次' });
  t.is(late.status, 409);
  t.true(late.body.includes('批准') && late.body.includes('路灯的事要再核一次'), 'somebody was first: what was done, and what was typed');
});
