import type { Cursor } from './cursor.ts';
import { isRecord } from './cursor.ts';
import { itemsOf } from './facts.ts';
import { missingStates } from './standard.ts';
import type { Indicator, Standard } from './standard.ts';
import { valueOf, wantedWords } from './values.ts';

/** Examples speak only of what the standard has. Whether they come out right is `examples.ts`. */
export function checkExamples(top: Cursor, standard: Standard): void {
  const indicators = new Map(standard.indicators.map(indicator => [indicator.key, indicator]));
  const vetoes = standard.vetoes.map(veto => veto.key);
  const preconditions = standard.preconditions.map(each => each.key);
  for (const example of top.get('examples').list(1)) {
    example.record(['title', 'day', 'facts', 'grade'], ['events', 'former', 'type', 'without', 'points', 'total', 'vetoes', 'unmet', 'most']);
    example.get('title').text();
    example.get('day').day();
    for (const key of ['grade', 'former']) example.get(key).oneOf([...standard.grades.map(grade => grade.code), 'none']);
    example.get('type').oneOf([...(standard.types ?? []).map(type => type.key), 'none']);
    for (const key of ['total', 'most']) example.get(key).points();
    for (const each of example.get('vetoes').list()) each.oneOf(vetoes);
    for (const each of example.get('unmet').list()) each.oneOf(preconditions);
    for (const each of example.get('without').list()) each.oneOf(standard.legalBases.map(entry => entry.id));
    checkFacts(example.get('facts'), indicators);
    for (const event of example.get('events').list()) checkEvent(event, indicators);
    const points = example.get('points');
    if (points.isAbsent) continue;
    if (!isRecord(points.value)) { points.record(['指标']); continue; }
    for (const key of Object.keys(points.value)) {
      if (indicators.get(key)?.scoring === undefined) points.get(key).unknown('打分指标', key, [...indicators.keys()], '写一个打分指标的 key');
      points.get(key).points();
    }
  }
}

function checkFacts(facts: Cursor, indicators: ReadonlyMap<string, Indicator>): void {
  if (!isRecord(facts.value)) { if (!facts.isAbsent) facts.fault('这里要写成一组“指标: 值”', '没有就写 {}'); return; }
  for (const [key, fact] of Object.entries(facts.value)) {
    const place = facts.get(key);
    const indicator = indicators.get(key);
    if (indicator === undefined) { place.unknown('指标', key, [...indicators.keys()], '写成本标准里一个指标的 key'); continue; }
    if (isRecord(fact)) { if (place.record(['missing']) !== undefined) place.get('missing').oneOf(missingStates); continue; }
    if (indicator.derive !== undefined) { place.fault(`“${key}”是推算出来的`, '写它所根据的事实'); continue; }
    const fits = typeof fact === 'number' || typeof fact === 'string' || typeof fact === 'boolean' ? valueOf(indicator, fact) : undefined;
    if (fits === undefined) {
      const options = indicator.type === 'choice' ? `请写选项的 key：${(indicator.options ?? []).map(option => option.key).join('、')}` : indicator.type === 'flag' ? '请写 true 或 false' : wantedWords(indicator);
      place.fault(`“${String(fact)}”不是“${indicator.title}”的值`, options);
    }
  }
}

function checkEvent(event: Cursor, indicators: ReadonlyMap<string, Indicator>): void {
  event.record(['indicator', 'item', 'on'], ['amount', 'level', 'curedOn', 'shared']);
  for (const key of ['on', 'curedOn']) event.get(key).day();
  event.get('shared').flag();
  event.get('amount').number({ least: 0, most: 1e7, places: 2 });
  const key = event.get('indicator').text();
  const indicator = key === undefined ? undefined : indicators.get(key);
  if (key !== undefined && indicator?.type !== 'events') { event.get('indicator').fault(`“${key}”不是记事指标`, '写一个 type: events 的指标'); return; }
  event.get('item').oneOf(itemsOf(indicator).map(item => item.key));
  const levels = itemsOf(indicator).find(item => item.key === event.get('item').value)?.levels?.map(level => level.key);
  if (levels === undefined) { if (!event.get('level').isAbsent) event.get('level').fault('这个事项不分级别', '删去这一行'); return; }
  if (event.get('level').isAbsent) event.get('level').fault('这个事项要写级别', `可以写：${levels.join('、')}`);
  event.get('level').oneOf(levels);
}
