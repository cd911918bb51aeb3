import { citationsIn } from '../standards/clauses.ts';
import { gradeSign, type Indicator, type Standard } from '../standards/standard.ts';
import { edgesIn, numbersIn, withAt, type Path, type Placed } from './knob-numbers.ts';
import { keyWords, kindOf } from './knob-words.ts';

/** One number of a standard that can be turned, as it is written in its file. */
export interface Knob {
  readonly key: string; readonly group: string; readonly label: string; readonly value: number; readonly least: number; readonly most: number; readonly step: number; readonly unit: string;
  readonly turn: (standard: Standard, value: number) => Standard;
}

/** Every number that decides a result: bounds of grades, base and limits, whatever an indicator, a veto, a condition, a kind of household or a county mean holds. */
export function knobsOf(standard: Standard): readonly Knob[] {
  const { cite } = citationsIn(standard);
  const about = (part: unknown, path: Path, group: string, unit = '', around?: Around): readonly Knob[] => [...numbersIn(part, { path, names: [], unit })].map(placed => knobAt(standard, placed, group, unit, around));
  return [
    ...gradeKnobs(standard),
    ...about(standard.base, ['base'], '整份标准'), ...about(standard.total, ['total'], '整份标准'),
    ...standard.categories.flatMap(({ title, cap, floor }, at) => about({ cap, floor }, ['categories', at], `${title}合计`)),
    ...standard.indicators.flatMap((indicator, at) => indicatorKnobs(indicator, at).flatMap(([part, path]) => about(part, path, `${cite(`indicator:${indicator.key}`)} ${indicator.title}`.trim(), unitOf(indicator), boundsOf(indicator)))),
    ...standard.vetoes.flatMap(({ title, when, lifeMonths, total, repair }, at) => about({ when, lifeMonths, total, repair }, ['vetoes', at], `一票否决：${title}`)),
    ...standard.preconditions.flatMap(({ title, holds }, at) => about({ holds }, ['preconditions', at], `条件：${title}`)),
    ...standard.grades.flatMap((grade, at) => about((grade.requires ?? []).map(({ holds }) => ({ holds })), ['grades', at, 'requires'], `${gradeSign(grade)} 还要达到的`)),
    ...(standard.types ?? []).flatMap(({ title, when, weight, bounds }, at) => about({ when, weight, bounds }, ['types', at], `另算的一类：${title}`)),
    ...(standard.localBases ?? []).flatMap(({ title, value, unit }, at) => about({ value }, ['localBases', at], title, unit)),
  ];
}

/** The parts of an indicator that give points or decide how far back it looks. */
const indicatorKnobs = ({ scoring, options, missing, neutral, derive }: Indicator, at: number): readonly (readonly [unknown, Path])[] =>
  Object.entries({ scoring, options, missing, neutral, derive }).map(([key, part]) => [key === 'options' && scoring?.kind !== 'choice' ? undefined : part, ['indicators', at, key]]);

const unitOf = ({ scoring, type, unit = '' }: Indicator): string =>
  scoring?.kind === 'bands' && scoring.measure === 'years' ? '年' : scoring?.kind === 'bands' && scoring.measure === 'months' ? '个月' : type === 'percent' ? '%' : unit;

/** Where the bands of a figure end: nobody has more or fewer than its form takes. */
const boundsOf = ({ scoring, least, most }: Indicator): Around | undefined => scoring?.kind === 'bands' && (scoring.measure ?? 'value') === 'value' ? { least, most } : undefined;

/** Grades by conditions alone have no points to bound. */
const gradeKnobs = (standard: Standard): readonly Knob[] => standard.categories.length === 0 ? [] : edgesIn(standard.grades, ['grades']).map((placed, at) => {
  const above = standard.grades.find(grade => grade.atLeast === placed.value || grade.above === placed.value);
  const below = standard.grades.find(grade => grade.below === placed.value || grade.atMost === placed.value);
  const label = above !== undefined ? `${gradeSign(above)} 从几分起` : `${below === undefined ? '' : gradeSign(below)} 到几分为止`;
  return { ...knobAt(standard, { ...placed, names: [] }, '等级的分数线', '分', { least: standard.total?.floor ?? standard.base, most: standard.total?.cap }), key: `grade.${at}`, label };
});

/** A value held to what a knob allows. */
export function held({ least, most, step, value }: Knob, wanted: number): number {
  if (!Number.isFinite(wanted) || wanted === value) return value;
  const steps = Math.round((Math.min(Math.max(wanted, least), most) - least) / step);
  return Math.min(most, Math.round((least + steps * step) * 100) / 100);
}

/** The standard with one knob turned; the very same where it was not. */
export function turned(standard: Standard, knob: Knob, wanted: number): Standard {
  const to = held(knob, wanted);
  return to === knob.value ? standard : knob.turn(standard, to);
}

interface Around { readonly least: number | undefined; readonly most: number | undefined }

function knobAt(standard: Standard, { paths, value, isShare, names, edges }: Placed, group: string, unit: string, around: Around = { least: undefined, most: undefined }): Knob {
  const [path = []] = paths;
  const key = path.at(-1) ?? '';
  const kind = kindOf(key);
  const reach = edges === undefined ? reachOf(value, kind, isShare) : isShare ? betweenShares(edges.all, edges.at) : between(edges.all, edges.at, around);
  const measured = isShare ? '%' : kind === 'points' ? '分' : kind === 'months' ? '个月' : kind === 'factor' ? '倍' : unit;
  return {
    key: path.join('.'), group, label: [...names, edges === undefined ? keyWords(standard, key) : `分界 ${value}${measured}`].join('，'), value, unit: measured, ...reach,
    turn: (one, to) => paths.reduce((whole, each) => withAt(whole, each, isShare ? `${to}%` : to), one),
  };
}

/** Points go to twice as much and to nought, other numbers likewise; none changes its sign. */
function reachOf(value: number, kind: ReturnType<typeof kindOf>, isShare: boolean): Pick<Knob, 'least' | 'most' | 'step'> {
  if (isShare) return { least: 0, most: Math.max(100, Math.ceil(value)), step: 1 };
  const size = Math.max(kind === 'months' ? 12 : kind === 'factor' ? 1 : 5, Math.abs(value) * 2);
  const step = kind === 'factor' ? 0.1 : !Number.isInteger(value) ? 0.5 : kind === 'points' || kind === 'months' ? 1 : Math.max(1, 10 ** (Math.floor(Math.log10(Math.max(1, Math.abs(value)))) - 1));
  return value < 0 ? { least: -size, most: 0, step } : { least: kind === 'points' || kind === 'factor' ? 0 : step, most: size, step };
}

/** Whole per cents, short of the neighbours. */
const betweenShares = (edges: readonly number[], at: number): Pick<Knob, 'least' | 'most' | 'step'> =>
  ({ least: Math.floor(edges[at - 1] ?? -1) + 1, most: Math.ceil(edges[at + 1] ?? Math.max(101, (edges[at] ?? 0) * 2)) - 1, step: 1 });

/** An edge may go as far as its neighbours, in tenths of the scale that all edges share: 60, 70, 80 go by one, 10 000 and 30 000 by a thousand. */
function between(edges: readonly number[], at: number, around: Around): Pick<Knob, 'least' | 'most' | 'step'> {
  const own = edges[at] ?? 0;
  const scale = edges.reduce((one, other) => common(one, Math.abs(Math.round(other * 100))), 0) / 100;
  const step = Number.isInteger(own) && edges.every(Number.isInteger) ? Math.max(1, Math.floor(scale / 10)) : 0.5;
  const wide = Math.max(step * 20, Math.abs(own));
  const [least, most] = [edges[at - 1] ?? around.least ?? (own > 0 ? Math.min(step, own) : own - wide), edges[at + 1] ?? around.most ?? own + wide];
  const [down, up] = [Math.floor((own - least) / step), Math.floor((most - own) / step)];
  return { least: own - Math.max(0, at > 0 ? down - 1 : down) * step, most: own + Math.max(0, at < edges.length - 1 ? up - 1 : up) * step, step };
}

const common = (one: number, other: number): number => other === 0 ? one : common(other, one % other);
