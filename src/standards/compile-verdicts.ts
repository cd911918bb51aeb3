import { spanOf } from './bounds.ts';
import type { Span } from './bounds.ts';
import { compileCondition } from './conditions.ts';
import type { Requirement } from './conditions.ts';
import type { Facts } from './facts.ts';
import { factorScale, multiplied } from './kinds/factor.ts';
import type { Setting } from './kinds/kind.ts';
import { hundredths, missingStates } from './standard.ts';
import type { Rounding, Standard, SubjectType, Veto } from './standard.ts';
import { verdicts, vetoVerdicts } from './trace.ts';

export function verdictOf(requirement: Requirement, setting: Setting): (facts: Facts) => number {
  const truth = compileCondition(requirement.holds, setting);
  const missing = missingStates.map(state => verdicts[requirement.missing[state]]);
  return facts => {
    const answer = truth(facts);
    return answer === 1 ? verdicts.holds : answer === 2 ? verdicts.setAside : answer === 0 ? verdicts.fails : missing[-answer - 1] ?? verdicts.ask;
  };
}

export interface CompiledVeto {
  /** One of `vetoVerdicts`. */
  readonly verdict: (facts: Facts) => number;
  /** Index of the grade it judges to, or -1 for none. */
  readonly grade: number;
  /** Hundredths it judges to; infinite when it judges by grade. */
  readonly total: number;
  readonly repair: number;
}

export function compileVeto(veto: Veto, setting: Setting): CompiledVeto {
  const truth = compileCondition(veto.when, setting);
  const isLapsed = setting.isLapsed(veto.legalBasis);
  const asks = missingStates.map(state => veto.missing[state] === 'ask');
  const mended = veto.repair === undefined ? undefined : compileCondition(veto.repair.when, setting);
  return {
    verdict: facts => {
      const answer = isLapsed ? 0 : truth(facts);
      if (answer === 1) return mended?.(facts) === 1 ? vetoVerdicts.repaired : vetoVerdicts.hits;
      return answer < 0 && asks[-answer - 1] === true ? vetoVerdicts.ask : vetoVerdicts.clear;
    },
    grade: veto.grade === undefined ? -1 : setting.gradeAt(veto.grade),
    total: veto.total === undefined ? Infinity : hundredths(veto.total),
    repair: veto.repair === undefined ? 0 : hundredths(veto.repair.points),
  };
}

export interface CompiledType {
  /** `holds`, `fails` or `ask` of `verdicts`. */
  readonly fits: (facts: Facts) => number;
  readonly weighted: (total: number) => number;
  /** By grade. */
  readonly spans: readonly Span[];
}

/** A total, in hundredths, as a type of household weighs it. */
export function weighing(type: SubjectType, { rounding }: { readonly rounding: Rounding }): (total: number) => number {
  const weight = Math.round((type.weight ?? 1) * factorScale);
  return weight === factorScale ? total => total : total => multiplied(total, [weight], rounding);
}

export function compileType(type: SubjectType, standard: Standard, setting: Setting): CompiledType {
  const truth = compileCondition(type.when, setting);
  const asks = missingStates.map(state => type.missing[state] === 'ask');
  return {
    fits: facts => {
      const answer = truth(facts);
      return answer === 1 ? verdicts.holds : answer < 0 && asks[-answer - 1] === true ? verdicts.ask : verdicts.fails;
    },
    weighted: weighing(type, setting),
    spans: standard.grades.map(grade => spanOf(type.bounds?.[grade.code] ?? grade, 100)),
  };
}
