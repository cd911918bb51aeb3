import test from 'ava';
import type { ExecutionContext } from 'ava';
import { answerCheck } from '../../src/fairness/answer-check.ts';
import { holdDraw } from '../../src/fairness/hold-draw.ts';
import { openCheck } from '../../src/fairness/open-check.ts';
import { pictureOf } from '../../src/fairness/picture.ts';
import { checkById, drawOf, lotsOf } from '../../src/fairness/queries.ts';
import { recordRevisit } from '../../src/fairness/revisit.ts';
import { signalsIn } from '../../src/fairness/signals.ts';
import { forget } from '../../src/households/forget.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { declare } from '../../src/recusals/declare.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { openCollecting, wholeValues } from '../support/collecting.ts';
import { openDoors } from '../support/visit.ts';
import { households, officerId, placeId, placeNos } from '../support/village.ts';

const { zhou, wu } = households;
const village = placeNos.qinghe;
const codeOf = async (t: ExecutionContext, run: Promise<unknown>): Promise<string | undefined> => (await t.throwsAsync<Refusal>(run))?.code;

/** Mei answers for 周 and 吴 six times over, between ten at night and three in the morning. */
async function collected(t: ExecutionContext) {
  const opened = await openCollecting(t);
  const { office, clock, round } = opened;
  const mei = await opened.actor('mei');
  for (const [at, household] of [zhou, wu, zhou, wu, zhou, wu].entries()) {
    clock.set(`2026-11-23T${at < 5 ? `1${at + 4}` : '18'}:0${at}:00.000Z`);
    await recordSheet(office, mei, { id: newId(), round: round.no, household: household.id, base_seq: Math.floor(at / 2), source: 'grid', values: { ...wholeValues, memberCount: 3 + Math.floor(at / 2) } });
  }
  clock.set('2026-11-24T01:00:00.000Z');
  return opened;
}

test('a signal opens a check, somebody whom it is not about answers it, and no grade changes', async t => {
  const opened = await collected(t);
  const { office, round } = opened;
  const [key] = signalsIn(await pictureOf(office.read, await roundByNo(office.read, round.no), village)).map(one => one.key);
  t.is(key, `night:${officerId('mei')}`);
  const asking = { id: newId(), round: round.no, village, signal: key ?? '', assigned: officerId('lin') };
  for (const who of ['mei', 'sun', 'lin', 'ping', 'wei'] as const) t.is(await codeOf(t, openCheck(office, await opened.actor(who), asking)), 'not-allowed', who);
  const su = await opened.actor('su');
  t.is(await codeOf(t, openCheck(office, su, { ...asking, assigned: officerId('sun') })), 'faults', 'not one who may answer');
  t.is(await codeOf(t, openCheck(office, su, { ...asking, signal: 'kin:' })), 'signal-gone');
  await openCheck(office, su, asking);
  const traces = await opened.traces();
  await openCheck(office, su, asking);
  t.is(await opened.traces(), traces, 'the same form sent twice is taken once');
  t.is(await codeOf(t, openCheck(office, su, { ...asking, id: newId() })), 'check-open');
  t.like(await checkById(office.read, asking.id), { due_on: '2026-12-15', finding: null, assignee: '林志远' });
  t.is(await codeOf(t, answerCheck(office, await opened.actor('gao'), { id: asking.id, finding: 'fine', words: '问过' })), 'check-others');
  t.is(await codeOf(t, answerCheck(office, await opened.actor('mei'), { id: asking.id, finding: 'fine', words: '问过' })), 'not-allowed');
  const before = await office.read('cases').where({ round: round.no }).select('subject', 'standing', 'mark_seq').orderBy('subject');
  await answerCheck(office, await opened.actor('lin'), { id: asking.id, finding: 'fine', words: '白天下地，晚上约的时间' });
  t.is(await codeOf(t, answerCheck(office, await opened.actor('lin'), { id: asking.id, finding: 'fine', words: '再写一次' })), 'check-settled');
  t.deepEqual(await office.read('cases').where({ round: round.no }).select('subject', 'standing', 'mark_seq').orderBy('subject'), before);
});

test('drawn once from a public number, seen again by nobody who wrote it down, told to everybody without a name', async t => {
  const opened = await collected(t);
  const { office, round } = opened;
  const shen = await opened.actor('shen');
  const drawing = { id: newId(), round: round.no, village, seed: '03 09 14 22 27 31', source: '福利彩票双色球 2026134 期' };
  t.is(await codeOf(t, holdDraw(office, await opened.actor('sun'), drawing)), 'not-allowed');
  t.is(await codeOf(t, holdDraw(office, shen, { ...drawing, village: placeNos.shuikou })), 'draw-empty');
  await holdDraw(office, shen, drawing);
  t.is(await codeOf(t, holdDraw(office, shen, { ...drawing, id: newId(), seed: '1' })), 'draw-held', 'no second try');
  t.like(await drawOf(office.read, round.no, village), { among: 2, drawn_on: '2026-11-24' });
  const [lot] = await lotsOf(office.read, drawing.id);
  const found = { draw: drawing.id, household: lot?.id ?? '', result: 'away' as const, words: '' };
  t.is(await codeOf(t, recordRevisit(office, await opened.actor('mei'), found)), 'not-allowed');
  t.is(await codeOf(t, recordRevisit(office, await opened.actor('sun'), { ...found, household: households.zheng.id })), 'not-found', 'not drawn');
  await recordRevisit(office, await opened.actor('sun'), found);
  await declare(office, await opened.actor('lin'), { household: lot?.id ?? '', ground: 'kin' });
  t.is(await codeOf(t, recordRevisit(office, await opened.actor('lin'), { ...found, result: 'same' })), 'not-allowed');
  await recordRevisit(office, await opened.actor('sun'), { ...found, result: 'differs', words: '家里五口人' });
  t.is(await codeOf(t, recordRevisit(office, await opened.actor('sun'), found)), 'revisit-done');
  t.deepEqual((await pictureOf(office.read, await roundByNo(office.read, round.no), village)).recorders[0]?.again, { same: 0, all: 1 });
  t.true((await pictureOf(office.read, await roundByNo(office.read, round.no), village)).households.some(one => one.kin));
  await forget(office, await opened.actor('gao'), { household: lot?.id ?? '' });
  t.deepEqual(await office.read('revisits').select('id'), []);
});

test('the pages of a village, a check and a draw', async t => {
  const opened = await collected(t);
  const { round } = opened;
  const visitor = await openDoors(t, opened);
  const [shen, gao, lin, sun, tan, anybody] = [await visitor('shen'), await visitor('gao'), await visitor('lin'), await visitor('sun'), await visitor('tan'), await visitor()];
  const here = `/fairness/${round.id}/${placeId(village)}`;
  t.true((await shen.get('/fairness')).body.includes(here));
  t.true((await gao.get('/reviews')).body.includes('href="/fairness"'));
  t.deepEqual([(await lin.get(here)).status, (await gao.get(`/fairness/${round.id}/${placeId(placeNos.anhe)}`)).status], [403, 404]);
  const page = (await gao.get(here)).body;
  for (const words of ['半夜保存', '梅小兰有 6 次在夜里', '还没有算分', '2 户里抽百分之五']) t.true(page.includes(words), words);
  t.is((await gao.post(`${here}/checks`, { signal: `night:${officerId('mei')}`, assigned: '' })).status, 422);
  const check = (await gao.post(`${here}/checks`, { id: newId(), signal: `night:${officerId('mei')}`, assigned: officerId('lin') })).location?.split('?')[0] ?? '';
  t.true((await lin.get('/desk')).body.includes(check));
  t.true((await lin.get('/due')).body.includes(check), 'on the board of whoever was asked');
  t.deepEqual([(await sun.get(check)).status, (await tan.get(check)).status], [403, 403]);
  t.is((await lin.post(`${check}/answer`, { finding: 'fine', words: '' })).status, 422);
  t.is((await lin.post(`${check}/answer`, { finding: 'fine', words: '晚上约的时间' })).status, 303);
  t.true((await shen.get(check)).body.includes('晚上约的时间'));

  t.is((await gao.post(`${here}/draw`, { seed: '', source: '' })).status, 422);
  const draw = (await gao.post(`${here}/draw`, { id: newId(), seed: '03 09 14', source: '双色球 2026134 期' })).location?.split('?')[0] ?? '';
  t.regex((await sun.get('/desk')).body, /清河村抽查回访，还有 1 户/);
  const [lot] = await lotsOf(opened.office.read, draw.split('/').at(-1) ?? '');
  t.is((await sun.post(`${draw}/revisits`, { household: lot?.id ?? '', result: 'differs', words: '' })).status, 422);
  t.is((await sun.post(`${draw}/revisits`, { household: lot?.id ?? '', result: 'same', words: '' })).status, 303);
  t.true((await sun.get(draw)).body.includes('和记的一样'));
  t.is((await tan.get(draw)).status, 403);
  for (const paper of [(await sun.get(`${draw}/print`)).body, (await anybody.get(`${draw}/public`)).body]) {
    for (const words of ['03 09 14', '双色球 2026134 期', 'SHA-256']) t.true(paper.includes(words), words);
    t.false(paper.includes(lot?.head_name ?? '?'), 'nobody is named');
  }
});
