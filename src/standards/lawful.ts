import { hundredths, legalLevels, publicPlaces, ratesPeople } from './standard.ts';
import type { Indicator, LegalBasis, Standard } from './standard.ts';
import { conditionKeys } from './conditions.ts';
import type { Condition } from './conditions.ts';
import { itemPoints } from './kinds/event-item.ts';
import { rangeOfRule } from './kinds.ts';
import { noTies, tiesService } from './ties.ts';
import { topicsIn } from './topics.ts';

/** A reason why a standard may not be adopted as it stands. A `topic` may be overridden by a county administrator with a written basis; the rest may not. */
export interface Objection {
  readonly path: string;
  readonly at: readonly (string | number)[];
  readonly topic?: string;
  readonly say: string;
  readonly remedy: string;
  readonly rule: string;
}

/** Adverse information goes five years after it ended. */
export const longestLifeMonths = 60;
const fiveYears = '《征信业管理条例》第十六条：不良信息自终止之日起保存五年，到期删除';
const needsBasis = '国办发〔2020〕49 号：减分、否决必须有法律、法规或者规章等依据';
const cautious = '《个人信息保护法》第五条、第六条：目的明确、最小必要';

/** Everything in a standard that the law does not let stand, each with the rule behind it. */
export function objectionsTo(standard: Standard): readonly Objection[] {
  const register = new Map(standard.legalBases.map(entry => [entry.id, entry]));
  return [...blockedTopics(standard), ...tiesTo(standard), ...standard.indicators.flatMap((indicator, at) => negativesOf(indicator, at, register)), ...vetoesOf(standard, register), ...barsOf(standard, register), ...collectionOf(standard), ...publicationOf(standard, register)];
}

/** In whatever is asked or scored, save what no basis lets stand (`tiesTo`); a worked example asks nobody anything. A draft may be searched before it is a whole standard. */
export function blockedTopics(standard: Said): Objection[] {
  return textsOf(standard).filter(({ at }) => at[0] !== 'examples').flatMap(({ at, text }) => topicsIn(text).filter(topic => topic.key !== 'publicService' || !tiesService(text)).map(topic => ({
    path: pathOf(at), at, topic: topic.key,
    say: `“${text}”涉及${topic.title}：${topic.why}。`, remedy: '换一个说法不够，要换一件事；确有书面依据的，由县级标准管理员写明依据再定。', rule: topic.rule,
  })));
}

/** No words of a standard take a public service away: the language has no field for it, and prose may not say it either. */
export function tiesTo(standard: Said): readonly Objection[] {
  return [...textsOf(standard), ...notesOf(standard)].filter(({ text }) => tiesService(text)).map(({ at, text }) => ({
    path: pathOf(at), at, say: `“${text}”拿评定结果限制公共服务或法定权利`, remedy: '删去这句话。评定结果只能用来激励；这一条凭什么依据都不能例外。', rule: noTies,
  }));
}

interface Text { readonly at: readonly (string | number)[]; readonly text: string }

/** Everything a standard says, wherever it says it: a member that is new tomorrow is searched as well. Citations say what the law says, and a place is only named. */
const textsOf = ({ legalBases: _bases, place: _place, ...said }: Said): readonly Text[] => textsIn(said, []);
/** What somebody wrote beside a citation is prose like any other. */
const notesOf = ({ legalBases }: Said): readonly Text[] => textsIn(legalBases, ['legalBases']).filter(({ at }) => at.at(-1) === 'note');
interface Said { readonly legalBases?: unknown; readonly place?: unknown }

function textsIn(value: unknown, at: readonly (string | number)[]): readonly Text[] {
  if (typeof value === 'string') return [{ at, text: value }];
  if (Array.isArray(value)) return value.flatMap((each, n) => textsIn(each, [...at, n]));
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, each]) => textsIn(each, [...at, name])) : [];
}

/** Items that take points away need a basis of their own and an end. */
function negativesOf(indicator: Indicator, n: number, register: ReadonlyMap<string, LegalBasis>): Objection[] {
  const at = ['indicators', n];
  const found: Objection[] = [];
  const { scoring } = indicator;
  if (scoring?.kind === 'events') {
    scoring.items.forEach((item, i) => {
      if (itemPoints(item).every(points => points >= 0)) return;
      found.push(...negative({ at: ['indicators', n, 'scoring', 'items', i], what: item.label, legalBasis: item.legalBasis, lifeMonths: item.lifeMonths }, register));
    });
    return found;
  }
  indicator.options?.forEach((option, o) => {
    if ((option.points ?? 0) < 0) found.push(...negative({ at: ['indicators', n, 'options', o], what: option.label, legalBasis: option.legalBasis, lifeMonths: option.lifeMonths }, register));
  });
  if ((indicator.neutral ?? 0) < 0) found.push({ path: pathOf([...at, 'neutral']), at: [...at, 'neutral'], say: `“${indicator.title}”没有依据了还要减分`, remedy: 'neutral 写 0 或者更多', rule: needsBasis });
  const isNegative = scoring !== undefined && scoring.kind !== 'choice' && rangeOfRule(scoring, indicator).least < 0
    || Object.values(indicator.missing ?? {}).some(given => given !== 'ask' && hundredths(given) < 0);
  if (isNegative) found.push(...negative({ at, what: indicator.title, legalBasis: indicator.legalBasis, lifeMonths: indicator.validityMonths }, register));
  return found;
}

interface Negative { readonly at: readonly (string | number)[]; readonly what: string; readonly legalBasis?: readonly string[]; readonly lifeMonths?: number }

function negative({ at, what, legalBasis, lifeMonths }: Negative, register: ReadonlyMap<string, LegalBasis>): Objection[] {
  const found: Objection[] = [];
  const object = (say: string, remedy: string, rule: string): void => { found.push({ path: pathOf(at), at, say, remedy, rule }); };
  const cited = (legalBasis ?? []).flatMap(id => { const entry = register.get(id); return entry === undefined ? [] : [entry]; });
  if (cited.length === 0) object(`“${what}”要减分或否决，没有写依据`, '在 legalBasis 里写上依据的法律、法规或规章', needsBasis);
  else if (cited.every(entry => entry.level === 'policy')) object(`“${what}”只有${legalLevels.policy}作依据`, '减分、否决要有法律、法规、规章、司法解释或备案的村规民约', needsBasis);
  if (lifeMonths === undefined) object(`“${what}”没有写多久自己消`, `写上几个月以后不再算，最多 ${longestLifeMonths} 个月`, fiveYears);
  else if (lifeMonths > longestLifeMonths) object(`“${what}”要算 ${lifeMonths} 个月，太久`, `最多 ${longestLifeMonths} 个月`, fiveYears);
  return found;
}

function vetoesOf(standard: Standard, register: ReadonlyMap<string, LegalBasis>): Objection[] {
  const validity = new Map(standard.indicators.map(indicator => [indicator.key, indicator.validityMonths]));
  return standard.vetoes.flatMap((veto, n) => {
    const at = ['vetoes', n];
    // A veto ends because its fact goes stale: a fact that never does would carry it for ever.
    const endless = conditionKeys(veto.when).filter(key => (validity.get(key) ?? Infinity) > veto.lifeMonths);
    return [...negative({ at, what: veto.title, legalBasis: veto.legalBasis, lifeMonths: veto.lifeMonths }, register),
      ...(endless.length === 0 ? [] : [{ path: pathOf(at), at, say: `“${veto.title}”所看的事实比它自己还长久`, remedy: `给 ${endless.join('、')} 写上 validityMonths，不超过 ${veto.lifeMonths}`, rule: fiveYears }])];
  });
}

/** A precondition that something must not be the case bars whoever it is the case with: a veto by another name. Of villages and townships nobody is barred by it. */
function barsOf(standard: Standard, register: ReadonlyMap<string, LegalBasis>): Objection[] {
  if (!ratesPeople(standard)) return [];
  return standard.preconditions.flatMap(({ holds, title, legalBasis }, n) => {
    const levels = (legalBasis ?? []).map(id => register.get(id)?.level);
    if (!isBar(holds) || levels.some(level => level !== undefined && level !== 'policy')) return [];
    const at = ['preconditions', n];
    return [{ path: pathOf(at), at, say: `“${title}”是不许有某种情形，和否决一样，没有写依据`, remedy: '在 legalBasis 里写上依据的法律、法规或规章，或者改写成 vetoes', rule: needsBasis }];
  });
}
const isBar = (condition: Condition): boolean => 'not' in condition || ('is' in condition && condition.is === false)
  || ('all' in condition && condition.all.some(isBar)) || ('any' in condition && condition.any.every(isBar));

/** Every asked fact says what it is for and by what right; what is sensitive also says how long it is kept. */
function collectionOf(standard: Standard): Objection[] {
  return standard.indicators.flatMap((indicator, n) => {
    const at = ['indicators', n];
    const found: Objection[] = [];
    if (indicator.legalBasis.length === 0) found.push({ path: pathOf(at), at, say: `“${indicator.title}”没有写采集依据`, remedy: '在 legalBasis 里写上本人同意或者法定职责的条文', rule: '《个人信息保护法》第十三条' });
    if (indicator.type !== 'derived' && indicator.derive === undefined && indicator.retentionMonths === undefined) found.push({ path: pathOf(at), at, say: `“${indicator.title}”没有写保存多久`, remedy: '写上 retentionMonths', rule: '《个人信息保护法》第十九条：保存期限为实现目的所必要的最短时间' });
    if (indicator.scoring === undefined && indicator.optional !== true && !isUsed(standard, indicator.key)) found.push({ path: pathOf(at), at, say: `“${indicator.title}”采了没有用`, remedy: '删去它，或者写 optional: true 让人可以不填', rule: cautious });
    return found;
  });
}

const separately = '《个人信息保护法》第二十五条：公开个人信息要取得本人单独同意';
const neverShown = /身份证|证件号|电话|手机|账号|住址|地址|分数|得分|总分|明细|资产|收入|存款|贷款/;

/** Who rates people says beforehand who is named where; each of these rests on a law, and shows no more than name and grade. */
function publicationOf(standard: Standard, register: ReadonlyMap<string, LegalBasis>): Objection[] {
  const rules = standard.publication ?? [];
  const found: Objection[] = [];
  const object = (at: readonly (string | number)[], say: string, remedy: string): void => { found.push({ path: pathOf(at), at, say, remedy, rule: separately }); };
  if (ratesPeople(standard)) {
    for (const [board, word] of Object.entries(publicPlaces)) if (!rules.some(rule => rule.board === board)) object(['publication'], `没有写${word}公布谁、公布什么、凭什么`, `在 publication 里写上 board: ${board}，who、shown、legalBasis`);
  }
  rules.forEach((rule, n) => {
    const at = ['publication', n];
    const levels = rule.legalBasis.map(id => register.get(id)?.level);
    if (!levels.some(level => level === 'law' || level === 'regulation' || level === 'rule')) object([...at, 'legalBasis'], `${publicPlaces[rule.board]}公布姓名没有法律、法规或者规章作依据`, '依据里写上《个人信息保护法》第二十五条等条文');
    if (neverShown.test(rule.shown)) object([...at, 'shown'], `“${rule.shown}”里有不能公开的内容`, '只公布姓名和等级；号码、分数、财产都不能上墙');
  });
  return found;
}

function isUsed(standard: Standard, key: string): boolean {
  const quoted = `"${key}"`;
  const rules = standard.indicators.map(indicator => [indicator.scoring, indicator.derive, indicator.aggregate]);
  return JSON.stringify([rules, standard.types, standard.vetoes, standard.preconditions, standard.grades]).includes(quoted);
}

const pathOf = (at: readonly (string | number)[]): string => at.map((step, n) => typeof step === 'number' ? `[${step}]` : n === 0 ? step : `.${step}`).join('');
