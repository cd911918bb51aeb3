import { Engine, type RuleProperties } from 'json-rules-engine';
import { hundredths, type Standard } from '../../../src/standards/standard.ts';
import type { Contender, Verdict } from './households.ts';
import { answered, scoredKeys, type Prepared } from './prepared.ts';

/**
 * json-rules-engine at its quickest: one engine for all households, facts handed over ready, one rule for each group of answers that gives the same points, none for those that give
 * nothing, and the grade by rules of a lower priority over a fact that adds up what the listener has put down, worked out once a household.
 */
export function jsonRules(standard: Standard, prepared: readonly Prepared[]): Contender {
  const keys = scoredKeys(standard);
  const engine = new Engine([...pointRules(standard), ...gradeRules(standard)]);
  let points = new Float64Array(keys.length);
  let [total, grade, isOpen, isVetoed] = [0, -1, false, false];
  const [conductAt, spiritAt, honoursAt] = ['conduct', 'publicSpirit', 'honours'].map(key => keys.indexOf(key)) as [number, number, number];
  const sum = (): number => {
    const [loan = 0, guarantee = 0, contract = 0, tax = 0, livelihood = 0, trade = 0, labour = 0, debt = 0, conduct = 0, spirit = 0, honours = 0, skill = 0] = points;
    return Math.min(10_000, loan + guarantee + contract + tax + Math.min(2_500, livelihood + trade + labour + debt + skill) + conduct + spirit + honours);
  };
  engine.addFact('total', () => (total = sum()), { cache: true });
  engine.on('success', ({ type, params }) => {
    switch (type) {
      case 'points': points[keys.indexOf(String(params?.['key']))] = Number(params?.['points']); break;
      case 'open': isOpen = true; break;
      case 'veto': isVetoed = true; break;
      default: grade = Number(params?.['at']);
    }
  });
  const rate = async ({ facts }: Prepared): Promise<void> => {
    points = new Float64Array(keys.length);
    points[conductAt] = Number(facts['conduct']);
    points[spiritAt] = Number(facts['publicSpirit']);
    points[honoursAt] = Number(facts['honours']);
    [grade, isOpen, isVetoed] = [-1, false, false];
    await engine.run(facts);
    if (isVetoed) grade = -1;
  };
  return {
    async run() {
      let whole = 0;
      for (const one of prepared) { await rate(one); whole += total; }
      return whole;
    },
    async tell() {
      const told: Verdict[] = [];
      for (const one of prepared) { await rate(one); told.push({ points: [...points], total, grade, isOpen }); }
      return told;
    },
  };
}

function pointRules(standard: Standard): readonly RuleProperties[] {
  const gives = (key: string, points: number, all: readonly { readonly operator: string; readonly value: unknown; readonly fact?: string }[]): RuleProperties =>
    ({ priority: 2, conditions: { all: all.map(each => ({ fact: key, ...each })) }, event: { type: 'points', params: { key, points } } });
  const asked = answered(standard);
  const opens = [...asked.filter(each => each.asks.length > 0).map(({ key, asks }) => ({ fact: key, operator: 'in', value: asks })),
    ...['tradeYears', 'labourShare'].map(fact => ({ fact, operator: 'equal', value: 'notAsked' })), { fact: 'judgmentDefaulter', operator: 'in', value: ['notAsked', 'dontKnow'] }];
  return [
    ...asked.flatMap(({ key, clauses }) => clauses.map(({ points, answers }) => gives(key, points, [answers.length === 1 ? { operator: 'equal', value: answers[0] } : { operator: 'in', value: answers }]))),
    ...[{ operator: 'in', value: ['dontKnow', 'refused', 'noDealings'] }, { operator: 'lessThan', value: 1 }].map(each => gives('tradeSince', 100, [{ fact: 'tradeYears', ...each }])),
    gives('tradeSince', 300, [{ fact: 'tradeYears', operator: 'greaterThanInclusive', value: 1 }, { fact: 'tradeYears', operator: 'lessThan', value: 3 }]),
    gives('tradeSince', 500, [{ fact: 'tradeYears', operator: 'greaterThanInclusive', value: 3 }]),
    ...[{ operator: 'in', value: ['dontKnow', 'refused', 'noDealings'] }, { operator: 'lessThan', value: 1 / 3 }].map(each => gives('labourShare', 200, [each])),
    gives('labourShare', 400, [{ operator: 'greaterThanInclusive', value: 1 / 3 }, { operator: 'lessThanInclusive', value: 2 / 3 }]),
    gives('labourShare', 500, [{ operator: 'greaterThan', value: 2 / 3 }]),
    { priority: 2, conditions: { any: opens }, event: { type: 'open' } },
    { priority: 2, conditions: { any: ['judgmentDefaulter', 'falseData'].map(fact => ({ fact, operator: 'equal', value: true })) }, event: { type: 'veto' } },
  ];
}

function gradeRules({ grades }: Standard): readonly RuleProperties[] {
  return grades.map(({ atLeast = 0, below }, at) => ({
    priority: 1, event: { type: 'grade', params: { at } },
    conditions: { all: [{ fact: 'total', operator: 'greaterThanInclusive', value: hundredths(atLeast) }, ...below === undefined ? [] : [{ fact: 'total', operator: 'lessThan', value: hundredths(below) }]] },
  }));
}
