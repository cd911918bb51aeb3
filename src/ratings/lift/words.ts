import { dayFromNumber, type Day } from '../../kit/time.ts';
import type { Compiled, Context } from '../../standards/compile.ts';
import { itemsOf, type Facts } from '../../standards/facts.ts';
import type { EventItem } from '../../standards/kinds/event-item.ts';
import { rangeOfRule } from '../../standards/kinds.ts';
import { gradeSign, gradeWords, pointsText, type Standard } from '../../standards/standard.ts';
import { standings } from '../../standards/trace.ts';
import { valueWords } from '../../standards/values.ts';
import type { Evaluation } from '../evaluate.ts';
import { gapOf, nextGrade } from '../explain.ts';
import type { Step } from './change.ts';
import { liftOf, type Lift, type Way } from './lift.ts';
import { unitOf } from './power.ts';

/** What would lift a grade, in sentences. Pages and sheets lay them out. */
export interface LiftTold {
  /** 「离 AA 还差 3 分」 */
  readonly heading: string;
  readonly ways: readonly WayTold[];
  /** From when, if it is the same for all of them; then the ways themselves do not say it. */
  readonly when: string | null;
  /** Why nothing is told: the top, something still open, or nothing within reach. */
  readonly none: string | null;
  /** What others keep and the household can only bring about by itself. */
  readonly others: readonly string[];
  /** The same to be read aloud: whole sentences, no marks. */
  readonly spoken: readonly string[];
}
/** `no` 一 二 三; `say` all steps in one breath. */
export interface WayTold { readonly no: string; readonly steps: readonly string[]; readonly say: string; readonly sum: string; readonly when: string }

export interface Told { readonly compiled: Compiled; readonly facts: Facts; readonly context: Context; readonly evaluation: Evaluation }

export function tellLift(told: Told): { readonly lift: Lift; readonly words: LiftTold } {
  const lift = liftOf(told.compiled, told.facts, told.context);
  const { standard } = told.compiled;
  const each = lift.kind === 'searched' ? lift.ways.map((way, at) => wayTold(told, way, at)) : [];
  const when = each.every(way => way.when === each[0]?.when) ? each[0]?.when ?? null : null;
  const ways = when === null ? each : each.map(way => ({ ...way, when: '' }));
  const none = noneWords(told, lift);
  const others = lift.kind === 'top' ? [] : othersOf(standard, told.evaluation);
  const heading = headingOf(standard, told.evaluation, lift);
  return { lift, words: { heading, ways, when, none, others, spoken: spokenOf(told, { lift, ways, when, none, others }) } };
}

function headingOf(standard: Standard, evaluation: Evaluation, lift: Lift): string {
  if (lift.kind === 'top') return '已经是最好的一级';
  if (lift.kind === 'incomplete') return '先把没有答案的补上';
  const target = standard.grades[lift.grade];
  const gap = nextGrade(standard, evaluation)?.code === target?.code ? gapOf(standard, evaluation) : null;
  return gap ?? `${lift.ways.length > 0 ? '怎样到' : '眼下还到不了'} ${target === undefined ? '' : gradeSign(target)}`;
}

function noneWords({ compiled: { standard }, evaluation }: Told, lift: Lift): string | null {
  if (lift.kind === 'top') return '没有更高的等级了，照现在这样保持就好。';
  if (lift.kind === 'incomplete') return `还有 ${lift.asks} 处没有答案。补上以后再算，才说得准还差什么。`;
  if (lift.ways.length > 0) return null;
  const held = standard.vetoes.filter(veto => evaluation.vetoes.includes(veto.key)).map(veto => veto.words);
  if (held.length > 0) return `现在有不能评的情形，加分也不管用。${held.join('')}`;
  const unmet = standard.preconditions.filter((_, at) => evaluation.preconditions[at]?.verdict === 'fails').map(each => each.title);
  if (unmet.length > 0) return `要先达到：${unmet.join('、')}。达到了告诉网格员，重新核、重新算。`;
  return lift.isWhole ? '在自己能做的里面，眼下三样以内还够不到。做了的都算数，下次再看。' : '能做的事太多，没有全部试完，眼下没有找到三样以内够得到的。';
}

function wayTold(told: Told, way: Way, at: number): WayTold {
  const grade = told.compiled.standard.grades[way.grade];
  const steps = [...way.wait === undefined ? [] : [waitWords(told, way.wait)], ...way.steps.map(step => `${stepWords(told, step)}${gainWords(step.gain)}`)];
  const isScored = told.compiled.standard.categories.length > 0;
  return { no: '一二三'.charAt(at), steps, say: steps.join('，再加上'), sum: `${isScored ? `到 ${pointsText(way.total)} 分，` : ''}够 ${grade === undefined ? '' : gradeWords(grade)}`, when: whenWords(way) };
}

const gainWords = (gain: number): string => gain > 0 ? `，加 ${pointsText(gain)} 分` : gain < 0 ? `，减 ${pointsText(-gain)} 分` : '';

function whenWords(way: Way): string {
  if (way.wait?.kind === 'round' || way.steps.some(step => step.isSlow)) return '变了告诉网格员，最快下一次评定算进去。';
  if (way.wait?.kind === 'day') return `最早从 ${dayWords(way.wait.until)}起算。`;
  return '做了、记上、核过，就算进去。';
}

function stepWords({ compiled: { standard }, facts }: Told, step: Step): string {
  const indicator = standard.indicators[step.slot];
  if (indicator === undefined) return '';
  if (step.kind === 'cure') {
    const event = facts.events[step.at];
    return `${event === undefined ? '' : dayWords(dayFromNumber(event.day))}那件“${itemsOf(indicator)[event?.item ?? -1]?.label ?? ''}”改正了`;
  }
  if (step.kind === 'deed') {
    const item = itemsOf(indicator)[step.item];
    return item === undefined ? '' : `${item.label}${step.level === undefined ? '' : `（${item.levels?.[step.level]?.label ?? ''}）`}${amountWords(item, step.amount, step.times)}`;
  }
  const value = valueWords(indicator, step.value);
  if (step.isFirst) return indicator.type === 'flag' ? `“${indicator.title}”还没问到，${step.value === 1 ? '确实是的话' : '如果不是'}` : `“${indicator.title}”还没问到，如果是“${value}”`;
  if (indicator.type === 'choice' || indicator.type === 'flag') return `“${indicator.title}”从“${valueWords(indicator, facts.values[step.slot] ?? 0)}”变成“${value}”`;
  return `“${indicator.title}”到 ${value}`;
}

function amountWords(item: EventItem, amount: number, times: number): string {
  const unit = unitOf(item);
  if (unit === undefined) return `再有 ${times} 次`;
  return times > 1 ? `再有 ${times} 次，每次 ${amount / 100} ${unit}` : `再${unit === '小时' ? '做' : '有'} ${amount / 100} ${unit}`;
}

/** What the passing of time does by itself: what runs out is named, with its own day. */
function waitWords({ compiled, facts, context }: Told, wait: NonNullable<Way['wait']>): string {
  if (wait.kind === 'round') return '这一级要接着上一次的等级评，这次评到了，最快下一次';
  const held = compiled.at(context).score(facts).standing.slice();
  const gains = compiled.at(context).score(facts).eventPoints.slice();
  const { standing } = compiled.at({ ...context, day: wait.until }).score(facts);
  const ended = facts.events.flatMap((event, at) => held[at] === standings.counts && (gains[at] ?? 0) < 0 && standing[at] === standings.ended
    ? [`${dayWords(dayFromNumber(event.day))}那件“${itemsOf(compiled.standard.indicators[event.slot])[event.item]?.label ?? ''}”`] : []);
  if (ended.length > 0) return `等到 ${dayWords(wait.until)}，${ended.join('、')}满期，不再算${wait.gain > 0 ? `，加回 ${pointsText(wait.gain)} 分` : ''}`;
  return wait.gain > 0 ? `等到 ${dayWords(wait.until)}，日子满了${gainWords(wait.gain)}` : `等到 ${dayWords(wait.until)}，新的一段里又可以记`;
}

const dayWords = (day: Day): string => { const [year = '', month = '', date = ''] = day.split('-'); return `${year}年${Number(month)}月${Number(date)}日`; };

const bankWords = '按时还款以后，银行的数会变，下次评定就按新的算。';
const bureauWords = '部门名单上的事办清以后，名单会变，下次评定就按新的算。';
/** The bank's and the bureaus' facts are named only where they give less than they could, and never asked for. */
function othersOf(standard: Standard, evaluation: Evaluation): readonly string[] {
  const short = (source: 'bank' | 'bureau'): boolean => standard.indicators.some((indicator, at) => indicator.source === source && indicator.scoring !== undefined
    && evaluation.indicators[at]?.outcome === 'scored' && (evaluation.indicators[at]?.points ?? 0) < rangeOfRule(indicator.scoring, indicator).most);
  return [...short('bank') ? [bankWords] : [], ...short('bureau') ? [bureauWords] : []];
}

interface Heard extends Pick<LiftTold, 'ways' | 'when' | 'none' | 'others'> { readonly lift: Lift }

function spokenOf({ compiled: { standard }, evaluation }: Told, { lift, ways, when, none, others }: Heard): readonly string[] {
  const plain = (text: string): string => text.replace(/[“”]/g, '').replace(/（/g, '，').replace(/）/g, '');
  const label = evaluation.grade === null ? standard.ungraded.label : evaluation.grade.label;
  const got = standard.categories.length > 0 ? `您家这次得 ${pointsText(evaluation.total)} 分，等级是${label}。` : `您家这次的等级是${label}。`;
  const target = lift.kind === 'searched' ? standard.grades[lift.grade] : undefined;
  const offers = ways.map(way => `${ways.length === 1 ? '有一个办法' : `第${way.no}个办法`}，${plain(way.say)}，就${plain(way.sum)}。${way.when}`);
  return [
    got, ...target === undefined || ways.length === 0 ? [] : [`再往上一级是${target.label}。${ways.length > 1 ? `有 ${ways.length} 个办法，选一个做就行。` : ''}`], ...offers,
    ...when === null ? [] : [when], ...none === null ? [] : [plain(none)], ...others, '做不做都由您家自己定，不做也不减分。哪一项觉得不对，现在就可以提。',
  ];
}

/** The first day on which a way can count, or `next-round`: for programs. */
export const wayFrom = (way: Way, today: Day): string =>
  way.wait?.kind === 'round' || way.steps.some(step => step.isSlow) ? 'next-round' : way.wait === undefined ? today : way.wait.until;
