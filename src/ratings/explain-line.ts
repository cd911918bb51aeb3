import { itemWords } from '../standards/kinds/event-item.ts';
import type { EventsRule } from '../standards/kinds/events.ts';
import { ruleWords } from '../standards/kinds.ts';
import { gradeSign, hundredths, pointsText, stateWords } from '../standards/standard.ts';
import type { Indicator, Standard } from '../standards/standard.ts';
import { valueOf, valueWords } from '../standards/values.ts';
import type { Evaluation, IndicatorResult } from './evaluate.ts';

/** What this household's fact is, in words. */
export function factWords(standard: Standard, indicator: Indicator, result: IndicatorResult, evaluation: Evaluation): string {
  if (indicator.scoring?.kind === 'events') return eventsWords(indicator, indicator.scoring, evaluation);
  if (indicator.scoring?.kind === 'former') return evaluation.former === null ? '没有上一次的等级' : `上一次 ${gradeSign(evaluation.former)}`;
  if (result.state !== 'known') return stateWords[result.state];
  if (indicator.type === 'derived') return divisionWords(standard, indicator, result);
  const value = result.fact === null ? undefined : valueOf(indicator, result.fact);
  if (value === undefined) return stateWords[result.state];
  if (indicator.type === 'year') return `从 ${value} 年起`;
  return valueWords(indicator, value);
}

function eventsWords(indicator: Indicator, rule: EventsRule, evaluation: Evaluation): string {
  const own = evaluation.events.filter(event => event.indicator === indicator.key);
  const counted = rule.items.flatMap(item => {
    const list = own.filter(event => event.item === item.key && event.standing === 'counts');
    if (list.length === 0) return [];
    const unit = item.each?.unit ?? item.ladder?.unit ?? item.tiers?.unit;
    const amount = list.reduce((sum, event) => sum + event.amount, 0) / 100;
    return [unit === undefined ? `${item.label} ${list.length} 次` : `${item.label} ${amount} ${unit}`];
  });
  const notes = [note(own, 'ended', '已经过期，不算'), note(own, 'outdone', '不是最高的一项，不重复算'), note(own, 'later', '在评定日以后，这次不算'), note(own, 'lapsed', '依据已经失效，不算'), note(own, 'unnamed', '是集体的奖，没有写明本人，不算'), note(own, 'untold', '还没有核实、告知本人，先不算'), note(own, 'repaired', '已经修复，不再算')].flat();
  const cured = rule.items.flatMap(item => own.filter(event => event.item === item.key && event.curedOn !== null).map(event => `${event.on} 的“${item.label}”已于 ${event.curedOn ?? ''} 改正`));
  return [counted.length === 0 ? '没有算分的记录' : counted.join('、'), ...notes, ...cured].join('；');
}

const note = (events: Evaluation['events'], standing: string, words: string): string[] => {
  const count = events.filter(event => event.standing === standing).length;
  return count === 0 ? [] : [`另有 ${count} 件${words}`];
};

function divisionWords(standard: Standard, indicator: Indicator, { parts }: IndicatorResult): string {
  const told = parts.map(part => {
    const from = standard.indicators.find(each => each.key === part.key);
    return from === undefined ? String(part.value) : valueWords(from, part.value);
  });
  const [over, under] = told;
  if (over === undefined) return '';
  if (under !== undefined) return `${over} ÷ ${under}`;
  const scoring = indicator.scoring;
  if (scoring?.kind !== 'ratio' || typeof scoring.denominator === 'string') return over;
  const named = scoring.denominator.base;
  const base = standard.localBases?.find(each => each.key === named);
  return base === undefined ? over : `${over}，比${base.title} ${base.value} ${base.unit}`;
}

/** The rule that gave the points, in words. */
export function appliedRule(standard: Standard, indicator: Indicator, result: IndicatorResult, evaluation: Evaluation): string {
  const { scoring } = indicator;
  const points = pointsText(result.points);
  if (scoring === undefined) return '';
  if (result.outcome === 'lapsed') return `依据已经失效，按 ${points} 分算`;
  if (result.outcome === 'ask') return '还没有答案，先不给分，要补问';
  if (result.outcome === 'missing') return `${stateWords[result.state]}的，按 ${points} 分算`;
  if (scoring.kind === 'events') return eventsRule(scoring, indicator, evaluation);
  if (result.clause === null) return scoring.kind === 'ratio' ? `没有数可以相除，按 ${points} 分算` : '';
  return wordsOf(standard, indicator)[result.clause] ?? '';
}

const kept = new WeakMap<Standard, Map<string, readonly string[]>>();

/** The ways an indicator gives points, a line each; every household of a round is told by the same. */
export function wordsOf(standard: Standard, indicator: Indicator): readonly string[] {
  const own = kept.get(standard) ?? new Map<string, readonly string[]>();
  kept.set(standard, own);
  const known = own.get(indicator.key);
  if (known !== undefined) return known;
  const told = indicator.scoring === undefined ? [] : ruleWords(indicator.scoring, indicator, key => standard.indicators.find(each => each.key === key));
  own.set(indicator.key, told);
  return told;
}

function eventsRule(rule: EventsRule, indicator: Indicator, evaluation: Evaluation): string {
  const used = new Set(evaluation.events.filter(event => event.indicator === indicator.key && event.standing === 'counts').map(event => event.item));
  const size = (points: number): string => pointsText(hundredths(points));
  const isDeducting = rule.items.every(item => item.points < 0);
  const start = isDeducting ? `从 ${size(rule.start)} 分起，有据才减，减到 ${size(rule.floor)} 分为止` : `从 ${size(rule.start)} 分起，做了就加，最多 ${size(rule.cap)} 分`;
  const pick = rule.pick === 'best' ? ['只取最高的一项'] : rule.pick === 'heaviest' ? ['只取最重的一项'] : [];
  return [start, ...pick, ...rule.items.filter(item => used.has(item.key)).map(itemWords)].join('；');
}
