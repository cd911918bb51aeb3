import { readFileSync } from 'node:fs';
import test from 'ava';
import { evaluate } from '../../src/ratings/evaluate.ts';
import { explain } from '../../src/ratings/explain.ts';
import type { Explanation } from '../../src/ratings/explain.ts';
import { compile } from '../../src/standards/compile.ts';
import { factsOf } from '../../src/standards/facts.ts';
import { ruleWords } from '../../src/standards/kinds.ts';
import { readStandard } from '../../src/standards/read.ts';
import type { Standard, WrittenEvent, WrittenFact } from '../../src/standards/standard.ts';

function preset(name: string): Standard {
  const checked = readStandard(readFileSync(new URL(`../../seeds/standards/${name}.yaml`, import.meta.url), 'utf8'));
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
  return checked.standard;
}
const household = preset('household-100');
const village = preset('village-share');
const tell = (of: Standard, facts: Readonly<Record<string, WrittenFact>>, events: readonly WrittenEvent[] = []): Explanation =>
  explain(of, evaluate(compile(of), factsOf(of, facts, events), { day: '2026-11-05' }));
const line = (told: Explanation, key: string): { readonly clause: string; readonly fact: string; readonly rule: string; readonly points: string; readonly most: string } | undefined =>
  told.groups.flatMap(group => group.lines).find(each => each.key === key);

const all = { loanPerformance: 'normal', guarantees: 'none', villageContracts: 'lateKept', taxes: 'none', memberCount: 4, labourCount: 2, livelihood: 'steady', tradeSince: 2026, debtBurden: 'light', judgmentDefaulter: false } as const;

test('a household reads its points clause by clause', t => {
  const told = tell(household, all, [
    ...['2026-04-02', '2026-06-11', '2026-09-20'].map(on => ({ indicator: 'publicSpirit', item: 'volunteering', on, amount: 3 })),
    { indicator: 'publicSpirit', item: 'publicWork', on: '2026-05-07' }, { indicator: 'honours', item: 'township', on: '2026-03-08' }, { indicator: 'conduct', item: 'litter', on: '2025-01-01' },
  ]);
  t.is(told.headline, '83 分，AA 良好');
  t.false(told.isProvisional);
  t.deepEqual(told.groups.map(group => `${group.title} ${group.points}/${group.most}`), ['履约 36/40', '能力 20/25', '守法文明 20/20', '公益 5/15', '加分 2/5']);
  t.like(line(told, 'villageContracts'), { clause: '第五条第（三）项', fact: '晚了，后来补上了', rule: '晚了，后来补上了：4 分', points: '4', most: '8' });
  t.like(line(told, 'labourShare'), { clause: '第九条第（二）项', fact: '2 人 ÷ 4 人', points: '4' });
  t.like(line(told, 'publicSpirit'), { clause: '第十三条', fact: '义务劳动 9 小时、修路清沟等公共活 1 次' });
  t.regex(line(told, 'publicSpirit')?.rule ?? '', /累计每 4 小时加 1 分/);
  t.is(line(told, 'conduct')?.fact, '没有算分的记录；另有 1 件已经过期，不算');
  t.is(told.gap, '离 AAA 还差 7 分');
  t.deepEqual(told.notes, []);
});

test('what was not asked is said to be provisional, with what is still within reach', t => {
  const told = tell(household, { ...all, livelihood: { missing: 'notAsked' }, memberCount: { missing: 'notAsked' }, debtBurden: { missing: 'refused' }, judgmentDefaulter: { missing: 'notAsked' } });
  t.is(told.headline, '暂估：59 分，暂未达标');
  t.deepEqual(told.missing, ['这份活稳不稳：没问到，要补问', '劳力占比：没问到，要补问', '欠账压力（自己说）：不愿说，按 2 分算', '家里有人拿到技能证书：没问到，按 0 分算', '家里几口人：还没有，要补上', '在失信被执行人名单上：还没有，要补上']);
  t.true(told.notes.includes('差 3 项，补齐最多 76 分。'), told.notes.join());
});

test('a veto is explained with its words and its law, and no promise of points', t => {
  const told = tell(household, { ...all, judgmentDefaulter: true });
  t.is(told.headline, '76 分，暂未达标');
  t.deepEqual(told.vetoes.map(veto => veto.basis), [['《最高人民法院关于公布失信被执行人名单信息的若干规定》第一条']]);
  t.is(told.gap, null);
  t.deepEqual(told.notes, []);
});

test('a cap that bit says so', t => {
  const told = tell(household, all, [{ indicator: 'publicSpirit', item: 'volunteering', on: '2026-04-02', amount: 100 }]);
  t.is(told.groups.flatMap(group => group.lines).find(each => each.key === 'publicSpirit')?.note, '到顶了');
});

const whole = { allHouseholds: 300, ratedHouseholds: 200, creditHouseholds: 137, borrowingHouseholds: 60, noArrearsHouseholds: 55, loanBalance: 3_000_000, nplBalance: 150_000.01, openObjections: 0 };
test('a village reads numerator, denominator, share, what is wanted and the gap', t => {
  const told = tell(village, whole);
  t.is(told.headline, '暂未达标');
  t.is(told.conditions[0]?.say, '137 户 ÷ 200 户 = 68.5%，要 70% 以上，再有 3 户就够');
  t.is(told.conditions[1]?.say, '200 户 ÷ 300 户 = 66.66%，要 60% 以上，达到');
  t.is(told.conditions[3]?.say, '150000.01 元 ÷ 300 万元 = 略高于 5%，要不超过 5%，再减少 0.01 元就够');
  t.deepEqual(told.conditions.map(each => each.verdictWords), ['还没达到', '达到', '达到', '还没达到', '达到']);
});

test('too few borrowers are no ratio', t => {
  const told = tell(village, { ...whole, creditHouseholds: 150, borrowingHouseholds: 9 });
  t.is(told.headline, '信用村');
  t.is(told.conditions[2]?.share?.share, null);
  t.is(told.conditions[2]?.say, '样本不足：贷款户数只有 9 户，不到 10，这一项先放一边');
});

test('every rule of every preset can be read aloud, and uses none of the words we do not use', t => {
  for (const standard of [household, village]) {
    for (const indicator of standard.indicators) {
      if (indicator.scoring === undefined) continue;
      const words = ruleWords(indicator.scoring, indicator, key => standard.indicators.find(each => each.key === key));
      t.true(words.length > 0 && words.every(each => each.length > 3 && !/undefined|NaN|Infinity|不合格|黑榜|落后/.test(each)), indicator.key);
    }
  }
});
