import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';
import { hundredths, type Standard } from '../../../src/standards/standard.ts';
import type { Contender, Verdict } from './households.ts';
import { answered, scoredKeys, type Prepared } from './prepared.ts';

/** As many households as it takes at once and is quickest with: one by one costs it two and a half times as much. */
const batch = 200;

/** @gorules/zen-engine at its quickest: one compiled decision of one expression node, which loops over a batch of households, so that crossing into Rust and back is shared. */
export function zen(standard: Standard, prepared: readonly Prepared[]): Contender {
  const keys = scoredKeys(standard);
  const decision = new ZenEngine().createDecision(new ZenDecisionContent(graphOf(standard)));
  const lists = Array.from({ length: Math.ceil(prepared.length / batch) }, (_, n) => ({ list: prepared.slice(n * batch, (n + 1) * batch).map(({ facts }) => facts) }));
  const each = async (take: (row: Readonly<Record<string, unknown>>) => void): Promise<void> => {
    for (const list of lists) for (const row of ((await decision.evaluate(list)).result as { readonly told: readonly Record<string, unknown>[] }).told) take(row);
  };
  return {
    async run() {
      let sum = 0;
      await each(row => { sum += Number(row['total']); });
      return sum;
    },
    async tell() {
      const told: Verdict[] = [];
      await each(row => told.push({ points: keys.map(key => Number(row[key])), total: Number(row['total']), grade: Number(row['grade']), isOpen: row['isOpen'] === true }));
      return told;
    },
  };
}

function graphOf(standard: Standard): object {
  const node = (id: string, type: string, content: object): object => ({ id, name: id, type, content, position: { x: 0, y: 0 } });
  const expressions = Object.entries(expressionsOf(standard)).map(([key, value], n) => ({ id: `e${n}`, key, value }));
  return {
    nodes: [node('in', 'inputNode', {}), node('rate', 'expressionNode', { expressions, passThrough: false, executionMode: 'loop', inputField: 'list', outputPath: 'told' }), node('out', 'outputNode', {})],
    edges: [{ id: 'a', type: 'edge', sourceId: 'in', targetId: 'rate' }, { id: 'b', type: 'edge', sourceId: 'rate', targetId: 'out' }],
  };
}

/** In the order they are worked out; `$` is what was worked out before. */
function expressionsOf(standard: Standard): Readonly<Record<string, string>> {
  const asked = answered(standard);
  const literal = (answer: string | boolean): string => typeof answer === 'string' ? `'${answer}'` : String(answer);
  const isOne = (key: string, answers: readonly (string | boolean)[]): string => answers.length === 1 ? `${key} == ${literal(answers[0] ?? '')}` : `${key} in [${answers.map(literal).join(', ')}]`;
  const chained = Object.fromEntries(asked.map(({ key, clauses }) => [key, [...clauses.map(({ points, answers }) => `${isOne(key, answers)} ? ${points}`), '0'].join(' : ')]));
  const opens = [...asked.filter(({ asks }) => asks.length > 0).map(({ key, asks }) => isOne(key, asks)), `tradeYears == 'notAsked'`, `labourShare == 'notAsked'`, `judgmentDefaulter in ['notAsked', 'dontKnow']`];
  const grades = standard.grades.map(({ atLeast = 0 }, at) => `$.total >= ${hundredths(atLeast)} ? ${at}`);
  return {
    ...chained,
    tradeSince: `type(tradeYears) == 'string' ? (tradeYears == 'notAsked' ? 0 : 100) : tradeYears >= 3 ? 500 : tradeYears >= 1 ? 300 : 100`,
    labourShare: `type(labourShare) == 'string' ? (labourShare == 'notAsked' ? 0 : 200) : labourShare > ${2 / 3} ? 500 : labourShare >= ${1 / 3} ? 400 : 200`,
    conduct: 'conduct', publicSpirit: 'publicSpirit', honours: 'honours',
    total: 'min([10000, $.loanPerformance + $.guarantees + $.villageContracts + $.taxes + min([2500, $.livelihood + $.tradeSince + $.labourShare + $.debtBurden + $.skillCertificate]) + $.conduct + $.publicSpirit + $.honours])',
    isOpen: opens.join(' or '),
    grade: [`judgmentDefaulter == true or falseData == true ? -1`, ...grades, '-1'].join(' : '),
  };
}
