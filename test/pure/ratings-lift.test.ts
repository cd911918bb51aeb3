import { readFileSync } from 'node:fs';
import test from 'ava';
import { evaluate } from '../../src/ratings/evaluate.ts';
import { powerOf } from '../../src/ratings/lift/power.ts';
import { placeSteps, type Below } from '../../src/ratings/lift/place-steps.ts';
import { tellLift, wayFrom, type LiftTold } from '../../src/ratings/lift/words.ts';
import type { Lift } from '../../src/ratings/lift/lift.ts';
import { reasonsOf } from '../../src/ratings/reasons.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { compile } from '../../src/standards/compile.ts';
import { factsOf } from '../../src/standards/facts.ts';
import { readStandard } from '../../src/standards/read.ts';
import type { Standard, WrittenEvent, WrittenFact } from '../../src/standards/standard.ts';
import { indicator, smallStandard } from '../support/small-standard.ts';

function preset(name: string): Standard {
  const checked = readStandard(readFileSync(new URL(`../../seeds/standards/${name}.yaml`, import.meta.url), 'utf8'));
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
  return checked.standard;
}
const household = preset('household-100');
const day = '2026-11-05';
type Written = Readonly<Record<string, WrittenFact>>;
function lifted(standard: Standard, written: Written, events: readonly WrittenEvent[] = [], former?: string): { readonly lift: Lift; readonly words: LiftTold } {
  const compiled = compile(standard);
  const facts = factsOf(standard, written, events, former);
  return tellLift({ compiled, facts, context: { day }, evaluation: evaluate(compiled, facts, { day }) });
}
const ways = (told: { readonly words: LiftTold }): readonly string[] => told.words.ways.map(way => [...way.steps, way.sum].join('；'));
const all = { loanPerformance: 'normal', guarantees: 'none', villageContracts: 'lateKept', taxes: 'none', memberCount: 4, labourCount: 2, livelihood: 'steady', tradeSince: 2026, debtBurden: 'light', judgmentDefaulter: false, skillCertificate: false } as const;

test('78 points: two hours short of a unit of volunteering, or one more deed', t => {
  const told = lifted(household, all, [{ indicator: 'publicSpirit', item: 'volunteering', on: '2026-09-20', amount: 10 }]);   // 36 + 20 + 20 + 2
  t.is(told.words.heading, '离 AA 还差 2 分');
  t.deepEqual(ways(told), [
    '帮邻居办事再有 1 次，加 2 分；到 80 分，够 AA 良好',
    '修路清沟等公共活再有 1 次，加 3 分；到 81 分，够 AA 良好',
    '义务劳动再做 6 小时，加 2 分；到 80 分，够 AA 良好',
  ]);
  t.is(told.words.when, '做了、记上、核过，就算进去。');
  t.is(told.words.none, null);
  t.deepEqual(told.words.others, []);
});

test('several occasions of what counts by the head are one thing to do, each no larger than its cap', t => {
  const ledger = preset('household-ledger');
  const told = lifted({ ...ledger, grades: ledger.grades.map(grade => grade.code === '四星' ? { ...grade, atLeast: 120 } : grade.code === '三星' ? { ...grade, below: 120 } : grade) }, { falseData: false });
  t.is(told.words.heading, '离 四星 还差 20 分');
  t.is(ways(told)[0], '参加村里的卫生整治再有 2 次，每次 2 人，加 20 分；到 120 分，够 四星');
  t.is(told.words.ways[0]?.steps.length, 1);
});

test('a bound that must be exceeded is said as such, not as a hundredth of a point', t => {
  t.is(lifted(preset('wendeng-person'), preset('wendeng-person').examples[0]?.facts ?? {}).words.heading, '到 三星 要超过 1020 分，现在 1000 分');
});

test('a full block is never fed: what its cap would swallow is not suggested', t => {
  const told = lifted(household, { ...all, livelihood: 'seasonal' }, [{ indicator: 'publicSpirit', item: 'volunteering', on: '2026-09-20', amount: 60 }, { indicator: 'conduct', item: 'strawBurning', on: '2026-08-01' }]);   // 36 + 17 + 15 + 15 = 83
  t.is(told.words.heading, '离 AAA 还差 7 分');
  t.false(ways(told).some(way => /义务劳动|帮邻居|修路清沟/.test(way)), ways(told).join('\n'));
});

test('what was held against a household runs out, and the day is told', t => {
  const told = lifted(household, { ...all, tradeSince: 2015, livelihood: 'seasonal' }, [{ indicator: 'conduct', item: 'strawBurning', on: '2026-02-01' }, { indicator: 'publicSpirit', item: 'volunteering', on: '2026-10-20', amount: 60 }]);   // 36 + 21 + 15 + 15 = 87, the hours fill their block
  t.is(told.words.heading, '离 AAA 还差 3 分');
  t.is(ways(told)[0], '等到 2027年2月1日，2026年2月1日那件“在禁烧区露天烧秸秆”满期，不再算，加回 5 分；到 92 分，够 AAA 优秀');
  t.is(told.words.when ?? told.words.ways[0]?.when, '最早从 2027年2月1日起算。');
  const [first] = told.lift.kind === 'searched' ? told.lift.ways : [];
  t.is(first === undefined ? '' : wayFrom(first, day), '2027-02-01');
});

test('waiting is no way when the good deeds run out first', t => {
  const deeds = { indicator: 'publicSpirit', item: 'volunteering', on: '2025-12-20', amount: 60 };
  const told = lifted(household, all, [{ indicator: 'conduct', item: 'strawBurning', on: '2026-02-01' }, deeds]);
  t.false(ways(told).some(way => way.startsWith('等到 2027年2月1日') && !way.includes('再')), ways(told).join('\n'));
});

test('a month has its cap: the rest waits for the next one', t => {
  const standard = smallStandard({ indicators: [indicator({ key: 'help', type: 'events', source: 'council', scoring: { kind: 'events', start: 0, floor: 0, cap: 20, pick: 'all', items: [{ key: 'one', label: '帮忙', points: 3, perMonth: 6, lifeMonths: 12 }] } })] });
  const told = lifted(standard, {}, [{ indicator: 'help', item: 'one', on: '2026-10-01' }, { indicator: 'help', item: 'one', on: '2026-11-02' }]);   // 6; this month gives 3 more, 9 of 10
  t.deepEqual(ways(told), ['等到 2026年12月1日，新的一段里又可以记；帮忙再有 2 次，加 6 分；到 12 分，够 A 好']);
});

test('a veto that only a court can lift leaves no way, and says so', t => {
  const told = lifted(household, { ...all, judgmentDefaulter: true });
  t.deepEqual(ways(told), []);
  t.is(told.words.none, '现在有不能评的情形，加分也不管用。目前在法院失信被执行人名单上，移出以后即可重新参评。');
});

test('a judgement that can be repaired names the repair', t => {
  const told = lifted(preset('wendeng-person'), { checkedMembers: 3, falsified: true });
  t.is(ways(told)[0], '“已经改正，并签了承诺”还没问到，确实是的话，加 940 分；到 940 分，够 一星');
});

test('the best has nothing above it, and a provisional rating is filled in first', t => {
  t.is(lifted(household, { ...all, villageContracts: 'kept', labourCount: 3, tradeSince: 2010 }, [{ indicator: 'publicSpirit', item: 'rescue', on: '2026-07-01' }]).words.heading, '已经是最好的一级');
  const open = lifted(household, { ...all, livelihood: { missing: 'notAsked' } });
  t.is(open.lift.kind, 'incomplete');
  t.is(open.words.heading, '先把没有答案的补上');
  t.deepEqual(open.words.ways, []);
});

test('what the bank and the bureaus keep is never asked for, only named', t => {
  const told = lifted(household, { ...all, loanPerformance: 'late30', taxes: 'repaid' });
  t.false(ways(told).some(way => /贷款|缴税|担保/.test(way)));
  t.deepEqual(told.words.others, ['按时还款以后，银行的数会变，下次评定就按新的算。', '部门名单上的事办清以后，名单会变，下次评定就按新的算。']);
});

test('an open contract can be kept late, never turned into one that was always kept', t => {
  const told = lifted(household, { ...all, villageContracts: 'open' }, [{ indicator: 'publicSpirit', item: 'volunteering', on: '2026-10-20', amount: 8 }]);   // 32 + 20 + 20 + 2
  t.true(lifted(household, { ...all, villageContracts: 'open', livelihood: 'unsettled' }).words.ways.length > 0);
  const every = JSON.stringify(told.words);
  t.false(every.includes('变成“都履行了”') || every.includes('变成“没有签过”'), every);
});

test('who would rather not say is never pressed', t => {
  const told = lifted(household, { ...all, skillCertificate: { missing: 'refused' }, debtBurden: { missing: 'notAsked' } });
  t.false(/欠账|技能证书/.test(JSON.stringify(told.words.ways)), ways(told).join('\n'));
});

test('a grade that is a conjunction names the condition that is wanting, with points or without', t => {
  const missing = { notAsked: 'fails', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' } as const;
  const standard = smallStandard({
    categories: [], indicators: [{ ...indicator({ key: 'home', type: 'flag', title: '有固定住处' }), withinPower: 'slow' }, { ...indicator({ key: 'records', type: 'flag', title: '记账' }), withinPower: 'now' }],
    grades: [{ code: 'A', label: '好', credit: true, requires: [{ holds: { indicator: 'home', is: true }, words: '有住处', missing }, { holds: { indicator: 'records', is: true }, words: '记账', missing }] }, { code: 'B', label: '中', credit: false }],
  });
  t.deepEqual(ways(lifted(standard, { home: true, records: false })), ['“记账”从“不是”变成“是”；够 A 好']);
  const both = lifted(standard, { home: false, records: false });
  t.is(both.words.heading, '怎样到 A');
  t.deepEqual([both.words.ways.map(way => way.steps.length), both.words.when], [[2], '变了告诉网格员，最快下一次评定算进去。']);
});

test('tiers earned in order: the next one comes with the next round', t => {
  const missing = { notAsked: 'fails', dontKnow: 'fails', refused: 'fails', noDealings: 'fails' } as const;
  const standard = smallStandard({
    indicators: [indicator({ key: 'size', type: 'whole', scoring: { kind: 'bands', bands: [{ below: 5, points: 0 }, { atLeast: 5, points: 20 }] } })],
    grades: [{ code: 'A', label: '好', credit: true, atLeast: 10, requires: [{ holds: { former: 'B' }, words: '上一次评到 B', missing }] }, { code: 'B', label: '中', credit: false, atLeast: 0 }],
  });
  t.deepEqual(ways(lifted(standard, { size: 6 })), ['这一级要接着上一次的等级评，这次评到了，最快下一次；到 20 分，够 A 好']);
  t.deepEqual(ways(lifted(standard, { size: 1 })), []);   // Acres are not a matter of trying harder.
});

test('blocked topics, danger and gifts of money are never within anybody’s power', t => {
  const events = (label: string, more: object = {}): Standard => smallStandard({ indicators: [indicator({ key: 'deeds', type: 'events', source: 'council', title: '做的事', scoring: { kind: 'events', start: 0, floor: 0, cap: 50, pick: 'all', items: [{ key: 'it', label, points: 10, lifeMonths: 12, ...more }] } })] });
  for (const label of ['救火、防汛出力', '无偿献血', '举报假货', '拾金不昧', '按期参加礼拜', '捐款一次']) t.deepEqual(ways(lifted(events(label), {})), [], label);
  t.deepEqual(ways(lifted(events('给学校', { points: 0, tiers: { unit: '元', ranges: [{ every: 100, points: 5 }] } }), {})), []);
  t.is(lifted(events('扫村道'), {}).words.ways.length, 1);
  const bank = household.indicators.find(each => each.key === 'loanPerformance');
  t.is(bank === undefined ? '' : powerOf({ ...bank, withinPower: 'now' }), 'never');
});

test('money, where a standard allows it, comes after everything else', t => {
  const standard = smallStandard({ indicators: [indicator({ key: 'deeds', type: 'events', source: 'council', title: '做的事', scoring: { kind: 'events', start: 0, floor: 0, cap: 50, pick: 'all', items: [
    { key: 'gift', label: '捐款', points: 0, tiers: { unit: '元', ranges: [{ every: 100, points: 10 }] }, lifeMonths: 12, withinPower: 'now' }, { key: 'sweep', label: '扫村道', points: 2, lifeMonths: 12 }] } })] });
  t.deepEqual(ways(lifted(standard, {})), ['扫村道再有 5 次，加 10 分；到 10 分，够 A 好', '捐款再有 100 元，加 10 分；到 10 分，够 A 好']);
});

test('what is read aloud is whole sentences without marks, and leaves the choice to the household', t => {
  const told = lifted(household, all, [{ indicator: 'conduct', item: 'strawBurning', on: '2026-02-01' }]);
  t.true(told.words.spoken.length >= 4);
  for (const sentence of told.words.spoken) t.regex(sentence, /^[^“”「」（）÷=＝+／/：]+。$/, sentence);
  t.is(told.words.spoken[0], '您家这次得 71 分，等级是较好。');
  t.regex(told.words.spoken.at(-1) ?? '', /由您家自己定/);
});

test('a standard may only say what is known about power', t => {
  const standard = smallStandard({ indicators: [indicator({ key: 'home', type: 'flag' })] });
  const checked = checkStandard({ ...standard, indicators: standard.indicators.map(each => ({ ...each, withinPower: 'maybe' })) });
  t.true('faults' in checked && checked.faults.some(fault => fault.path.includes('withinPower')));
});

test('for a usual household it takes a few milliseconds', t => {
  const compiled = compile(household);
  const facts = factsOf(household, { ...all, loanPerformance: 'late30' }, [{ indicator: 'conduct', item: 'strawBurning', on: '2026-02-01' }]);
  const told = { compiled, facts, context: { day }, evaluation: evaluate(compiled, facts, { day }) };
  const best = Math.min(...Array.from({ length: 30 }, () => { const from = process.cpuUsage(); tellLift(told); const { user, system } = process.cpuUsage(from); return (user + system) / 1_000; }));
  t.true(best < 10, `${best} ms`);
});

const village = preset('village-share');
const share = { allHouseholds: 200, ratedHouseholds: 150, creditHouseholds: 102, borrowingHouseholds: 40, noArrearsHouseholds: 33, loanBalance: 1_000_000, nplBalance: 10_000, openObjections: 0 };
const stepsOf = (facts: Written, below: Partial<Below> = {}): readonly string[] => {
  const compiled = compile(village);
  return placeSteps({ standard: village, evaluation: evaluate(compiled, factsOf(village, facts), { day }) }, { waiting: 0, unrated: 0, nearly: 0, objections: 0, ...below });
};

test('a village is told in whole units what is wanting, and only steps that force nobody', t => {
  t.deepEqual(stepsOf(share, { nearly: 7 }), ['信用户数还差 3 户。离信用户差 5 分以内的有 7 户，把能做的讲清楚，做到了重新算。', '没有拖欠的贷款户数还差 1 户。这是银行的汇总数，按时还款以后会变；不替银行催收，也不把户名贴出来。']);   // 70 % of 150 are 105; 85 % of 40 are 34
  t.deepEqual(stepsOf({ ...share, noArrearsHouseholds: 40, creditHouseholds: 110, ratedHouseholds: 115 }, { unrated: 60, waiting: 12 }), [
    '算好了还没批准的有 12 户，先把评议、公示、审批走完，批准的才算数。', '参评户数还差 5 户。还有 60 户没有参评，上门说清楚参加自愿、随时可以退出，愿意的签授权；不愿意的不勉强。',
  ]);
  t.deepEqual(stepsOf({ ...share, noArrearsHouseholds: 40, creditHouseholds: 150, openObjections: 2 }, { objections: 2 }), ['还有 2 件异议没办完，先按期限办完、答复。']);
  t.deepEqual(stepsOf({ ...share, noArrearsHouseholds: 40, creditHouseholds: 150 }), []);
});

test('a handful of households cannot be guessed from a count', t => {
  t.regex(stepsOf(share, { nearly: 1 })[0] ?? '', /不到 3 户/);
});

test('a bank is told blocks and never a fact', t => {
  const compiled = compile(household);
  const told = reasonsOf(household, evaluate(compiled, factsOf(household, { ...all, loanPerformance: 'lateOver90' }), { day }));   // 16 of 40, 20 of 25, 20 of 20, 0 of 15, 0 of 5
  t.deepEqual(told, [{ code: '2+', words: '拉高最多的一类：能力' }, { code: '1-', words: '拉低最多的一类：履约' }]);
});

test('what a derived number is made from is found at the figure where that number turns, on either side', t => {
  const money = (key: string, title: string, own = {}) => indicator({ key, title, type: 'money', unit: '元', ...own });
  const scoring = { kind: 'bands', bands: [{ below: 30, points: 12 }, { atLeast: 30, below: 50, points: 5 }, { atLeast: 50, points: 0 }] } as const;
  const made = (derive: object): Standard => smallStandard({ indicators: [
    money('debt', '欠款', { withinPower: 'now' }), money('income', '一年收入'), indicator({ key: 'burden', title: '欠款占收入', type: 'percent', source: 'computed', derive: derive as never, category: 'all', missing: { notAsked: 'ask', dontKnow: 0, refused: 0, noDealings: 0 }, neutral: 0, scoring }),
  ] });
  const share = made({ share: ['debt', 'income'], whenEmpty: 'noDealings' });
  const told = lifted(share, { debt: 60, income: 100 });
  t.true(told.lift.kind === 'searched' && told.lift.isWhole);
  t.deepEqual(told.lift.kind === 'searched' ? told.lift.ways.map(way => [way.steps.map(step => step.kind === 'answer' ? step.value : NaN), way.total]) : [], [[[2_999], 1_200]], '29.99 yuan of 100 is the most that is below thirty in the hundred');
  // Through another number too: what is owed in all is the sum of two debts.
  const summed = smallStandard({ indicators: [
    money('other', '别的欠款'), ...share.indicators.slice(0, 2), indicator({ key: 'owed', title: '一共欠', type: 'money', unit: '元', source: 'computed', derive: { sum: ['debt', 'other'] } }),
    ...share.indicators.slice(2).map(each => ({ ...each, derive: { share: ['owed', 'income'], whenEmpty: 'noDealings' } as never })),
  ] });
  const both = lifted(summed, { debt: 60, other: 10, income: 100 });
  t.deepEqual(both.lift.kind === 'searched' ? both.lift.ways.map(way => way.steps.map(step => step.kind === 'answer' ? step.value : NaN)) : [], [[1_999]]);
  t.deepEqual(lifted(summed, { debt: 60, other: 40, income: 100 }).lift.kind === 'searched' && lifted(summed, { debt: 0, other: 40, income: 100 }).words.ways, [], 'what is not theirs to change is not asked for');
});
