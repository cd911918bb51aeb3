import { amongs, levels } from '../aggregate.ts';
import { kinds } from '../kinds.ts';
import { legalLevels, missingStates, powers, publicPlaces, sensitivities, sources, stateWords, valueTypes } from '../standard.ts';
import { subjectWords } from '../words.ts';

/** Names of tables by their path in the standard; a table without one goes by its path. */
export const tableWords: Readonly<Record<string, string>> = {
  legalBases: '法律依据', localBases: '县基数', categories: '类别', indicators: '指标', 'indicators.options': '选项', 'indicators.derive.weighted': '加权相加', 'indicators.scoring.bands': '分段', 'indicators.scoring.knots': '折线', 'indicators.scoring.ranges': '分段累计',
  'indicators.scoring.grades': '上次等级给分', 'indicators.scoring.factors': '系数表', 'indicators.scoring.factors.options': '选项的系数', 'indicators.scoring.factors.bands': '分段的系数',
  'indicators.scoring.groups': '分组', 'indicators.scoring.items': '事项', 'indicators.scoring.items.levels': '级别', 'indicators.scoring.items.ladder.rungs': '阶梯', 'indicators.scoring.items.tiers.ranges': '分段累计',
  'indicators.scoring.items.factors': '系数表', 'indicators.scoring.items.factors.levels': '级别的系数', 'indicators.scoring.items.factors.bands': '分段的系数',
  publication: '公布', checks: '核对', vetoes: '一票否决', preconditions: '先决条件', grades: '等级', 'grades.requires': '还要达到', types: '另算的类', 'types.bounds': '这一类的分数线',
  examples: '例子', 'examples.facts': '情况', 'examples.events': '记的事', 'examples.points': '应得的分',
};
export const tableOrder = ['legalBases', 'localBases', 'categories', 'indicators', 'checks', 'vetoes', 'preconditions', 'grades', 'types', 'publication', 'examples'];

/** Records that are laid out as cards of several lines, by what stands in each; the rest follows in the last line. */
export const cards: Readonly<Record<string, readonly (readonly string[])[]>> = {
  indicators: [['key', 'title', 'category', 'type', 'unit', 'least', 'most', 'block', 'source', 'hint', 'optional', 'evidence', 'withoutDontKnow', 'withinPower'], ['purpose', 'legalBasis', 'sensitivity', 'validityMonths', 'retentionMonths'], ['derive'], ['aggregate'], ['judged'], ['scoring', 'missing', 'neutral']],
  vetoes: [['key', 'title', 'when', 'words'], ['legalBasis', 'lifeMonths', 'grade', 'total', 'missing'], ['repair']],
};

/** Headings by member; a member without one goes by its own name, which is understood everywhere. */
const headings: Readonly<Record<string, string>> = {
  format: '格式', key: '标识', id: '编号', title: '名称', label: '名称', code: '代码', name: '名称', year: '年度', version: '版次', subject: '评什么', base: '起始分', rounding: '除不尽时',
  '.place.code': '区划代码', '.place.name': '适用地方', 'ungraded.label': '没有等级时写', 'total.cap': '总分最多', 'total.floor': '总分最少', 'adjustment.grades': '人工调整几级', 'adjustment.note': '人工调整说明',
  place: '适用', ungraded: '没有等级', total: '总分', adjustment: '人工调整', law: '法律', article: '条文', level: '层级', validFrom: '哪天起', validTo: '哪天止', note: '说明',
  cap: '最多', floor: '最少', type: '填什么', unit: '单位', least: '最小', most: '最大', block: '表上的标题', source: '谁填', hint: '提示', optional: '可以不填', evidence: '要有凭据', withoutDontKnow: '不给“不清楚”', withinPower: '自己能改吗',
  category: '类别', purpose: '为什么要', legalBasis: '依据', sensitivity: '敏感', validityMonths: '几个月内有效', retentionMonths: '保存几个月', neutral: '依据失效给', missing: '不知道时', ...stateWords,
  kind: '给分办法', yes: '是', no: '不是', measure: '按什么分段', standard: '标准值', at: '标准值得分', step: '一步是多少', pointsPerStep: '每步加分', start: '起始分', numerator: '分子', denominator: '分母',
  'denominator.base': '分母的县基数', 'denominator.times': '县基数乘', full: '满分', whenEmpty: '没有数可除时', wanted: '门槛', guard: '样本太少', count: '数哪一项', below: '少于', then: '就', met: '达到', unmet: '没达到', setAside: '放一边', points: '分',
  otherwise: '其他等级', pick: '怎么算', per: '多久算一次', local: '村里自定', rewards: '加分项数', deductions: '减分项数', largest: '每次最多', lifeMonths: '算几个月',
  every: '每多少', upTo: '到多少为止', by: '按什么', times: '乘', open: '没改正时乘', each: '每多少', amount: '数量', sum: '累计', ladder: '阶梯', tiers: '累计', indicator: '哪一项', namedOnly: '只算点名的', proof: '凭什么', withApproval: '镇里同意最多', repeats: '再有时依次乘', cured: '改正后给', group: '分组',
  perEvent: '每次最多', perMonth: '每月最多', perQuarter: '每季最多', perYear: '每年最多', atAll: '一共最多', window: '只算哪一段', untilCured: '没改正接着算',
  board: '在哪里', who: '列谁', shown: '写什么', months: '最多几个月', left: '左边', atMost: '不超过', say: '怎么说', value: '数值', when: '什么情况', words: '怎么说', grade: '等级', repair: '改正', holds: '条件', weight: '总分乘', requires: '还要达到', credit: '算不算信用户', coefficient: '授信系数',
  day: '哪一天', former: '上次等级', without: '没有哪条依据', vetoes: '否决', unmetOf: '没达到', item: '事项', on: '日期', curedOn: '改正日期', shared: '集体的', facts: '情况', events: '记的事',
  'derive.sum': '相加', 'derive.difference': '相减', 'derive.highest': '取最大', 'derive.lowest': '取最小', 'derive.share': '占比', 'derive.average': '平均', 'derive.since': '从哪时算起', 'derive.between': '从哪天到哪天', 'derive.in': '算成几', 'derive.events': '数哪样记事', 'derive.items': '只数哪些事', 'derive.of': '数什么', 'derive.months': '几个月内', 'derive.base': '取县基数', derive: '推算', 'derive.whenEmpty': '推算没有数可除时', 'scoring.base': '基本分', 'ladder.unit': '阶梯单位', 'tiers.unit': '累计单位', atLeast: '满多少',
  aggregate: '汇总', 'aggregate.count': '数有几个', 'aggregate.sum': '哪一级合计', 'aggregate.among': '看哪些', 'aggregate.where': '只看符合的', 'aggregate.value': '加什么', 'aggregate.value.indicator': '加哪一项', 'aggregate.value.events': '加哪样记事', 'aggregate.value.items': '加哪些事',
  'aggregate.value.of': '加次数还是数量', 'aggregate.value.months': '加几个月内的', 'aggregate.times': '每个乘', 'aggregate.unknown': '有不知道的', 'aggregate.former': '取上一批次的哪项',
  'indicators.derive.weighted.of': '哪一项', judged: '评议', 'judged.by': '怎么合成', 'judged.least': '至少几人', 'judged.trim': '去掉几个', 'examples.type': '按哪一类', 'examples.total': '应得总分', 'examples.most': '最多能到', 'examples.unmet': '没达到的条件', 'examples.grade': '应评等级', 'examples.vetoes': '应否决', 'vetoes.total': '直接判几分', 'vetoes.grade': '直接判等级', 'localBases.type': '哪种数', scoring: '给分',
};
/** Parts whose members need no word of the part before them. */
const silent = new Set(['missing', 'scoring', 'derive', 'judged', 'ladder', 'tiers', 'aggregate']);

export const heading = (table: string, path: readonly string[]): string => {
  const [last = '', whole] = [path.at(-1), path.join('.')];
  const own = headings[`${table}.${whole}`] ?? headings[whole];
  if (own !== undefined) return own;
  const before = path.slice(0, -1).filter(part => !silent.has(part)).map(part => headings[part] ?? part);
  return [...before, headings[last] ?? last].join('·');
};
export const boundHeadings = { from: '从', to: '到' } as const;

const spans = { days: '天', months: '月', years: '年' } as const;
const answers = { ask: '要补问', holds: '算达到', fails: '算没达到', clear: '不否决' } as const;
/** What a choice is called, by the member it stands in. */
const choiceWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  board: publicPlaces,
  subject: subjectWords, rounding: { 'half-up': '四舍五入', down: '舍去' }, level: legalLevels, type: valueTypes, source: sources, sensitivity: sensitivities, withinPower: powers,
  kind: Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, kind.title])), measure: { value: '数本身', years: '过了几年', months: '过了几个月' },
  pick: { all: '都算', best: '只算最高', heaviest: '只算最重', together: '合起来封顶' }, per: { day: '一天', month: '一个月', quarter: '一季度', year: '一年', all: '不论多久' }, window: { year: '当年', round: '本批次' },
  by: { level: '级别', amount: '数量', years: '过了几年', months: '过了几个月', yearsSinceCured: '改正后过了几年', median: '取中间', trimmedMean: '去头去尾平均' },
  of: { count: '次数', amount: '数量' }, in: spans, then: { setAside: '先放一边', unmet: '算没达到' }, whenEmpty: { setAside: '先放一边', unmet: '算没达到', ...stateWords },
  count: levels, sum: levels, among: amongs, value: { total: '总分', openObjections: '没答复的异议' }, unknown: { leaveOut: '不算它', ask: '要补问' },
  ...Object.fromEntries(missingStates.map(state => [state, answers])), facts: stateWords,
};
export const choiceWord = (member: string, value: string): string => choiceWords[member]?.[value] ?? value;

const known: ReadonlyMap<string, string> = new Map([...Object.entries(headings), ...Object.entries(tableWords)]);

/** What a check says of a member by the name it has in a text file, said by the heading it has in the sheet. */
export const inSheetWords = (text: string): string => text.replace(/[a-zA-Z][a-zA-Z.]+/g, (name, at: number) => /[\w〔“-]/.test(text[at - 1] ?? '') || /[\w〕”-]/.test(text[at + name.length] ?? '') ? name : known.get(name) ?? name);
