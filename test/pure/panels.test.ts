import test from 'ava';
import { isBlocked, reasonsFor, sampleSize, type Look } from '../../src/panels/exception.ts';
import { gradesIn } from '../../src/panels/grades.ts';
import { stageNames, stages } from '../../src/panels/stage.ts';
import { stepsOf } from '../../src/panels/steps.ts';
import { standingAfter } from '../../src/rounds/case.ts';

const grades = gradesIn({ ungraded: { label: '暂未达标' }, grades: [{ code: 'AAA', label: '优秀', atLeast: 90, credit: true }, { code: 'AA', label: '良好', atLeast: 80, below: 90, credit: true }, { code: 'A', label: '较好', atLeast: 70, below: 80, credit: true }, { code: 'B', label: '一般', atLeast: 60, below: 70, credit: false }] });
const quiet: Look = { standing: 'rated', held: 0, points: 8_500, grade: 1, outcome: 'graded', before: 'AA', adjusted: null, returned: null, reopened: null, answered: false, unproved: [], dueOn: null, recused: false };
const codes = (own: Partial<Look>): readonly string[] => reasonsFor({ ...quiet, ...own }, grades.rows).map(reason => reason.code);
const words = (own: Partial<Look>): string => reasonsFor({ ...quiet, ...own }, grades.rows).map(reason => reason.words).join('；');

test('a household with nothing new stands with the rest', t => {
  t.deepEqual(codes({}), []);
  t.deepEqual(codes({ before: undefined }), [], 'there was no round before');
  t.deepEqual(codes({ before: 'A' }), [], 'one grade up, far from any bound');
  t.deepEqual(codes({ grade: -1, points: 4_000, before: '' }), [], 'no grade then, no grade now');
});

test('each reason to stand alone is a sentence', t => {
  t.is(words({ held: 1, dueOn: '2026-12-01' }), '异议核查中，12月1日前答复，本户先停');
  t.is(words({ outcome: 'provisional' }), '还缺项，现在只是暂估分，先补齐');
  t.is(words({ adjusted: { before: 2, after: 1 } }), '人工调整过，从 A 调到 AA，有理由');
  t.is(words({ grade: 0, points: 9_500, before: 'A' }), '一次升两级');
  t.is(words({ grade: 3, points: 6_500, before: 'AA' }), '一次降两级');
  t.is(words({ grade: -1, points: 4_000, before: 'A' }), '一次降两级', 'no grade is the step below the lowest');
  t.is(words({ grade: 3, points: 6_900, before: 'A' }), '离 A 差 1 分，降了一级');
  t.is(words({ grade: 1, points: 8_000, before: 'A' }), '刚到 AA 的线，升了一级');
  t.is(words({ grade: 1, points: 8_050, before: 'A' }), '只比 AA 的线高 0.5 分，升了一级');
  t.is(words({ before: null }), '去年没参评，今年第一次评');
  t.is(words({ returned: '劳力人数再核一次' }), '退回过：劳力人数再核一次');
  t.is(words({ unproved: ['技能证书', '荣誉'] }), '还缺照片：技能证书、荣誉');
  t.is(words({ answered: true }), '有人提过异议，已经答复');
  t.deepEqual([codes({ outcome: 'vetoed', grade: -1, before: '' }), codes({ outcome: 'unmet', grade: -1, before: '' })], [['barred'], ['barred']]);
});

test('a bound counts up to one point, and only when the grade changed', t => {
  t.deepEqual(codes({ grade: 1, points: 8_101, before: 'A' }), []);
  t.deepEqual(codes({ grade: 1, points: 8_100, before: 'A' }), ['edge']);
  t.deepEqual(codes({ grade: 1, points: 8_000, before: 'AA' }), []);
});

test('a grade of a table that is gone is not compared', t => {
  t.deepEqual(codes({ before: '五星' }), []);
});

test('what is held or provisional may not be passed at all', t => {
  t.true(isBlocked({ held: 1, outcome: 'graded', recused: false }));
  t.true(isBlocked({ held: 0, outcome: 'provisional', recused: false }));
  t.false(isBlocked({ held: 0, outcome: 'vetoed', recused: false }));
});

test('one in twenty is drawn, at least three, at most twenty, never more than there are', t => {
  t.deepEqual([0, 1, 2, 3, 59, 60, 61, 287, 400, 5_000].map(sampleSize), [0, 1, 2, 3, 3, 3, 4, 15, 20, 20]);
});

test('every sitting starts from standings its own mark leaves, and can be taken back', t => {
  for (const name of stageNames) {
    const stage = stages[name];
    for (const from of stage.from) t.is(standingAfter('household', from, stage.mark, false), stage.done, `${name} from ${from}`);
    t.true(standingAfter('household', stage.done, stage.undo, false) !== undefined);
  }
});

test('steps count who has come at least so far', t => {
  const steps = stepsOf({ open: 4, collected: 1, rated: 2, preliminary: 3, 'village-noticed': 5, approved: 1 }, 'township');
  t.deepEqual(steps.map(step => step.label), ['采集 12 户', '村评议 9 户', '村公示 6 户', '镇评议 1 户', '镇公示 1 户', '批准 1 户']);
  t.deepEqual(steps.map(step => step.state), ['done', 'done', 'done', 'now', 'to-come', 'to-come']);
});

test('no grade is said in words, never as a mark', t => {
  t.deepEqual(grades.mark(-1), { code: '', words: '暂未达标', rank: null });
  t.deepEqual(grades.mark(1), { code: 'AA', words: '良好', rank: 2 });
  t.deepEqual([0, 3, -1].map(grades.isCredit), [true, false, false]);
});
