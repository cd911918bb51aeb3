import { checkIndicators } from './check-indicators.ts';
import { checkPublication } from './check-publication.ts';
import { checkGrades, checkPreconditions, checkTypes, checkVetoes } from './check-verdicts.ts';
import { checkExamples } from './check-examples.ts';
import type { ConditionsAround } from './conditions.ts';
import { Cursor, isRecord } from './cursor.ts';
import type { Fault } from './cursor.ts';
import { isValueType, legalLevels, subjectKinds } from './standard.ts';
import type { Standard } from './standard.ts';

export type { Fault } from './cursor.ts';
export type Checked = { readonly standard: Standard } | { readonly faults: readonly Fault[] };

/** Whether a value is a whole and consistent standard; if not, every fault at once. What the law says about its topics is `lawful.ts`. */
export function checkStandard(value: unknown): Checked {
  const faults: Fault[] = [];
  const top = new Cursor(value, [], faults);
  if (!isRecord(value)) {
    top.fault('这不是一份评定标准', '文件开头要有 format、key、title 等');
    return { faults };
  }
  top.record(['format', 'key', 'title', 'place', 'year', 'version', 'subject', 'base', 'rounding', 'ungraded', 'legalBases', 'categories', 'indicators', 'vetoes', 'preconditions', 'grades', 'examples'],
    ['total', 'adjustment', 'localBases', 'checks', 'types', 'publication']);
  checkHead(top);
  const around = aroundOf(value);
  unique(top.get('legalBases'), 'id');
  top.get('legalBases').list().forEach(checkLegalBasis);
  unique(top.get('localBases'), 'key');
  top.get('localBases').list().forEach(checkLocalBase);
  unique(top.get('categories'), 'key');
  top.get('categories').list().forEach(category => {
    category.record(['key', 'title'], ['cap', 'floor', 'pick']);
    category.get('key').key();
    category.get('title').text(40);
    if (!category.get('pick').isAbsent) category.get('pick').oneOf(['best', 'heaviest']);
    checkLimits(category);
  });
  unique(top.get('indicators'), 'key');
  checkIndicators(top, around);
  checkFactChecks(top.get('checks'), around);
  unique(top.get('vetoes'), 'key');
  checkVetoes(top, around);
  unique(top.get('preconditions'), 'key');
  checkPreconditions(top, around);
  unique(top.get('grades'), 'code');
  checkGrades(top, around);
  unique(top.get('types'), 'key');
  checkTypes(top, around);
  unique(top.get('publication'), 'board');
  checkPublication(top.get('publication'), around);
  if (faults.length > 0) return { faults };
  const standard = value as unknown as Standard;   // Every member has just been checked.
  checkExamples(top, standard);
  return faults.length > 0 ? { faults } : { standard };
}

function checkHead(top: Cursor): void {
  if (top.get('format').value !== 1) top.get('format').fault('不认识的格式版本', '写 format: 1');
  top.get('key').key();
  top.get('title').text(80);
  const place = top.get('place');
  if (place.record(['code', 'name']) !== undefined) {
    const code = place.get('code').text();
    if (code !== undefined && !/^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$/.test(code)) place.get('code').fault(`“${code}”不是区划代码`, "写 '320830' 这样的代码");
    place.get('name').text(40);
  }
  top.get('year').number({ least: 1990, most: 2200 });
  top.get('version').number({ least: 1, most: 10_000 });
  top.get('subject').oneOf(subjectKinds);
  top.get('base').points();
  top.get('rounding').oneOf(['half-up', 'down']);
  if (top.get('ungraded').record(['label']) !== undefined) top.get('ungraded').get('label').text(20);
  if (!top.get('total').isAbsent && top.get('total').record([], ['cap', 'floor']) !== undefined) checkLimits(top.get('total'));
  const adjustment = top.get('adjustment');
  if (!adjustment.isAbsent && adjustment.record(['grades', 'note']) !== undefined) {
    adjustment.get('grades').number({ least: 0, most: 20 });
    adjustment.get('note').text();
  }
}

function checkLimits(place: Cursor): void {
  const [cap, floor] = [place.get('cap').points(), place.get('floor').points()];
  if (cap !== undefined && floor !== undefined && floor > cap) place.get('floor').fault('保底比封顶还高', `保底不能超过 ${cap}`);
}

function checkLegalBasis(entry: Cursor): void {
  entry.record(['id', 'law', 'article', 'level', 'validFrom'], ['validTo', 'note']);
  entry.get('id').key();
  for (const key of ['law', 'article', 'note']) entry.get(key).text(120);
  entry.get('level').oneOf(Object.keys(legalLevels));
  const [from, to] = [entry.get('validFrom').day(), entry.get('validTo').day()];
  if (from !== undefined && to !== undefined && to < from) entry.get('validTo').fault('失效日在生效日之前', '改正其中一个日期');
}

function checkLocalBase(base: Cursor): void {
  base.record(['key', 'title', 'unit', 'type', 'value']);
  base.get('key').key();
  base.get('title').text(40);
  base.get('unit').text(10);
  base.get('type').oneOf(['whole', 'money', 'percent']);
  base.get('value').number({ least: 0.01, most: 1e9, places: base.get('type').value === 'whole' ? 0 : 2 });
}

function checkFactChecks(checks: Cursor, around: ConditionsAround): void {
  for (const check of checks.list()) {
    check.record(['key', 'left', 'atMost', 'say']);
    check.get('key').key();
    check.get('say').text();
    const types = (['left', 'atMost'] as const).map(side => {
      const key = check.get(side).text();
      const type = key === undefined ? undefined : around.typeOf(key);
      if (key !== undefined && type !== 'whole' && type !== 'money' && type !== 'year') check.get(side).fault(`“${key}”不是数字指标`, '写一个整数、金额或年份指标的 key');
      return type;
    });
    if (types[0] !== undefined && types[1] !== undefined && types[0] !== types[1]) check.fault('两边的单位不同', '两边用同一种指标');
  }
}

function unique(list: Cursor, key: string): void {
  const seen = new Set<unknown>();
  if (!Array.isArray(list.value)) return;
  for (const each of list.list()) {
    const name = each.get(key);
    if (name.isAbsent) continue;
    if (seen.has(name.value)) name.fault(`“${String(name.value)}”写了两次`, '换一个没有用过的名称');
    seen.add(name.value);
  }
}

/** What can be read of the file before it is known to be right. */
export function aroundOf(value: Readonly<Record<string, unknown>>): ConditionsAround {
  const records = (key: string): readonly Readonly<Record<string, unknown>>[] => { const held = value[key]; return Array.isArray(held) ? held.filter(isRecord) : []; };
  const indicators = new Map(records('indicators').map(indicator => [indicator['key'], indicator]));
  return {
    indicator: {}, type: undefined,
    typeOf: key => { const type = indicators.get(key)?.['type']; return isValueType(type) ? type : undefined; },
    categories: records('categories').map(category => String(category['key'])),
    indicatorKeys: records('indicators').map(indicator => String(indicator['key'])),
    localBases: records('localBases').map(base => String(base['key'])),
    baseTypeOf: key => { const type = records('localBases').find(base => base['key'] === key)?.['type']; return isValueType(type) ? type : undefined; },
    isCounted: (indicator, item) => records('indicators').some(({ derive }) => isRecord(derive) && derive['events'] === indicator && indicator !== undefined && (!Array.isArray(derive['items']) || derive['items'].includes(item))),
    legalBases: records('legalBases').map(entry => String(entry['id'])),
    gradeCodes: records('grades').map(grade => String(grade['code'])),
    optionsOf: key => { const options = indicators.get(key)?.['options']; return Array.isArray(options) ? options.filter(isRecord).map(option => String(option['key'])) : []; },
    itemsOf: key => { const scoring = indicators.get(key)?.['scoring']; const items = isRecord(scoring) ? scoring['items'] : undefined; return Array.isArray(items) ? items.filter(isRecord).map(item => String(item['key'])) : []; },
    isShare: key => { const scoring = indicators.get(key)?.['scoring']; return isRecord(scoring) && scoring['kind'] === 'share'; },
  };
}
