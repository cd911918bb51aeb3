import test from 'ava';
import type { ExecutionContext } from 'ava';
import type { Actor } from '../../src/access/actor.ts';
import { formats, formatNamed } from '../../src/exchange/formats.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { newId } from '../../src/kit/id.ts';
import { checkValues, loadValues, type Loading } from '../../src/observations/load.ts';
import { factsIn } from '../../src/observations/observation.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { takeBack } from '../../src/observations/take-back.ts';
import { worldOf } from '../../src/observations/world.ts';
import { excuse } from '../../src/rounds/excuse.ts';
import { openCollecting, wholeValues, type Collecting } from '../support/collecting.ts';
import { wrongLastSheets } from '../support/last-sheets.ts';
import { households } from '../support/village.ts';

const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;
const fileOf = (text: string, fast = true): Loading['file'] => {
  const bytes = new TextEncoder().encode(text);
  return {
    fileName: 'values.csv', table: columns => formatNamed('csv').read({ bytes }, columns),
    ...fast ? { pieces: async function* () { yield bytes; } } : {},
  };
};
const factsOf = async (village: Collecting, who: keyof typeof households): Promise<unknown> => factsIn((await worldOf(village.office.read, village.round.no, households[who].id)).picture);
const load = (village: Collecting, actor: Actor, text: string, more: Partial<Loading> & { id?: string } = {}) =>
  loadValues(village.office, actor, { round: village.round.no, source: 'bank', file: fileOf(text), ...more });

const bank = `village,number,indicator,value
清河村,1,loanPerformance,normal
清河村,1,guarantees,没有担保
清河村,2,loanPerformance,没有往来
清河村,3,loanPerformance,late30
水口村,1,loanPerformance,normal
清河村,77,loanPerformance,normal
清河村,1,livelihood,steady
清河村,2,guarantees,nonsense
`;

test('a file is looked through first, then what is right is loaded; the rest is told row by row', async t => {
  const village = await openCollecting(t);
  const gao = await village.actor('gao');
  const before = await village.traces();
  const given: Loading = { round: village.round.no, source: 'bank', file: fileOf(bank) };
  const looked = await checkValues(village.office, gao, given);
  t.is(await village.traces(), before, 'looking leaves nothing');
  t.deepEqual(looked.problems.map(each => [each.row, each.column, each.value]), [[7, '户号', '清河村 77'], [8, '这份活稳不稳', 'steady'], [9, '替人担保', 'nonsense']]);
  t.true(looked.problems.every(each => each.say !== '' && each.remedy !== ''));
  t.deepEqual(looked.unmatched.map(each => each.row), [7]);
  t.deepEqual([looked.rows, looked.values, looked.households, looked.loaded], [8, 5, 4, 3]);
  t.deepEqual(looked.left, [{ subject: households.zheng.no, why: 'consent-missing' }]);
  const loaded = await loadValues(village.office, gao, given);
  t.deepEqual([loaded.rows, loaded.loaded, loaded.problemCount], [8, 3, 3]);
  t.deepEqual(await factsOf(village, 'zhou'), { loanPerformance: 'normal', guarantees: 'none' });
  t.deepEqual(await factsOf(village, 'wu'), { loanPerformance: { missing: 'noDealings' } });
  t.deepEqual(await factsOf(village, 'zheng'), {});
  const row = await village.office.read('imports').where({ id: loaded.id }).first();
  t.like(row, { rows: 8, loaded: 3, unmatched: 1, taken_back_at: null });
});

for (const fast of [true, false]) {
  test(`a second value for the same item of a household is told with both rows; the first stays (${fast ? 'fast' : 'careful'})`, async t => {
    const village = await openCollecting(t);
    const twice = 'village,number,indicator,value\n清河村,1,loanPerformance,normal\n清河村,2,loanPerformance,没有往来\n清河村,1,loanPerformance,late30\n清河村,2,loanPerformance,没有往来\n';
    const report = await load(village, await village.actor('gao'), twice, { file: fileOf(twice, fast) });
    t.deepEqual(report.problems.map(each => [each.row, each.value, each.say]), [[4, 'late30', '同一户的这一项在第 2 行已经写过另一个值']]);
    t.deepEqual(await factsOf(village, 'zhou'), { loanPerformance: 'normal' });
  });
}

test('the fast reader and the careful one write the same rows', async t => {
  const rows: unknown[] = [];
  for (const fast of [true, false]) {
    const village = await openCollecting(t);
    await load(village, await village.actor('gao'), bank, { file: fileOf(bank, fast) });
    const list = await village.office.read('current_values').orderBy(['subject', 'indicator']).select('subject', 'indicator', 'value', 'state', 'sheet');
    const sheets = await village.office.read('sheets').orderBy('subject').select('subject', 'seq', 'body');
    rows.push({ list, sheets });
  }
  t.deepEqual(rows[0], rows[1]);
});

test('the wide form, headings in Chinese, a quoted cell, a table sheet', async t => {
  const village = await openCollecting(t);
  const sun = await village.actor('sun');
  const wide = '户主,村,户号,家里几口人,其中劳力几人,"主要靠什么过日子",看不懂的列\n周大山,清河村,001,４,2,种田,x\n吴秀兰,清河村,2,,,不清楚,\n';
  const report = await load(village, sun, wide, { source: 'paper' });
  t.deepEqual([report.loaded, report.values, report.problemCount, report.unknown], [2, 4, 0, ['看不懂的列']]);
  t.deepEqual(await factsOf(village, 'zhou'), { memberCount: 4, labourCount: 2, mainTrade: 'crops' });
  t.deepEqual(await factsOf(village, 'wu'), { mainTrade: { missing: 'dontKnow' } });
  t.true(formats.length > 1);
});

test('a second load of the same file changes nothing; another value follows; the same import sent twice is taken once', async t => {
  const village = await openCollecting(t);
  const gao = await village.actor('gao');
  const id = newId();
  await load(village, gao, bank, { id });
  const sheets = async (): Promise<number> => (await village.office.read('sheets').where({ round: village.round.no })).length;
  t.is(await sheets(), 3);
  const before = await village.traces();
  await load(village, gao, bank, { id });
  t.is(await village.traces(), before);
  await load(village, gao, bank);
  t.is(await sheets(), 3);
  await load(village, gao, 'village,number,indicator,value\n清河村,1,loanPerformance,late30\n');
  t.like(await factsOf(village, 'zhou') as object, { loanPerformance: 'late30', guarantees: 'none' });
});

test('who may load: only their own villages, and only posts that load', async t => {
  const village = await openCollecting(t);
  const before = await village.traces();
  t.is(await codeOf(t, load(village, await village.actor('mei'), bank)), 'not-allowed');
  t.is(await codeOf(t, load(village, await village.actor('ping'), bank)), 'not-allowed');
  t.is(await village.traces(), before);
  const sun = await load(village, await village.actor('sun'), bank);
  t.is(sun.loaded, 2);
  t.deepEqual(sun.unmatched.map(each => each.row), [6, 7], 'who lives in another village is not found');
});

test('columns that nobody could match refuse the file', async t => {
  const village = await openCollecting(t);
  const gao = await village.actor('gao');
  t.is(await codeOf(t, load(village, gao, 'village,number\n清河村,1\n')), 'value-headings-missing');
  t.is(await codeOf(t, load(village, gao, 'village,number,number,indicator,value\n清河村,1,1,a,b\n')), 'value-headings-repeated');
});

test('an import is taken back as one act; what was changed since stays and is told', async t => {
  const village = await openCollecting(t);
  const [gao, mei] = [await village.actor('gao'), await village.actor('mei')];
  await recordSheet(village.office, mei, { id: newId(), round: village.round.no, household: households.zhou.id, base_seq: 0, source: 'grid', values: { memberCount: 4 } });
  const text = 'village,number,indicator,value\n清河村,1,memberCount,6\n清河村,1,loanPerformance,normal\n清河村,2,memberCount,3\n水口村,1,memberCount,2\n';
  const { id } = await load(village, gao, text, { source: 'paper' });
  t.deepEqual(await factsOf(village, 'zhou'), { memberCount: 6, loanPerformance: 'normal' });
  await recordSheet(village.office, mei, { id: newId(), round: village.round.no, household: households.wu.id, base_seq: 1, source: 'grid', values: { memberCount: 5 } });
  await excuse(village.office, await village.actor('tan'), { round: village.round.no, households: [households.wang.id], reason: 'absent' });
  t.is(await codeOf(t, takeBack(village.office, await village.actor('sun'), id)), 'not-allowed');
  t.is(await codeOf(t, takeBack(village.office, gao, newId())), 'import-unknown');
  const taken = await takeBack(village.office, gao, id);
  t.is(taken.restored, 1);
  t.deepEqual(taken.kept.toSorted((a, b) => a.subject - b.subject), [{ subject: households.wu.no, why: 'changed-since' }, { subject: households.wang.no, why: 'locked' }]);
  t.deepEqual(await factsOf(village, 'zhou'), { memberCount: 4 });
  t.deepEqual(await factsOf(village, 'wu'), { memberCount: 5 });
  t.deepEqual(await wrongLastSheets(village.office.read), []);
  t.is(await codeOf(t, takeBack(village.office, gao, id)), 'import-taken-back');
});

test('keyed-in paper sheets that were signed make their cases collected', async t => {
  const village = await openCollecting(t);
  const rows = Object.entries(wholeValues).map(([key, value]) => `清河村,1,${key},${value}`);
  await load(village, await village.actor('gao'), `village,number,indicator,value\n${rows.join('\n')}\n清河村,2,memberCount,3\n`, { source: 'paper', signed: { how: 'paper', reason: '' } });
  const standings = await village.office.read('cases').whereIn('subject', [households.zhou.no, households.wu.no]).orderBy('subject').select('standing');
  t.deepEqual(standings.map(each => (each as { standing: string }).standing), ['collected', 'open']);
});
