import { boundsWords, type Bounds } from '../standards/bounds.ts';
import { citationsIn } from '../standards/clauses.ts';
import { gradeSign, type Indicator, type Standard } from '../standards/standard.ts';

/** One number of a standard that can be turned, as it is written in its file. */
export interface Knob {
  readonly key: string; readonly label: string; readonly value: number; readonly least: number; readonly most: number; readonly step: number; readonly unit: string;
  readonly turn: (standard: Standard, value: number) => Standard;
}

/** Everything that can be turned: where one grade or band ends and the next begins, and the points of a band, an option or an answer. */
export function knobsOf(standard: Standard): readonly Knob[] {
  const { cite } = citationsIn(standard);
  return [...gradeKnobs(standard), ...standard.indicators.flatMap(indicator => indicatorKnobs(indicator, `${cite(`indicator:${indicator.key}`)} ${indicator.title}`.trim()))];
}

/** A value held to what a knob allows. */
export function held({ least, most, step, value }: Knob, wanted: number): number {
  if (!Number.isFinite(wanted)) return value;
  const steps = Math.round((Math.min(Math.max(wanted, least), most) - least) / step);
  return Math.round((least + steps * step) * 100) / 100;
}

/** The standard with one knob turned; the very same where it was not. */
export function turned(standard: Standard, knob: Knob, wanted: number): Standard {
  const to = held(knob, wanted);
  return to === knob.value ? standard : knob.turn(standard, to);
}

function gradeKnobs(standard: Standard): readonly Knob[] {
  if (standard.categories.length === 0) return [];   // Grades by conditions alone have no points to bound.
  const edges = edgesOf(standard.grades);
  const around = { least: standard.total?.floor ?? standard.base, most: standard.total?.cap };
  return edges.map((value, at) => {
    const above = standard.grades.find(grade => grade.atLeast === value || grade.above === value);
    const below = standard.grades.find(grade => grade.below === value || grade.atMost === value);
    const label = above !== undefined ? `${gradeSign(above)} 从几分起` : `${below === undefined ? '' : gradeSign(below)} 到几分为止`;
    return { key: `grade.${at}`, label, value, unit: '分', ...between(edges, at, around, 1), turn: (one, to) => ({ ...one, grades: one.grades.map(grade => movedEdge(grade, value, to)) }) };
  });
}

function indicatorKnobs(indicator: Indicator, name: string): readonly Knob[] {
  const { scoring } = indicator;
  const changed = (turn: (own: Indicator, to: number) => Indicator) => (one: Standard, to: number): Standard => ({ ...one, indicators: one.indicators.map(own => own.key === indicator.key ? turn(own, to) : own) });
  const pointsKnob = (at: string, what: string, value: number, turn: (own: Indicator, to: number) => Indicator): Knob => {
    const reach = Math.max(5, Math.abs(value) * 2);
    return { key: `points.${indicator.key}.${at}`, label: `${name}：${what}`, value, least: value < 0 ? -reach : 0, most: value < 0 ? 0 : reach, step: Number.isInteger(value) ? 1 : 0.5, unit: '分', turn: changed(turn) };
  };
  if (scoring?.kind === 'bands') {
    const unit = scoring.measure === 'years' ? '年' : scoring.measure === 'months' ? '个月' : indicator.unit ?? '';
    const edges = edgesOf(scoring.bands);
    return [
      ...edges.map((value, at): Knob => ({
        key: `edge.${indicator.key}.${at}`, label: `${name}：分界 ${value}${unit}`, value, unit, ...between(edges, at, { least: indicator.least, most: indicator.most }, 1),
        turn: changed((own, to) => own.scoring?.kind === 'bands' ? { ...own, scoring: { ...own.scoring, bands: own.scoring.bands.map(band => movedEdge(band, value, to)) } } : own),
      })),
      ...scoring.bands.map((band, at) => pointsKnob(String(at), `${boundsWords(band, unit)}得几分`, band.points, (own, to) => own.scoring?.kind === 'bands' ? { ...own, scoring: { ...own.scoring, bands: own.scoring.bands.with(at, { ...band, points: to }) } } : own)),
    ];
  }
  if (scoring?.kind === 'choice') return (indicator.options ?? []).flatMap((option, at) => option.points === undefined ? []
    : [pointsKnob(String(at), `“${option.label}”得几分`, option.points, (own, to) => ({ ...own, options: (own.options ?? []).with(at, { ...option, points: to }) }))]);
  if (scoring?.kind === 'flag') return (['yes', 'no'] as const).map(answer =>
    pointsKnob(answer, `“${answer === 'yes' ? '是' : '否'}”得几分`, scoring[answer], (own, to) => own.scoring?.kind === 'flag' ? { ...own, scoring: { ...own.scoring, [answer]: to } } : own));
  return [];
}

const boundKeys = ['atLeast', 'above', 'atMost', 'below'] as const;
const edgesOf = (list: readonly Bounds[]): readonly number[] => [...new Set(list.flatMap(bounds => boundKeys.map(key => bounds[key])).filter(value => value !== undefined))].sort((a, b) => a - b);

/** Both sides of an edge go together, so that no gap opens between two bands. */
function movedEdge<B extends Bounds>(bounds: B, from: number, to: number): B {
  return boundKeys.some(key => bounds[key] === from) ? { ...bounds, ...Object.fromEntries(boundKeys.flatMap(key => bounds[key] === from ? [[key, to]] : [])) } : bounds;
}

/** An edge may go as far as its neighbours, in tenths of the scale that all edges share: 60, 70, 80 go by one, 10 000 and 30 000 by a thousand. */
function between(edges: readonly number[], at: number, around: { readonly least: number | undefined; readonly most: number | undefined }, unit: number): Pick<Knob, 'least' | 'most' | 'step'> {
  const own = edges[at] ?? 0;
  const scale = edges.reduce((one, other) => common(one, Math.abs(Math.round(other * 100))), 0) / 100;
  const step = Number.isInteger(own) && edges.every(Number.isInteger) ? Math.max(unit, Math.floor(scale / 10)) : 0.5;
  const wide = Math.max(step * 20, Math.abs(own));
  const [least, most] = [edges[at - 1] ?? around.least ?? own - wide, edges[at + 1] ?? around.most ?? own + wide];
  const [down, up] = [Math.floor((own - least) / step), Math.floor((most - own) / step)];
  return { least: own - Math.max(0, at > 0 ? down - 1 : down) * step, most: own + Math.max(0, at < edges.length - 1 ? up - 1 : up) * step, step };
}

const common = (one: number, other: number): number => other === 0 ? one : common(other, one % other);
