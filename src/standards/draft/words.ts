import { isObject } from './edit/path.ts';

/** The members of a file as people call them: an administrator never has to learn a program's names. */
const members: Readonly<Record<string, string>> = {
  title: '名称', key: '英文名称', code: '代号', label: '叫什么', place: '用在哪里', year: '年度', version: '版次', subject: '评什么', base: '起始分', total: '总分', rounding: '除不尽时', ungraded: '没有等级时', adjustment: '人工调整',
  legalBases: '依据的法律', localBases: '县基数', categories: '类别', indicators: '项目', checks: '核对', types: '另算的几类', vetoes: '一票否决', preconditions: '先要达到的条件', grades: '等级', examples: '例子',
  category: '类别', type: '填什么', unit: '单位', least: '最小', most: '最大', block: '表上哪一块', source: '谁来填', hint: '怎么问', purpose: '为什么要问', legalBasis: '依据', sensitivity: '敏感不敏感',
  validityMonths: '几个月内有效', retentionMonths: '保存几个月', options: '选项', derive: '怎么得来', judged: '怎么合成', scoring: '给分的办法', missing: '没有答案的时候', neutral: '依据失效以后给几分',
  points: '几分', lifeMonths: '有效几个月', bands: '分段', items: '记哪些事', floor: '最少几分', cap: '最多几分', start: '从几分起', pick: '几件事一起怎么算', when: '什么情况', holds: '怎样算达到', words: '写给人看的话',
  credit: '算不算信用户', requires: '还要满足', coefficient: '授信系数', bounds: '分数线', facts: '每一项的回答', grade: '等级', day: '按哪天算', indicator: '看哪一项', numerator: '上面的数', denominator: '下面的数',
  wanted: '要到多少', whenEmpty: '下面的数是 0 时', guard: '数太少时', full: '满分', id: '编号', law: '法律、法规或文件', article: '哪一条', level: '级别', validFrom: '从哪天起', validTo: '到哪天止', note: '说明', value: '数', kind: '给分的办法',
  notAsked: '没问到', dontKnow: '不清楚', refused: '不愿说', noDealings: '没有往来', yes: '答“是”得几分', no: '答“不是”得几分', left: '这一项', atMost: '终点（含）', atLeast: '起点（含）', above: '起点（不含）', below: '终点（不含）', say: '怎么提醒',
  measure: '按什么分段', factors: '系数表', by: '看哪一项', times: '乘多少', step: '每多少算一步', standard: '以多少为准', at: '正好这么多得几分', pointsPerStep: '每一步几分', ranges: '一段一段累计', upTo: '到多少为止', every: '每多少', otherwise: '其他的',
  each: '按数量', amount: '数量', rungs: '累计到多少', tiers: '一段一段累计', ladder: '累计到多少', levels: '级别', groups: '互相顶替的', group: '顶替的组', repeats: '一犯再犯', cured: '改正以后', window: '只算哪一段', untilCured: '没改正的接着算', namedOnly: '写明姓名',
  on: '哪一天', item: '什么事', former: '上一次的等级', sum: '加起来的', difference: '相减的', highest: '取最大的', lowest: '取最小的', weighted: '各乘一个数相加的', share: '相比的', average: '平均的', since: '从哪一项起', between: '从到', in: '按什么算', of: '数什么', months: '往回几个月', events: '记事', repair: '改正了怎么办',
  perEvent: '每次最多', perMonth: '每月最多', perQuarter: '每季度最多', perYear: '每年最多', atAll: '一共最多', optional: '可以不填', evidence: '要拍凭据', withoutDontKnow: '没有“不清楚”', withinPower: '自己能不能改变', met: '达到了', unmet: '没达到', setAside: '放一边', then: '太少时', count: '看哪个数',
  computed: '系统算出', choice: '选一项', derived: '算出来的', median: '取中间的', ask: '补问', local: '留给村里定的', aggregate: '从下一级汇总', among: '看哪些', where: '只看符合什么的', unknown: '有不知道的', knots: '折线的点', trim: '头尾各去几个', open: '没改正时乘', weight: '总分乘多少', publication: '公布', board: '在哪里公布', who: '列谁', shown: '写什么', rewards: '加分最多几项', deductions: '减分最多几项', largest: '一次最多几分',
};

const wordOf = (member: string): string | undefined => Object.hasOwn(members, member) ? members[member] : undefined;

/** A sentence of the checks without a program's names: those of the file, and those of this draft, are said in words. */
export const plain = (sentence: string, own: ReadonlyMap<string, string> = new Map()): string => sentence.replace(/[A-Za-z][A-Za-z0-9_-]*/g, word => own.get(word) ?? wordOf(word) ?? word).replace(/“([^”]*)”没有写|少了“([^”]*)”/g, (_, one: string | undefined, other: string | undefined) => `“${one ?? other ?? ''}”还没填`);

/** What a member is called; nothing for what is only a number or a name of its own. */
export const memberWord = (member: string | number | undefined): string => typeof member === 'string' ? wordOf(member) ?? '' : '';

/** Sentences one after another, each with one full stop. */
export const sentences = (...said: readonly string[]): string => said.map(each => each.replace(/[。．.]+$/, '')).filter(each => each !== '').map(each => `${each}。`).join('');

const order = new Map([...new Set(['format', 'id', 'key', 'code', ...Object.keys(members)])].map((member, at) => [member, at]));

/** The same value with its members in the order in which people read a standard; names of its own keep theirs. */
export function inReadingOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inReadingOrder);
  if (!isObject(value)) return value;
  const rank = (member: string): number => order.get(member) ?? order.size;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => rank(a) - rank(b)).map(([member, held]) => [member, inReadingOrder(held)]));
}
