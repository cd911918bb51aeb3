import { amongs, looksAtResults } from './aggregate.ts';
import type { Counting } from './aggregate.ts';
import type { Cursor } from './cursor.ts';
import { isRecord } from './cursor.ts';
import { boundKeys, boundsAt } from './kinds/bands.ts';
import type { Around } from './kinds/kind.ts';
import { subjectKinds } from './standard.ts';
import type { SubjectKind, ValueType } from './standard.ts';

/** Levels that lie below a kind of place; nothing that can be counted lies below a household. */
const below: Readonly<Record<SubjectKind, readonly string[]>> = { household: [], person: [], village: ['households'], township: ['households', 'villages'], county: ['households', 'villages', 'townships'] };
const numbers: readonly (ValueType | undefined)[] = ['whole', 'money', 'percent'];

/** What is wrong with a declaration by itself. Whether the standards below have what it names is asked when a round brings them together: `meet.ts`. */
export function checkAggregate(place: Cursor, around: Around, subject: unknown): void {
  const { type } = around;
  const kind = subjectKinds.find(each => each === subject);
  if (kind === undefined) return;   // Told where it stands.
  const reach = below[kind];
  if (reach.length === 0) { place.fault('农户和居民下面没有可汇总的', '删去 aggregate；汇总写在村、乡镇、县的标准里'); return; }
  if (!numbers.includes(type)) place.fault('汇总出来的只能是整数、金额或百分数', '改 type');
  if (!isRecord(place.value)) { place.record(['count']); return; }
  if ('former' in place.value) {
    place.record(['former']);
    const key = place.get('former').text();
    if (key === undefined) return;
    if (around.typeOf(key) === undefined) place.get('former').unknown('指标', key, around.indicatorKeys, '写成本标准里一个指标的 key');
    else if (around.typeOf(key) !== type) place.get('former').fault('和那一项的类型不同', '改成同一种');
    return;
  }
  const faults = place.faults.length;
  if ('sum' in place.value) checkSum(place, type, reach);
  else {
    place.record(['count'], ['among', 'where']);
    place.get('count').oneOf(reach);
    if (type !== 'whole') place.fault('数个数的是整数', '把 type 改成 whole');
  }
  place.get('among').oneOf(Object.keys(amongs));
  if (!place.get('where').isAbsent) checkMember(place.get('where'));
  if (place.faults.length > faults) return;
  const counting = place.value as unknown as Counting;   // Every member has just been checked.
  if (looksAtResults(counting) && counting.among !== 'rated') place.fault('看等级或总分的，只能在有结果的里面数', '写上 among: rated');
}

function checkSum(place: Cursor, type: ValueType | undefined, reach: readonly string[]): void {
  place.record(['sum', 'value'], ['times', 'among', 'where', 'unknown']);
  place.get('sum').oneOf(reach);
  place.get('unknown').oneOf(['leaveOut', 'ask']);
  if (!place.get('times').isAbsent) place.get('times').key();
  const value = place.get('value');
  if (!isRecord(value.value)) {
    if (value.oneOf(['total', 'openObjections']) === 'total' && type !== 'money') place.fault('总分有小数', '把 type 改成 money，单位写 unit: 分');
    if (value.value === 'openObjections' && type !== 'whole') place.fault('异议的件数是整数', '把 type 改成 whole');
  } else if ('events' in value.value) checkEventCount(value, type);
  else if (value.record(['indicator']) !== undefined) value.get('indicator').key();
  const canBeUnknown = !place.get('times').isAbsent || (isRecord(value.value) && 'indicator' in value.value);
  if (canBeUnknown && place.get('unknown').isAbsent) place.get('unknown').fault('没写不知道的怎么办', '写 unknown: leaveOut（不算在内）或者 ask（要补上）');
  if (!canBeUnknown && !place.get('unknown').isAbsent) place.get('unknown').fault('这个数没有不知道的', '删去这一行');
}

function checkEventCount(value: Cursor, type: ValueType | undefined): void {
  value.record(['events', 'of', 'months'], ['items']);
  value.get('events').key();
  value.get('months').months();
  for (const item of value.get('items').list(value.get('items').isAbsent ? 0 : 1)) item.key();
  const of = value.get('of').oneOf(['count', 'amount']);
  if (of === 'count' && type !== 'whole') value.fault('记事的次数是整数', '把 type 改成 whole');
  if (of === 'amount' && type === 'percent') value.fault('记事的数量不是百分数', '把 type 改成 whole 或 money');
}

function checkMember(place: Cursor, depth = 0): void {
  if (!isRecord(place.value)) { place.record(['grade']); return; }
  if (depth > 6) { place.fault('套得太深', '最多套六层'); return; }
  for (const word of ['all', 'any'] as const) {
    if (word in place.value) { place.record([word]); place.get(word).list(1).forEach(each => checkMember(each, depth + 1)); return; }
  }
  if ('not' in place.value) { place.record(['not']); checkMember(place.get('not'), depth + 1); return; }
  if ('grade' in place.value) { place.record(['grade']); place.get('grade').text(20); return; }
  if ('credit' in place.value) { place.record(['credit']); place.get('credit').flag(); return; }
  if ('total' in place.value) {
    if (place.record(['total']) !== undefined && place.get('total').record([], boundKeys) !== undefined) mustBound(place.get('total'));
    return;
  }
  if (place.record(['indicator'], ['is', ...boundKeys]) === undefined) return;
  place.get('indicator').key();
  const is = place.get('is');
  if (is.isAbsent) { mustBound(place); return; }
  if (boundKeys.some(key => !place.get(key).isAbsent)) place.fault('选项和门槛只写一样', '留下 is，或者留下门槛');
  if (typeof is.value === 'boolean') return;
  if (Array.isArray(is.value)) is.list(1).forEach(each => each.key());
  else is.key();
}

function mustBound(place: Cursor): void {
  if (Object.values(boundsAt(place, 2)).every(bound => bound === undefined)) place.fault('要写门槛', '写 atLeast、above、atMost、below 里的一个');
}
