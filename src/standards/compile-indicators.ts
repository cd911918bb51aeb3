import { assert } from '../kit/assert.ts';
import { worstOf } from './facts.ts';
import type { Facts } from './facts.ts';
import { isTable } from './kinds/kind.ts';
import type { Scoring, Setting, Table } from './kinds/kind.ts';
import { compileRule, partsOf } from './kinds.ts';
import { hundredths, missingStates, states } from './standard.ts';
import type { Indicator, Standard } from './standard.ts';
import { outcomes } from './trace.ts';
import type { Trace } from './trace.ts';

/**
 * Points of every scored indicator, written into the trace. The rating of a county runs through here millions of times, so what can be looked up is: answers in a table with a row for each answer and
 * each way of not knowing; then numbers, whose rule is asked when all its facts are known; then what has no fact that could be missing (events, the former grade, what lapsed).
 */
export function compileIndicators(standard: Standard, setting: Setting): (facts: Facts, trace: Trace) => void {
  const looked: Looked[] = [];
  const worked: Worked[] = [];
  const silent: Silent[] = [];
  for (const indicator of standard.indicators) {
    const { scoring } = indicator;
    if (scoring === undefined) continue;
    const slot = setting.slot(indicator.key);
    const parts = partsOf(scoring);
    const slots = (parts.length === 0 ? [indicator.key] : parts).map(setting.slot);
    const isSilent = indicator.type === 'events' || scoring.kind === 'former';
    const isLapsed = indicator.neutral !== undefined && setting.isLapsed(indicator.legalBasis);
    if (isLapsed) { silent.push({ slot, slots: isSilent ? [] : slots, outcome: outcomes.lapsed, points: lapsedPoints(indicator) }); continue; }
    const points = compileRule(scoring, indicator, setting);
    if (isTable(points)) looked.push(lookedOf(slot, points, indicator));
    else if (isSilent) silent.push({ slot, slots: [], outcome: outcomes.scored, points });
    else worked.push({ slot, slots, points, missing: missingPoints(indicator) });
  }

  return (facts, trace) => {
    const { points, clause, state: states_, outcome, limit } = trace;
    const { states: held, values } = facts;
    for (let n = 0; n < looked.length; n++) {
      const each = looked[n];
      if (each === undefined) continue;
      const { slot, rows } = each;
      const state = held[slot] ?? states.notAsked;
      const row = 3 * (state === states.known ? missingStates.length + (values[slot] ?? 0) : state - 1);
      const came = rows[row] ?? outcomes.scored;
      if (came === outcomes.ask) trace.asks++;
      states_[slot] = state;
      outcome[slot] = came;
      points[slot] = rows[row + 1] ?? 0;
      clause[slot] = rows[row + 2] ?? -1;
    }
    for (let n = 0; n < worked.length; n++) {
      const each = worked[n];
      if (each === undefined) continue;
      const { slot } = each;
      const state = worstOf(each.slots, facts);
      states_[slot] = state;
      clause[slot] = -1;
      limit[slot] = 0;
      if (state === states.known) {
        outcome[slot] = outcomes.scored;
        points[slot] = each.points(facts, trace);
        continue;
      }
      const given = each.missing[state - 1] ?? NaN;
      const isAsked = Number.isNaN(given);
      outcome[slot] = isAsked ? outcomes.ask : outcomes.missing;
      points[slot] = isAsked ? 0 : given;
      if (isAsked) trace.asks++;
    }
    for (let n = 0; n < silent.length; n++) {
      const each = silent[n];
      if (each === undefined) continue;
      const { slot } = each;
      states_[slot] = worstOf(each.slots, facts);
      clause[slot] = -1;
      limit[slot] = 0;
      outcome[slot] = each.outcome;
      points[slot] = each.points(facts, trace);
    }
  };
}

/** Outcome, points and clause one after the other, for each way of not knowing and then for each answer. */
interface Looked { readonly slot: number; readonly rows: Int32Array }

function lookedOf(slot: number, table: Table, indicator: Indicator): Looked {
  return { slot, rows: Int32Array.from([
    ...missingPoints(indicator).flatMap(points => Number.isNaN(points) ? [outcomes.ask, 0, -1] : [outcomes.missing, points, -1]),
    ...table.rows.flatMap(row => [row.isLapsed ? outcomes.lapsed : outcomes.scored, row.points, row.clause]),
  ]) };
}

interface Worked { readonly slot: number; /** All the facts it looks at. */ readonly slots: readonly number[]; readonly points: Scoring; readonly missing: readonly number[] }
interface Silent { readonly slot: number; readonly slots: readonly number[]; readonly outcome: number; readonly points: Scoring }

/** By way of not knowing; NaN where it must be asked. What counts nowhere is asked for by the conditions that use it. */
function missingPoints(indicator: Indicator): readonly number[] {
  const otherwise = indicator.category === undefined ? 0 : 'ask' as const;
  return missingStates.map(state => { const consequence = indicator.missing?.[state] ?? otherwise; return consequence === 'ask' ? NaN : hundredths(consequence); });
}

function lapsedPoints({ neutral }: Indicator): Scoring {
  assert(neutral !== undefined, 'a neutral result');
  const points = hundredths(neutral);
  return () => points;
}
