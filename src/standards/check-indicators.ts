import { checkAggregate } from './check-aggregate.ts';
import type { ConditionsAround } from './conditions.ts';
import type { Cursor } from './cursor.ts';
import { isRecord } from './cursor.ts';
import { checkDerive } from './derive.ts';
import { isRuleKind, kinds } from './kinds.ts';
import { meant } from './meant.ts';
import { isValueType, missingStates, powers, sensitivities, sources, valueTypes } from './standard.ts';
import type { ValueType } from './standard.ts';
import { scaleOf } from './values.ts';

export function checkIndicators(top: Cursor, around: ConditionsAround): void {
  const held = top.get('categories').value;
  const categories = Array.isArray(held) ? held.filter(isRecord).map(category => String(category['key'])) : [];
  const earlier = new Map<string, ValueType>();
  for (const indicator of top.get('indicators').list(1)) {
    checkIndicator(indicator, around, categories);
    checkMade(indicator, around, earlier);
    checkCounted(indicator, around, top.get('subject').value);
    const [key, type] = [indicator.get('key').value, indicator.get('type').value];
    if (typeof key === 'string' && isValueType(type)) earlier.set(key, type);
  }
}

function checkIndicator(indicator: Cursor, around: ConditionsAround, categories: readonly string[]): void {
  indicator.record(['key', 'title', 'type', 'source', 'purpose', 'legalBasis', 'sensitivity'],
    ['category', 'unit', 'least', 'most', 'block', 'hint', 'validityMonths', 'retentionMonths', 'optional', 'evidence', 'withoutDontKnow', 'options', 'derive', 'aggregate', 'judged', 'withinPower', 'scoring', 'missing', 'neutral']);
  indicator.get('key').key();
  indicator.get('title').text(40);
  const type = indicator.get('type').oneOf(Object.keys(valueTypes));
  indicator.get('source').oneOf(Object.keys(sources));
  indicator.get('sensitivity').oneOf(Object.keys(sensitivities));
  indicator.get('withinPower').oneOf(Object.keys(powers));
  for (const key of ['purpose', 'hint']) indicator.get(key).text();
  indicator.get('unit').text(10);
  indicator.get('block').text(20);
  for (const key of ['validityMonths', 'retentionMonths']) indicator.get(key).months();
  for (const key of ['optional', 'evidence', 'withoutDontKnow']) indicator.get(key).flag();
  if (!indicator.get('legalBasis').isAbsent) indicator.get('legalBasis').citing(around.legalBases, '依据');
  checkRange(indicator, type);
  checkOptions(indicator, around, type);
  checkScoring(indicator, around, categories);
}

/** What is computed is never asked; what reviewers judge says how their answers become one. */
function checkMade(indicator: Cursor, around: ConditionsAround, earlier: ReadonlyMap<string, ValueType>): void {
  const [derive, judged] = [indicator.get('derive'), indicator.get('judged')];
  const { value: type } = indicator.get('type');
  const source = indicator.get('source').value;
  if (!derive.isAbsent) {
    checkDerive(derive, { ...around, type: isValueType(type) ? type : undefined }, earlier, around.itemsOf);
    if (source !== 'computed') indicator.get('source').fault('推算出来的不用人填', '写 source: computed');
    // Nobody types it, so nothing would keep it inside, and bands that trust the range would leave a gap.
    for (const key of ['least', 'most']) if (!indicator.get(key).isAbsent) indicator.get(key).fault('推算出来的数没有最小和最大', '删去这一行');
  }
  if (source === 'reviewers' && judged.isAbsent) indicator.fault('评议的项没写几个人的答案怎么合成一个', '写上 judged: { by: median, least: 5 }');
  if (judged.isAbsent) return;
  if (source !== 'reviewers') judged.fault('只有评议员填的项才合成', '写 source: reviewers，或者删去 judged');
  if (judged.record(['by', 'least'], ['trim']) === undefined) return;
  const by = judged.get('by').oneOf(['median', 'trimmedMean']);
  const least = judged.get('least').number({ least: 3, most: 99 });
  const trim = judged.get('trim').number({ least: 1, most: 20 });
  if (by === 'median' && trim !== undefined) judged.get('trim').fault('中位数不用去头去尾', '删去这一行');
  if (least !== undefined && trim !== undefined && trim * 2 >= least) judged.get('trim').fault('去头去尾以后可能一个都不剩', `要小于 ${Math.ceil(least / 2)}`);
  if (type === 'events' || type === 'derived' || type === 'day') judged.fault('这种值不能合成', '用选项、是或否、整数、金额或百分数');
  if (by === 'trimmedMean' && (type === 'choice' || type === 'flag')) judged.get('by').fault('选项没有平均数', '改成 median');
}

/** What is counted from below is filled in by nobody, or by an office that knows better; and what the program computes says how. */
function checkCounted(indicator: Cursor, around: ConditionsAround, subject: unknown): void {
  const aggregate = indicator.get('aggregate');
  const { value: type } = indicator.get('type');
  const source = indicator.get('source').value;
  if (aggregate.isAbsent) {
    if (source === 'computed' && indicator.get('derive').isAbsent && type !== 'derived' && type !== 'events') indicator.fault('系统算出，却没写怎么算', '写上 derive（从别的项推算）或者 aggregate（从下一级汇总）');
    return;
  }
  checkAggregate(aggregate, { ...around, type: isValueType(type) ? type : undefined }, subject);
  if (!indicator.get('derive').isAbsent) aggregate.fault('推算和汇总只写一个', '留下 derive 或者 aggregate');
  if (source !== 'computed' && source !== 'bank' && source !== 'bureau') indicator.get('source').fault('汇总出来的不用人填', '写 source: computed；银行、部门会给总数的写 bank、bureau');
}

function checkRange(indicator: Cursor, type: string | undefined): void {
  const places = isValueType(type) && scaleOf(type) === 100 ? 2 : 0;
  const [least, most] = [indicator.get('least').number({ places }), indicator.get('most').number({ places })];
  if (least !== undefined && most !== undefined && most < least) indicator.get('most').fault('最大比最小还小', `要不小于 ${least}`);
  if ((least !== undefined || most !== undefined) && !['whole', 'money', 'percent', 'year'].includes(type ?? '')) indicator.get(least === undefined ? 'most' : 'least').fault('只有数字才有最小和最大', '删去这一行');
}

function checkOptions(indicator: Cursor, around: ConditionsAround, type: string | undefined): void {
  const options = indicator.get('options');
  if (type !== 'choice') {
    if (!options.isAbsent) options.fault('只有“选一项”才有选项', '把 type 改成 choice，或者删去 options');
    return;
  }
  if (options.isAbsent) { options.fault('少了选项', '写上 options，每项有 key 和 label'); return; }
  const seen = new Set<string>();
  for (const option of options.list(2)) {
    option.record(['key', 'label'], ['points', 'legalBasis', 'lifeMonths', 'withinPower']);
    const key = option.get('key').key();
    if (key !== undefined && seen.has(key)) option.get('key').fault(`“${key}”写了两次`, '每个选项的 key 不能相同');
    if (key !== undefined) seen.add(key);
    if (key !== undefined && (missingStates as readonly string[]).includes(key)) option.get('key').fault(`“${key}”是一种“没有答案”，不用写成选项`, '在 missing 里写它给几分');
    const label = option.get('label').text(40);
    if (label === '不清楚') option.get('label').fault('“不清楚”每题都有，不用写成选项', '在 missing 的 dontKnow 里写它给几分');
    option.get('points').points();
    option.get('lifeMonths').months();
    option.get('withinPower').oneOf(Object.keys(powers));
    if (!option.get('legalBasis').isAbsent) option.get('legalBasis').citing(around.legalBases, '依据');
  }
}

function checkScoring(indicator: Cursor, around: ConditionsAround, categories: readonly string[]): void {
  const scoring = indicator.get('scoring');
  const category = indicator.get('category');
  const type = indicator.get('type').value;
  if (scoring.isAbsent) {
    if (!category.isAbsent) category.fault('有类别，没有给分办法', '写上 scoring，或者删去 category');
    for (const key of ['missing', 'neutral']) if (!indicator.get(key).isAbsent) indicator.get(key).fault('不打分的指标不用写这个', '删去这一行');
    if (type === 'derived' || type === 'events') scoring.fault('少了给分办法', '这种指标要写 scoring');
    return;
  }
  const rule = isRecord(scoring.value) ? scoring.value['kind'] : undefined;
  if (!isRuleKind(rule)) { scoring.get('kind').fault(`不认识的给分办法“${String(rule)}”`, `可以写：${Object.keys(kinds).join('、')}${meant(String(rule), Object.keys(kinds))}`); return; }
  const kind = kinds[rule];
  if (isValueType(type) && !kind.types.includes(type)) scoring.get('kind').fault(`“${kind.title}”不能用于“${valueTypes[type]}”`, `可用于：${kind.types.map(each => valueTypes[each]).join('、')}`);
  kind.check(scoring, { ...around, indicator: isRecord(indicator.value) ? indicator.value : {}, type: isValueType(type) ? type : undefined });
  const named = category.text();
  // A share is often only a condition; everything else that gives points must count somewhere.
  if (named === undefined && rule !== 'share') category.fault('给分的指标少了类别', `写上 category：${categories.join('、')}`);
  if (named !== undefined && !categories.includes(named)) category.unknown('类别', named, categories, `可以写：${categories.join('、')}`);
  if (rule === 'share' && named !== undefined && scoring.get('points').isAbsent) scoring.fault('占比指标有类别，却没写分', '写上 points: { met, unmet, setAside }，或者删去 category');
  const missing = indicator.get('missing');
  if (rule === 'events' || rule === 'former') { if (!missing.isAbsent) missing.fault(`${kind.title}没有“没问到”`, '删去 missing'); }
  else if (named !== undefined || !missing.isAbsent) checkConsequences(missing);
  if (named !== undefined && rule !== 'events' && rule !== 'former') {
    if (indicator.get('neutral').isAbsent) indicator.get('neutral').fault('没写依据失效时给几分', '写上 neutral，依据失效以后一律给这个分');
  }
  indicator.get('neutral').points();
}

function checkConsequences(missing: Cursor): void {
  if (missing.record(missingStates) === undefined) return;
  for (const state of missingStates) if (missing.get(state).value !== 'ask') missing.get(state).points();
}
