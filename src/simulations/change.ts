import { spanOf } from '../standards/bounds.ts';
import type { Scorer } from '../standards/compile.ts';
import type { Facts } from '../standards/facts.ts';
import { hundredths, type Standard } from '../standards/standard.ts';
import { outcomes, verdicts, vetoVerdicts, type Trace } from '../standards/trace.ts';

/** What became of a subject: a place in the grade table (best 0), or one of these. Provisional: something must still be asked, so no grade counts yet. */
export const without = { grade: -1, provisional: -2 } as const;
export const resultOf = (trace: Trace): number => trace.asks > 0 ? without.provisional : trace.grade;
/** Results of two standards are compared by the codes of their grades, for their tables may differ. */
export const codeOf = ({ grades }: Standard, result: number): string => grades[result]?.code ?? (result === without.provisional ? 'provisional' : 'none');

/** A standard ready to rate, on one side of a comparison. */
export interface Side { readonly standard: Standard; readonly scorer: Scorer }

/** Clause that a change is owed to: which part of a standard, and its key. */
export type Clause = `${'indicator' | 'category' | 'veto' | 'precondition' | 'grade' | 'type' | 'whole'}:${string}`;

export interface Change {
  readonly before: number; readonly after: number; readonly pointsBefore: number; readonly pointsAfter: number;
  /** Kind of household in the standard in force, -1 for none. */
  readonly type: number;
  /** Undefined where nothing changed. */
  readonly clause: Clause | undefined;
}

/** Rates the same facts by two standards. `translate` puts the facts of the one into the slots of the other. */
export function comparer(before: Side, after: Side, translate: (facts: Facts) => Facts): (facts: Facts) => Change {
  const isSame = sameResults(before.standard, after.standard);
  const responsible = attribution(before.standard, after.standard);
  return facts => {
    const a = before.scorer.score(facts);
    const b = after.scorer.score(translate(facts));
    const [was, is] = [resultOf(a), resultOf(b)];
    return { before: was, after: is, pointsBefore: a.total, pointsAfter: b.total, type: a.type, clause: isSame(was, is) ? undefined : responsible(a, b) };
  };
}

export function sameResults(before: Standard, after: Standard): (was: number, is: number) => boolean {
  const places = [without.provisional, without.grade, ...before.grades.keys()].map(result => {
    const code = codeOf(before, result);
    return [without.provisional, without.grade, ...after.grades.keys()].find(each => codeOf(after, each) === code) ?? -3;
  });
  return (was, is) => places[was + 2] === is;
}

/**
 * The clause most responsible for another result. What decides by itself comes first: a question that is open, a veto, a precondition.
 * Then the bound of a grade, where the old total would already have got the new grade. Else the largest change of points, in the direction of the total.
 */
export function attribution(before: Standard, after: Standard): (a: Trace, b: Trace) => Clause {
  const slotBefore = new Map(before.indicators.map((indicator, slot) => [indicator.key, slot]));
  const pairs = [
    ...after.indicators.map((indicator, slot) => ({ key: indicator.key, a: slotBefore.get(indicator.key) ?? -1, b: slot })),
    ...before.indicators.flatMap((indicator, slot) => after.indicators.some(each => each.key === indicator.key) ? [] : [{ key: indicator.key, a: slot, b: -1 }]),
  ];
  const counts = { a: before.indicators.map(countsPoints), b: after.indicators.map(countsPoints) };
  const categories = matched(before.categories, after.categories);
  const vetoes = matched(before.vetoes, after.vetoes);
  const preconditions = matched(before.preconditions, after.preconditions);
  const base = hundredths(after.base) - hundredths(before.base);

  return (a, b) => asked(a, b) ?? one(vetoes, 'veto', (from, to) => (a.vetoes[from] === vetoVerdicts.hits) !== (b.vetoes[to] === vetoVerdicts.hits))
    ?? one(preconditions, 'precondition', (from, to) => (a.preconditions[from] === verdicts.fails) !== (b.preconditions[to] === verdicts.fails))
    ?? bound(a, b) ?? points(a, b);

  /** A question that is open on one side only. */
  function asked(a: Trace, b: Trace): Clause | undefined {
    if ((a.asks > 0) === (b.asks > 0)) return undefined;
    const pair = pairs.find(each => (a.outcome[each.a] === outcomes.ask) !== (b.outcome[each.b] === outcomes.ask));
    if (pair !== undefined) return `indicator:${pair.key}`;
    return one(preconditions, 'precondition', (from, to) => (a.preconditions[from] === verdicts.ask) !== (b.preconditions[to] === verdicts.ask))
      ?? one(vetoes, 'veto', (from, to) => (a.vetoes[from] === vetoVerdicts.ask) !== (b.vetoes[to] === vetoVerdicts.ask)) ?? 'whole:asked';
  }

  function bound(a: Trace, b: Trace): Clause | undefined {
    const placed = gradeByBounds(after, b.type, a.total);
    if (placed !== b.grade && a.total !== b.total) return undefined;
    const [was, is] = [after.grades.findIndex(grade => grade.code === codeOf(before, a.grade)), b.grade];
    const isLower = is < 0 || (was >= 0 && was < is);
    const code = after.grades[isLower && was >= 0 ? was : is]?.code ?? codeOf(before, a.grade);
    return `grade:${code}`;
  }

  function points(a: Trace, b: Trace): Clause {
    const direction = Math.sign(b.total - a.total);
    let [most, clause]: [number, Clause] = [0, 'whole:total'];
    const weigh = (change: number, owed: Clause): void => { if (change * direction > most) { most = change * direction; clause = owed; } };
    for (const pair of pairs) weigh((counts.b[pair.b] === true ? b.points[pair.b] ?? 0 : 0) - (counts.a[pair.a] === true ? a.points[pair.a] ?? 0 : 0), `indicator:${pair.key}`);
    for (const { key, from, to } of categories) weigh((b.after[to] ?? 0) - (b.before[to] ?? 0) - (a.after[from] ?? 0) + (a.before[from] ?? 0), `category:${key}`);
    weigh(base, 'whole:base');
    const [typeBefore, typeAfter] = [before.types?.[a.type], after.types?.[b.type]];
    if (typeBefore?.key !== typeAfter?.key || typeBefore?.weight !== typeAfter?.weight) weigh((b.total - b.totalBefore) - (a.total - a.totalBefore), `type:${typeAfter?.key ?? typeBefore?.key ?? ''}`);
    return clause;
  }
}

const countsPoints = (indicator: Standard['indicators'][number]): boolean => indicator.category !== undefined && indicator.scoring !== undefined;

interface Matched { readonly key: string; readonly from: number; readonly to: number }
/** Parts of two standards by key; -1 where one side has none such. */
function matched(before: readonly { readonly key: string }[], after: readonly { readonly key: string }[]): readonly Matched[] {
  const keys = [...new Set([...after, ...before].map(each => each.key))];
  return keys.map(key => ({ key, from: before.findIndex(each => each.key === key), to: after.findIndex(each => each.key === key) }));
}

function one(list: readonly Matched[], part: 'veto' | 'precondition', differs: (from: number, to: number) => boolean): Clause | undefined {
  const found = list.find(({ from, to }) => differs(from, to));
  return found === undefined ? undefined : `${part}:${found.key}`;
}

/** The grade whose bounds hold a total, its other conditions left aside; -1 for none. */
export function gradeByBounds({ grades, types }: Standard, type: number, total: number): number {
  const own = types?.[type]?.bounds;
  return grades.findIndex(grade => { const { from, to } = spanOf(own?.[grade.code] ?? grade, 100); return total >= from && total <= to; });
}
