import { spanOf, type Bounds } from '../../standards/bounds.ts';
import type { Condition } from '../../standards/conditions.ts';
import type { Facts } from '../../standards/facts.ts';
import { fractionOf } from '../../standards/fraction.ts';
import { boundKeys } from '../../standards/kinds/bands.ts';
import type { FractionBounds } from '../../standards/kinds/ratio.ts';
import type { Indicator, Standard } from '../../standards/standard.ts';
import { scaleOf } from '../../standards/values.ts';
import type { Standpoint } from './families.ts';
import { madeEdges } from './made-edges.ts';
import { conditionsIn } from './watched.ts';

/** No more values of one figure than these are tried, the nearest first. */
const mostEdges = 12;

/**
 * The nearest figures at which anything written in the standard turns: ends of bands, knots, whole steps, bounds of conditions, shares of another fact, and those of numbers made from it.
 * Between two of them nothing changes, so no other value need be tried.
 */
export function edgesOf(at: Standpoint, slot: number): readonly number[] {
  const { standard, facts } = at;
  const indicator = standard.indicators[slot];
  if (indicator === undefined || !['whole', 'money', 'percent'].includes(indicator.type)) return [];
  const scale = scaleOf(indicator.type);
  const now = facts.states[slot] === 0 ? facts.values[slot] ?? 0 : undefined;
  const [least, most] = [Math.round((indicator.least ?? 0) * scale), indicator.most === undefined ? Infinity : Math.round(indicator.most * scale)];
  const own = (one: Indicator, value: number): readonly number[] => [...spansOn(standard, one, scaleOf(one.type)), ...stepsOn(one, value, scaleOf(one.type))];
  const edges = new Set([...own(indicator, now ?? 0), ...sharesOn(standard, indicator.key, facts), ...madeEdges(at, slot, { least, most }, own)]);
  return [...edges].filter(edge => Number.isFinite(edge) && edge >= least && edge <= most && edge !== now)
    .sort((a, b) => Math.abs(a - (now ?? 0)) - Math.abs(b - (now ?? 0)) || a - b).slice(0, mostEdges);
}

function spansOn(standard: Standard, { key, scoring }: Indicator, scale: number): number[] {
  const bounds: Bounds[] = scoring?.kind === 'bands' ? [...scoring.bands] : [];
  for (const other of standard.indicators) {
    if (other.scoring?.kind === 'product') for (const factor of other.scoring.factors) if (factor.by === key && 'bands' in factor) bounds.push(...factor.bands);
  }
  const look = (condition: Condition): void => {
    if ('all' in condition) condition.all.forEach(look);
    else if ('any' in condition) condition.any.forEach(look);
    else if ('not' in condition) look(condition.not);
    else if ('indicator' in condition && condition.indicator === key && !('is' in condition) && !('met' in condition)) bounds.push(condition);
  };
  conditionsIn(standard).forEach(look);
  return bounds.flatMap(bound => { const { from, to } = spanOf(bound, scale); return [from, from - 1, to, to + 1]; });
}

function stepsOn({ scoring }: Indicator, now: number, scale: number): number[] {
  const near = Array.from({ length: mostEdges }, (_, n) => n + 1);
  if (scoring?.kind === 'steps') {
    const [at, step] = [Math.round(scoring.standard * scale), Math.round(scoring.step * scale)];
    const done = Math.trunc((now - at) / step);
    return near.flatMap(n => [at + (done + n) * step, at + (done - n) * step]);
  }
  if (scoring?.kind === 'line') return [...scoring.knots.map(knot => Math.round(knot.value * scale)), ...near.flatMap(n => [now + n * scale, now - n * scale])];   // Between knots every whole unit counts.
  if (scoring?.kind !== 'tiers') return [];
  let from = 0;
  return scoring.ranges.flatMap(range => {
    const [start, every] = [from, Math.round(range.every * scale)];
    from = range.upTo === undefined ? Infinity : Math.round(range.upTo * scale);
    const done = Math.max(0, Math.floor((now - start) / every));
    return near.map(n => start + (done + n) * every).filter(edge => edge <= from);
  });
}

/** Figures that bring a share of this fact over another to one of its bounds, or just past it. */
function sharesOn(standard: Standard, key: string, facts: Facts): number[] {
  const valueAt = (other: string): number => facts.values[standard.indicators.findIndex(each => each.key === other)] ?? 0;
  return standard.indicators.flatMap(({ scoring }) => {
    if (scoring?.kind !== 'ratio' && scoring?.kind !== 'share') return [];
    const { numerator, denominator } = scoring;
    if (typeof denominator !== 'string') return [];
    const bounds: readonly FractionBounds[] = scoring.kind === 'share' ? [scoring.wanted] : scoring.bands ?? [];
    const fractions = bounds.flatMap(bound => boundKeys.flatMap(side => { const written = bound[side]; const parts = written === undefined ? undefined : fractionOf(written); return parts === undefined ? [] : [parts]; }));
    return fractions.flatMap(({ over, under }) => {
      const exact = numerator === key ? valueAt(denominator) * over / under : denominator === key && over > 0 ? valueAt(numerator) * under / over : NaN;
      return Number.isFinite(exact) ? [Math.floor(exact) - 1, Math.floor(exact), Math.ceil(exact), Math.ceil(exact) + 1] : [];
    });
  });
}
