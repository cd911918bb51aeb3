import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import test from 'ava';
import { calendarOf, readCalendar } from '../../src/kit/calendar.ts';
import { leafOfEntry, treeOfNotice } from '../../src/notices/proof.ts';
import { inThreeRuns, isOver, lastDay, noticeStages, noticeStageNames, postingMark, workingDaysLeft } from '../../src/notices/notice.ts';
import { dueDay, readReceipt, receiptFrom } from '../../src/objections/objection.ts';
import { openLimiter } from '../../src/objections/limiter.ts';
import { standingAfter } from '../../src/rounds/case.ts';
import { isTitleStep, lastStep, nextStep, stepNames, steps } from '../../src/titles/title.ts';
import { setClock } from '../support/clock.ts';
import { root } from '../support/tree.ts';

const calendar = calendarOf(readCalendar(readFileSync(join(root, 'seeds/calendar/2026.csv'), 'utf8')));

test('the day of posting is not counted, weekends are not, the last day is a working day', t => {
  t.is(lastDay('2026-11-23', 5, calendar), '2026-11-30');
  t.is(lastDay('2026-11-27', 5, calendar), '2026-12-04');
  t.is(lastDay('2026-11-28', 5, calendar), '2026-12-04', 'posted on a Saturday');
  t.is(lastDay('2026-11-23', 1, calendar), '2026-11-24');
});

test('over National Day the clock waits', t => {
  const until = lastDay('2026-09-28', 5, calendar);
  t.true(until > '2026-10-07', until);
  t.is(workingDaysLeft('2026-09-28', until, calendar), 5);
});

test('the whole last day belongs to those who object', t => {
  t.false(isOver('2026-11-30', '2026-11-30'));
  t.true(isOver('2026-11-30', '2026-12-01'));
  t.deepEqual(['2026-11-27', '2026-11-29', '2026-11-30', '2026-12-02'].map(day => workingDaysLeft(day, '2026-11-30', calendar)), [1, 1, 0, 0]);
});

test('an answer is due on the seventh working day after', t => {
  t.is(dueDay('2026-11-23', calendar), '2026-12-02');
  t.is(dueDay('2026-11-29', calendar), '2026-12-08', 'lodged on a Sunday');
});

test('posting and ending lead where the workflow says', t => {
  for (const name of noticeStageNames) {
    const stage = noticeStages[name];
    const mark = postingMark(name);
    if (mark === undefined) { t.is(stage.hangs, undefined); continue; }
    for (const from of stage.from) t.is(standingAfter('household', from, mark, false), stage.hangs);
    t.is(standingAfter('household', stage.hangs ?? 'open', 'noticed', false), stage.next);
    t.is(standingAfter('household', stage.hangs ?? 'open', 'noticed', true), undefined, 'never while held');
  }
});

test('a leaf changes with every part of its line, the root with every leaf and with the head', t => {
  const line = { seq: 1, shown: '周＊山', group: '第1组', grade: 0, salt: 's' };
  const leaves = [leafOfEntry('n', line), leafOfEntry('m', line), ...[{ seq: 2 }, { shown: '' }, { group: '第2组' }, { grade: 1 }, { salt: 'x' }].map(own => leafOfEntry('n', { ...line, ...own }))];
  t.is(new Set(leaves).size, leaves.length);
  const [one = '', other = ''] = leaves;
  t.is(new Set([treeOfNotice('head', [one, other]), treeOfNotice('head', [other, one]), treeOfNotice('heads', [one, other]), treeOfNotice('head', [one])].map(tree => tree.root)).size, 4);
});

test('lines are set in three runs read downwards', t => {
  t.deepEqual(inThreeRuns([1, 2, 3, 4, 5, 6, 7]), [[1, 4, 7], [2, 5, undefined], [3, 6, undefined]]);
  t.deepEqual(inThreeRuns([]), []);
  t.deepEqual(inThreeRuns([1]), [[1, undefined, undefined]]);
});

test('a receipt is read back however it was typed, and nothing else is one', t => {
  const receipt = receiptFrom(Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 255]));
  t.regex(receipt, /^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{2}$/);
  t.is(readReceipt(receipt.toLowerCase().replaceAll('-', ' ')), receipt);
  t.is(readReceipt('２３４５６７８９ａｂ'), '2345-6789-AB');
  for (const text of ['', '2345-6789-A', '0345-6789-AB', 'I345-6789-AB', '2345-6789-ABC', '<script>']) t.is(readReceipt(text), undefined, text);
});

test('so many in an hour from one address, and others are not touched', t => {
  const clock = setClock();
  const limiter = openLimiter(clock, { most: 2, minutes: 60 });
  t.deepEqual([limiter.allows('a'), limiter.allows('a'), limiter.allows('a'), limiter.allows('b')], [true, true, false, true]);
  clock.forward(60 * 60_000 + 1);
  t.true(limiter.allows('a'));
});

test('every step of a title leads on and may be taken back', t => {
  for (const name of stepNames) {
    const step = steps[name];
    t.is(standingAfter('title', step.from, step.mark, false), step.done);
    t.is(standingAfter('title', step.done, step.back, false), step.from);
    t.is(nextStep(step.from), name);
    t.is(lastStep(step.done), name);
  }
  t.is(nextStep('refused'), undefined);
  t.false(isTitleStep('constructor'));
});
