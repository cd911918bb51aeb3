import test from 'ava';
import { newId } from '../../src/kit/id.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { excuse, readmit } from '../../src/rounds/excuse.ts';
import { caseOf } from '../../src/rounds/round.ts';
import { openCollecting, wholeValues } from '../support/collecting.ts';
import { collect } from '../support/rating.ts';
import { households } from '../support/village.ts';

const { id: household, no } = households.zhou;

test('who comes back with a whole and signed sheet is collected once somebody has looked again, though nothing changed', async t => {
  const village = await openCollecting(t);
  const { office, round, actor } = village;
  await collect(village, 'zhou');
  await excuse(office, await actor('sun'), { round: round.no, households: [household], reason: 'declined' });
  await readmit(office, await actor('sun'), { round: round.no, households: [household] });
  t.is((await caseOf(office.read, round.no, no)).standing, 'open');
  const { seq } = await recordSheet(office, await actor('mei'), { id: newId(), round: round.no, household, base_seq: 2, source: 'grid', values: wholeValues });
  t.is(seq, 2, 'no new sheet');
  t.is((await caseOf(office.read, round.no, no)).standing, 'collected');
  const traces = await village.traces();
  await recordSheet(office, await actor('mei'), { id: newId(), round: round.no, household, base_seq: 2, source: 'grid', values: wholeValues });
  t.is(await village.traces(), traces, 'looked at again: nothing new');
});
