import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import { chineseNumber } from '../../src/kit/chinese-number.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { chaptersOf, citationsIn } from '../../src/standards/clauses.ts';
import { compile } from '../../src/standards/compile.ts';
import { mismatches } from '../../src/standards/examples.ts';
import { factsOf } from '../../src/standards/facts.ts';
import { standardHash, standardText } from '../../src/standards/hash.ts';
import { objectionsTo } from '../../src/standards/lawful.ts';
import { paperOf } from '../../src/standards/paper.ts';
import { readStandard } from '../../src/standards/read.ts';
import type { Indicator, Standard } from '../../src/standards/standard.ts';
import { stateLine } from '../../src/standards/state-line.ts';
import { isStale, readValue, valueOf, valueWords, writtenOf } from '../../src/standards/values.ts';
import { indicator, smallStandard } from '../support/small-standard.ts';

const folder = new URL('../../seeds/standards/', import.meta.url);
const files = readdirSync(folder).filter(name => name.endsWith('.yaml'));
const textOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
function read(name: string): Standard {
  const checked = readStandard(textOf(name));
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults, null, 1));
  return checked.standard;
}
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('every preset is sound, lawful, and its worked examples come out as written', t => {
  t.true(files.length >= 6);
  for (const name of files) {
    const standard = read(name);
    t.deepEqual(mismatches(compile(standard)), [], name);
    t.deepEqual(objectionsTo(standard), [], name);
    t.is(`${standard.key}.yaml`, name);
    t.true(standard.examples.length >= 5, name);
  }
});

test('the household template has the maxima it is published with', t => {
  const standard = read('household-100.yaml');
  t.deepEqual(standard.categories.map(category => [category.title, category.cap]), [['履约', 40], ['能力', 25], ['守法文明', 20], ['公益', 15], ['加分', 5]]);
});

test('articles are counted once through all chapters, whatever cites them', t => {
  const standard = read('household-100.yaml');
  const chapters = chaptersOf(standard);
  t.deepEqual(chapters.slice(0, 3).map(chapter => [chapter.no, chapter.title, chapter.articles.length]), [[1, '总则', 2], [2, '履约', 4], [3, '能力', 5]]);
  const articles = chapters.flatMap(chapter => chapter.articles);
  t.deepEqual(articles.map(article => article.no), articles.map((_, at) => at + 1));
  for (const { key } of standard.indicators) t.is(articles.filter(article => article.id === `indicator:${key}`).length, 1, key);
  for (const { key } of standard.vetoes) t.is(articles.filter(article => article.id === `veto:${key}`).length, 1, key);
  const { cite, anchor } = citationsIn(standard);
  t.is(cite('indicator:villageContracts'), '第五条');
  t.is(cite('indicator:villageContracts', 3), '第五条第（三）项');
  t.is(anchor('indicator:villageContracts', 3), 'c5-3');
  t.is(cite('indicator:nothing'), '');
  t.deepEqual([1, 9, 10, 11, 20, 34, 100, 101, 110, 345].map(chineseNumber), ['一', '九', '十', '十一', '二十', '三十四', '一百', '一百零一', '一百一十', '三百四十五']);
});

test('an example that comes out differently is reported with both values', t => {
  const standard = read('household-100.yaml');
  const [first] = standard.examples;
  if (first === undefined) return t.fail();
  const wrong = { ...standard, examples: [{ ...first, total: 99, grade: 'AA', points: { labourShare: 4 }, most: 98, vetoes: ['falseData'] }] };
  t.deepEqual(mismatches(compile(wrong)).map(each => [each.what, each.written, each.got]), [['labourShare', '4', '5'], ['total', '99', '100'], ['grade', 'AA', 'AAA'], ['vetoes', 'falseData', ''], ['most', '98', '100']]);
});

test('YAML and JSON of one standard, in any key order, have one hash', t => {
  for (const name of files) {
    const standard = read(name);
    const text = standardText(standard);
    const again = readStandard(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as Record<string, unknown>).reverse()), null, 2));
    if ('faults' in again) return t.fail(JSON.stringify(again.faults));
    t.is(standardHash(again.standard, sha256), standardHash(standard, sha256), name);
    t.not(standardHash({ ...standard, version: 2 }, sha256), standardHash(standard, sha256));
  }
});

/** The fault that one change of the household template's text brings: line, path, what is wrong, what would be right. */
function faultAfter(from: string, to: string): { line: number | undefined; path: string; say: string; remedy: string; wanted: number }[] {
  const text = textOf('household-100.yaml');
  if (!text.includes(from)) throw new Error(`the template has no ${from}`);
  const wanted = text.slice(0, text.indexOf(from)).split('\n').length;
  const checked = readStandard(text.replace(from, to));
  return 'faults' in checked ? checked.faults.map(({ line, path, say, remedy }) => ({ line, path, say, remedy, wanted })) : [];
}

const slips: readonly (readonly [string, string, string, RegExp, RegExp])[] = [
  ['cap: 40', 'capp: 40', 'categories[0].capp', /不认识/, /cap/],
  ['source: bank', 'source: bnak', 'indicators[0].source', /bnak/, /bank/],
  ['category: performance', 'category: performence', 'indicators[0].category', /performence/, /performance/],
  ['legalBasis: [pipl-13, credit-13]', 'legalBasis: [pipl-31, credit-13]', 'indicators[0].legalBasis[0]', /pipl-31/, /pipl-13/],
  ['points: 20 }', "points: '20' }", 'indicators[0].options[0].points', /不是数/, /不加引号/],
  ['points: 12 }', 'points: 12.345 }', 'indicators[0].options[1].points', /小数太多/, /2 位/],
  ['below: 3, points: 3', 'below: 2, points: 3', 'indicators[8].scoring.bands', /空档/, /终点/],
  ['atLeast: 1, below: 3', 'atLeast: 1, atMost: 3', 'indicators[8].scoring.bands', /重叠/, /起点/],
  ['atLeast: 1/3, atMost: 2/3', 'above: 1/3, atMost: 2/3', 'indicators[9].scoring.bands[1]', /空档/, /接上/],
  ['numerator: labourCount', 'numerator: labourcount', 'indicators[9].scoring.numerator', /labourcount/, /key/],
  ['below: 90, credit', 'below: 89, credit', 'grades', /89 到 89.99/, /接上/],
  ["day: '2026-11-05'", "day: '2026-11-31'", 'examples[0].day', /不是日期/, /2026-01-31/],
  ['livelihood: steady\n', 'livelihood: stable\n', 'examples[0].facts.livelihood', /stable/, /steady/],
  ['item: rescue', 'item: rescued', 'examples[2].events[0].item', /rescued/, /rescue/],
  ['is: true }\n    words: 目前', 'is: sure }\n    words: 目前', 'vetoes[0].when', /要写 is/, /true/],
  ['noDealings: clear', 'noDealings: hit', 'vetoes[0].missing.noDealings', /hit/, /clear/],
  ['    neutral: 12\n', '', 'indicators[0].neutral', /依据失效/, /neutral/],
  ['pick: best', 'pick: first', 'indicators[13].scoring.pick', /first/, /best/],
  ['each: { amount: 4', 'perMonth: 2, each: { amount: 4', 'indicators[12].scoring.items[0].perMonth', /累计/, /atAll/],
  ['label: 正常', 'label: 不清楚', 'indicators[0].options[0].label', /每题都有/, /dontKnow/],
];
for (const [from, to, path, say, remedy] of slips) {
  test(`a slip in a file is named: ${to.trim() === '' ? `without ${from.trim()}` : to.trim()}`, t => {
    const faults = faultAfter(from, to);
    const found = faults.find(fault => fault.path === path);
    t.truthy(found, JSON.stringify(faults));
    t.regex(found?.say ?? '', say);
    t.regex(found?.remedy ?? '', remedy);
    t.true(Math.abs((found?.line ?? -99) - (found?.wanted ?? 0)) <= 20, `line ${found?.line} for ${found?.wanted}`);
  });
}

test('the line of a fault is the line of the slip itself', t => {
  for (const [from, to] of [['source: bank', 'source: bnak'], ['cap: 40', 'capp: 40'], ['points: 12 }', 'points: 12.345 }'], ['pick: best', 'pick: first']] as const) {
    const [fault] = faultAfter(from, to);
    t.is(fault?.line, fault?.wanted, to);
  }
});

test('all faults come at once, and text that is no YAML names its line', t => {
  const text = textOf('village-share.yaml').replace('subject: village', 'subject: hamlet').replace('rounding: half-up', 'rounding: up').replace('atLeast: 70%', 'atLeast: seventy');
  const checked = readStandard(text);
  t.deepEqual('faults' in checked ? checked.faults.map(fault => fault.path) : [], ['subject', 'rounding', 'indicators[8].scoring.wanted.atLeast', 'indicators[8].scoring.wanted']);
  const broken = readStandard('format: 1\nkey: [a\ntitle: x\n');
  t.true('faults' in broken && broken.faults.every(fault => (fault.line ?? 0) >= 2));
  for (const nonsense of ['', '3', '[]', 'null', '{}', '"x"']) t.true('faults' in readStandard(nonsense), nonsense);
  t.true('faults' in checkStandard(undefined));
});

test('a small file cannot unfold into a huge one', t => {
  const bomb = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]', ...Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array.from({ length: 10 }, () => `*a${n}`).join(',')}]`)].join('\n');
  t.true('faults' in readStandard(bomb));
  t.true('faults' in readStandard('a: &a 3\nb: { <<: *a }\n'));
});

const flagged = (own: Partial<Indicator>): Standard => smallStandard({ indicators: [indicator({ key: 'x', type: 'flag', scoring: { kind: 'flag', yes: 1, no: 0 }, ...own })] });

test('blocked topics are found in titles, hints, options and items, under other words too, with the rule', t => {
  for (const [title, topic] of [['有无残疾', 'disability'], ['家里有人患病', 'health'], ['信 仰', 'religion'], ['少数民族', 'ethnicity'], ['越级上访', 'petition'], ['拨打１２３４５', 'petition'], ['朋友圈发言', 'speech'], ['超生', 'familyPlanning'], ['离婚', 'marriage'],
    ['政治面貌', 'politics'], ['子女犯罪', 'relatives'], ['低保户', 'poverty'], ['超过六十岁', 'age'], ['党费', 'party'], ['邻里纠纷', 'dispute'], ['拖欠水费', 'utilities'], ['录入指纹', 'biometrics'], ['拆迁签字', 'landTaking'], ['领了补贴', 'publicService']] as const) {
    const found = objectionsTo(flagged({ title }));
    t.true(found.some(each => each.topic === topic && each.path === 'indicators[0].title' && each.rule.length > 10), title);
  }
  for (const [title, topic] of [['家里有没有癌症', 'health'], ['殘疾證', 'disability'], ['有无残 \u200b疾', 'disability'], ['xìn fǎng', 'petition'], ['信fang', 'petition'], ['上·访', 'petition'], ['DiBao', 'publicService'], ['吃低保', 'poverty'], ['離婚', 'marriage'], ['信佛', 'religion'], ['家里有人坐过牢', 'relatives'], ['六十五周岁以上', 'age'],
    ['跟邻居的矛盾（没有生效判决）', 'dispute'], ['刷脸', 'biometrics'], ['上黑榜', 'shaming'], ['需要帮助的残疾人', 'disability']] as const) t.true(objectionsTo(flagged({ title })).some(each => each.topic === topic), title);
  for (const title of ['诚信教育', '查清真实情况', '线上访问', '丧失能力', '街道教育', '会计生成', '停机坪', '水电工', '帮助残疾邻居', '调解邻里矛盾', '不设黑榜', '年满18周岁以上', 'district', 'canjia']) t.deepEqual(objectionsTo(flagged({ title })), [], title);
  t.true(objectionsTo(flagged({ hint: '看看是不是低保' })).some(each => each.path === 'indicators[0].hint'));
  t.true(objectionsTo(smallStandard({ indicators: [indicator({ key: 'x', type: 'choice', scoring: { kind: 'choice' }, options: [{ key: 'a', label: '上访过', points: 0 }, { key: 'b', label: '没有', points: 1 }] })] })).some(each => each.path === 'indicators[0].options[0].label'));
  t.deepEqual(objectionsTo(flagged({ title: '债务纠纷有生效判决，没有履行' })), []);
  t.deepEqual(objectionsTo(flagged({ title: '按时还款' })), []);
});

test('what takes points away, or vetoes, needs a basis above policy and an end within five years', t => {
  const of = (own: object, level: 'law' | 'policy' = 'law'): readonly string[] => {
    const standard = smallStandard({ indicators: [indicator({ key: 'e', type: 'events', scoring: { kind: 'events', start: 0, floor: -9, cap: 9, pick: 'all', items: [{ key: 'i', label: '事', points: -1, lifeMonths: 12, legalBasis: ['law'], ...own }] } })] });
    return objectionsTo({ ...standard, legalBases: standard.legalBases.map(entry => ({ ...entry, level })) }).map(each => each.say);
  };
  t.deepEqual(of({}), []);
  t.regex(of({ legalBasis: undefined })[0] ?? '', /没有写依据/);
  t.regex(of({ lifeMonths: 61 })[0] ?? '', /太久/);
  t.regex(of({}, 'policy')[0] ?? '', /政策文件/);
  t.deepEqual(of({ points: 1, legalBasis: undefined }), []);
  t.regex(objectionsTo(flagged({ scoring: { kind: 'flag', yes: -1, no: 0 } }))[0]?.say ?? '', /多久自己消/);
  const vetoed = smallStandard({ indicators: [indicator({ key: 'x', type: 'flag' })], vetoes: [{ key: 'v', title: '否决', words: '否决', when: { indicator: 'x', is: true }, legalBasis: [], lifeMonths: 12, missing: { notAsked: 'ask', dontKnow: 'ask', refused: 'clear', noDealings: 'clear' } }] });
  t.deepEqual(objectionsTo(vetoed).map(each => each.say), ['“否决”要减分或否决，没有写依据', '“否决”所看的事实比它自己还长久']);
});

test('a precondition that bars people is a veto by another name, and wants a basis too', t => {
  const unknown = { notAsked: 'ask', dontKnow: 'ask', refused: 'fails', noDealings: 'fails' } as const;
  const of = (own: Partial<Standard['preconditions'][number]>): Standard => smallStandard({ indicators: [indicator({ key: 'x', type: 'flag' })], preconditions: [{ key: 'p', title: '不在名单上', words: '不在名单上', holds: { indicator: 'x', is: false }, missing: unknown, ...own }] });
  t.regex(objectionsTo(of({}))[0]?.say ?? '', /和否决一样，没有写依据/);
  t.is(objectionsTo(of({ holds: { all: [{ not: { indicator: 'x', is: true } }, { indicator: 'x', is: true }] } })).length, 1);
  t.deepEqual(objectionsTo(of({ legalBasis: ['law'] })), []);
  t.deepEqual(objectionsTo(of({ holds: { indicator: 'x', is: true } })), []);
});

test('a fact that is collected must be used, or optional, and kept for a stated time', t => {
  t.regex(objectionsTo(smallStandard({ indicators: [indicator({ key: 'x', type: 'whole' })] }))[0]?.say ?? '', /采了没有用/);
  t.deepEqual(objectionsTo(smallStandard({ indicators: [indicator({ key: 'x', type: 'whole', optional: true })] })), []);
  t.regex(objectionsTo(smallStandard({ indicators: [indicator({ key: 'x', type: 'whole', optional: true, retentionMonths: undefined })] }))[0]?.say ?? '', /保存多久/);
});

test('cells of forms and files become kept integers, or a fault that says what would be right', t => {
  const money = indicator({ key: 'm', type: 'money', least: 0 });
  const choice = indicator({ key: 'c', type: 'choice', options: [{ key: 'a', label: '种田（粮食）' }, { key: 'b', label: '养殖' }] });
  const whole = indicator({ key: 'w', type: 'whole', least: 1, most: 30 });
  for (const [of, text, wanted] of [
    [money, '1,234.50', { value: 123_450 }], [money, '１２', { value: 1200 }], [money, '0.30', { value: 30 }], [whole, '30', { value: 30 }], [choice, '养殖', { value: 1 }], [choice, '种田(粮食)', { value: 0 }], [choice, 'a', { value: 0 }],
    [indicator({ key: 'f', type: 'flag' }), '否', { value: 0 }], [indicator({ key: 'd', type: 'day' }), '1970-01-02', { value: 1 }], [indicator({ key: 'p', type: 'percent' }), '4.5%', { value: 450 }],
    [whole, '', { missing: 'notAsked' }], [whole, '不清楚', { missing: 'dontKnow' }], [choice, '没有往来', { missing: 'noDealings' }], [whole, 'refused', { missing: 'refused' }],
  ] as const) t.deepEqual(readValue(of, text), wanted, text);
  for (const [of, text] of [[money, '1.234'], [money, '-1'], [money, '一百'], [whole, '31'], [whole, '0'], [whole, '2.5'], [choice, '打猎'], [indicator({ key: 'd', type: 'day' }), '2026-02-30'], [whole, '1e3'], [money, '9999999999999']] as const) {
    t.regex((readValue(of, text) as { fault?: string }).fault ?? '', /^请/, text);
  }
  for (const [of, written] of [[money, 12.5], [choice, 'b'], [whole, 4], [indicator({ key: 'd', type: 'day' }), '2026-01-31'], [indicator({ key: 'f', type: 'flag' }), true]] as const) t.is(writtenOf(of, valueOf(of, written) ?? NaN), written);
  t.is(valueWords(indicator({ key: 'w', type: 'whole', unit: '人' }), 4), '4 人');
  t.is(valueWords(money, 1250), '12.5 元');
  t.true(isStale({ ...whole, validityMonths: 12 }, { seenOn: '2025-06-30', day: '2026-06-30' }));
  t.false(isStale({ ...whole, validityMonths: 12 }, { seenOn: '2025-07-01', day: '2026-06-30' }));
  t.throws(() => factsOf(flagged({}), { y: true }));
  t.throws(() => factsOf(flagged({}), { x: 1 }));
});

test('who rates people says who is named where, by a law, and shows no more than name and grade', t => {
  const one = [indicator({ key: 'x', type: 'flag', scoring: { kind: 'flag', yes: 1, no: 0 } })];
  const whole = smallStandard({ indicators: one });
  const [notice, roll] = whole.publication ?? [];
  if (notice === undefined || roll === undefined) return t.fail();
  const found = (publication: Standard['publication'], more: Partial<Standard> = {}): readonly string[] => objectionsTo({ ...smallStandard({ indicators: one, ...more }), ...publication === undefined ? {} : { publication } }).filter(each => each.path.startsWith('publication')).map(each => `${each.path} ${each.say}`);
  t.deepEqual(found([notice, roll]), []);
  t.deepEqual(found([roll]), ['publication 没有写公示公布谁、公布什么、凭什么']);
  const { publication: _without, ...bare } = whole;
  t.is(objectionsTo(bare).filter(each => each.path === 'publication').length, 2);
  t.is(objectionsTo({ ...bare, subject: 'village' }).filter(each => each.path === 'publication').length, 0, 'places are no persons');
  t.deepEqual(found([notice, { ...roll, shown: '姓名和得分' }]), ['publication[1].shown “姓名和得分”里有不能公开的内容']);
  t.deepEqual(found([notice, roll], { legalBases: [{ id: 'law', law: '某通知', article: '一', level: 'policy', validFrom: '2020-01-01' }] }).length, 2);
  const faults = (publication: unknown): readonly string[] => { const checked = checkStandard({ ...whole, publication }); return 'faults' in checked ? checked.faults.map(each => `${each.path} ${each.say}`) : []; };
  t.deepEqual(faults([{ ...notice, months: 3 }, { board: 'roll', who: '甲', shown: '姓名', legalBasis: ['nothing'] }]), ['publication[0].months 公示按开批次时定的工作日算，不用写几个月', 'publication[1] 光荣榜没写最多挂多久', 'publication[1].legalBasis[0] 没有叫“nothing”的依据']);
  t.deepEqual(faults([roll, roll]), ['publication[1].board “roll”写了两次']);
});

test('the paper holds every article once, with the words of its rules and the place a reader is led to', t => {
  for (const name of files) {
    const standard = read(name);
    const chapters = paperOf(standard, { county: '盱眙县', day: '2026-11-01', filingNo: '盱信〔2026〕1 号', until: '' });
    const articles = chapters.flatMap(chapter => chapter.articles);
    t.is(new Set(articles.map(article => article.anchor)).size, articles.length, name);
    t.deepEqual(articles.filter(article => article.title === '' || article.says.length + article.items.length === 0).map(article => article.no), [], name);
    for (const { key } of [...standard.indicators, ...standard.vetoes, ...standard.preconditions]) t.true(articles.some(article => article.key === key), `${name} ${key}`);
    t.regex(articles.at(-1)?.says.join('') ?? '', /由盱眙县采用，自 2026-11-01 起施行，备案文号 盱信〔2026〕1 号/);
  }
  const items = paperOf(read('household-100.yaml'), undefined).flatMap(chapter => chapter.articles).find(article => article.key === 'villageContracts')?.items;
  t.deepEqual(items?.map(({ no, anchor, text }) => [no, anchor, text]), [['（一）', 'c5-1', '都履行了：8 分；'], ['（二）', 'c5-2', '没有签过：8 分；'], ['（三）', 'c5-3', '晚了，后来补上了：4 分；'], ['（四）', 'c5-4', '到现在还没履行：0 分。']]);
});

test('the state line says how far a standard has come, and what holds it up', t => {
  const line = (more: Partial<Parameters<typeof stateLine>[0]>): readonly string[] => stateLine({ keptOn: '2026-11-01', examples: 3, wrong: 0, isLawful: true, use: 'kept', since: '', until: '', ...more }).map(step => `${step.label} ${step.state}`);
  t.deepEqual(line({}), ['收下：2026-11-01 done', '试过了：3 个例子都对 now', '采用 to-come', '停用 to-come']);
  t.is(line({ wrong: 2 })[1], '试过了：2 个例子对不上 care');
  t.is(line({ isLawful: false })[1], '试过了：有不合规定的地方 care');
  t.deepEqual(line({ use: 'adopted', since: '2026-12-01' }).slice(1), ['试过了：3 个例子都对 done', '采用：2026-12-01 起 now', '停用 to-come']);
  t.deepEqual(line({ use: 'retired', since: '2026-12-01', until: '2027-01-01' }).slice(2), ['采用：2026-12-01 起 done', '停用：2027-01-01 起 now']);
});
