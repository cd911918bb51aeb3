import { boundsWords, type Bounds } from '../standards/bounds.ts';
import { isRecord } from '../standards/cursor.ts';
import { stateWords, type Standard, type State } from '../standards/standard.ts';

/** What the numbers of a standard are called, by the words of its file. */
const called: Readonly<Record<string, string>> = {
  points: '得几分', yes: '“是”得几分', no: '“否”得几分', start: '从几分起', base: '从几分起', cap: '最多几分', floor: '最少几分', otherwise: '其他的得几分', met: '达到了得几分', unmet: '没达到得几分', setAside: '样本不足得几分',
  perEvent: '每次最多几分', perMonth: '每月最多几分', perQuarter: '每季度最多几分', perYear: '每年最多几分', atAll: '一共最多几分', cured: '改正以后算几分', lifeMonths: '有效几个月', months: '往回看几个月', amount: '每多少给一次分',
  atLeast: '到多少起', above: '超过多少', atMost: '到多少为止', below: '不到多少', upTo: '到多少为止', value: '到多少', every: '每多少给一次分', standard: '标准数', at: '正好到标准数得几分', step: '每差多少算一档', pointsPerStep: '每一档几分',
  full: '满分的份数', times: '乘多少', open: '还没改正乘多少', weight: '总分乘多少', total: '直接判到几分', neutral: '依据失效时算几分', whenEmpty: '没有数可除时算几分', repair: '改正以后减几分',
};

/** The last part of a knob's name. What a file names itself (an option, a level, a grade) is told by its label. */
export function keyWords(standard: Standard, key: string | number): string {
  if (typeof key === 'number') return '第几次乘多少';
  if (Object.hasOwn(stateWords, key)) return `${stateWords[key as State]}时算几分`;
  return called[key] ?? `“${labelOf(standard, key)}”`;
}

function labelOf(standard: Standard, key: string): string {
  for (const { options, scoring } of standard.indicators) {
    const option = options?.find(each => each.key === key);
    if (option !== undefined) return option.label;
    const level = scoring?.kind === 'events' ? scoring.items.flatMap(item => item.levels ?? []).find(each => each.key === key) : undefined;
    if (level !== undefined) return level.label;
  }
  return key;
}

/** What a part calls itself: the label of an option or item, the bounds of a band; nothing for what has no name of its own. */
export function nameOf(part: unknown, unit: string): readonly string[] {
  if (!isRecord(part)) return [];
  if (typeof part['label'] === 'string') return [`“${part['label']}”`];
  if (typeof part['title'] === 'string') return [part['title']];
  const words = boundsWords(part as Bounds, unit);
  return words === '不论多少' ? [] : [words];
}

const months = new Set(['lifeMonths', 'months']);
const factors = new Set(['times', 'open', 'weight', 'full']);
const measures = new Set(['atLeast', 'above', 'atMost', 'below', 'upTo', 'value', 'amount', 'every', 'standard', 'step']);
/** What a number counts: points unless it is a figure, a time or a multiplier. */
export const kindOf = (key: string | number): 'points' | 'months' | 'factor' | 'measure' =>
  typeof key === 'number' || factors.has(key) ? 'factor' : months.has(key) ? 'months' : measures.has(key) ? 'measure' : 'points';
