import test from 'ava';
import { readStandard, readText } from '../../src/standards/read.ts';

/** As somebody would type it who knows Excel. */
const right = `format: 1
key: small
title: 小标准
place: { code: '320830', name: 盱眙县 }
year: 2026
version: 1
subject: household
base: 0
rounding: half-up
ungraded: { label: 暂未达标 }
legalBases:
  - { id: pipl, law: 某法, article: 第一条, level: law, validFrom: '2021-11-01' }
categories:
  - { key: means, title: 能力, cap: 20, floor: 0 }
indicators:
  - key: labour
    title: 劳力
    category: means
    type: whole
    source: grid
    purpose: 试
    legalBasis: [pipl]
    sensitivity: ordinary
    retentionMonths: 12
    scoring:
      kind: bands
      bands:
        - { below: 2, points: 0 }
        - { atLeast: 2, below: 4, points: 5 }
        - { atLeast: 4, points: 10 }
    missing: { notAsked: ask, dontKnow: 0, refused: 0, noDealings: 0 }
    neutral: 0
vetoes: []
preconditions:
  - { key: some, title: 有劳力, holds: { indicator: labour, atLeast: 1 }, words: 要有劳力, missing: &none { notAsked: ask, dontKnow: fails, refused: fails, noDealings: fails } }
grades:
  - { code: A, label: 好, atLeast: 10, credit: true }
  - { code: B, label: 一般, atLeast: 5, below: 10, credit: false }
examples:
  - { title: 例, day: '2026-06-30', facts: { labour: 4 }, total: 10, grade: A }
`;

/** What is written instead of what, the line that is named, and what is said. */
const slips: readonly (readonly [name: string, wrong: (text: string) => string, line: number, say: string])[] = [
  ['a tab', text => text.replace('    title: 劳力', '\ttitle: 劳力'), 17, '行首用了制表符（Tab），缩进用空格，一层两个'],
  ['too deep', text => text.replace('    category: means', '      category: means'), 17, '这一行多缩进了'],
  ['an open brace', text => text.replace('cap: 20, floor: 0 }', 'cap: 20, floor: 0'), 15, '前面有括号没有写完'],
  ['a comma in full width', text => text.replace('key: means, title', 'key: means， title'), 14, '也看看“，”是不是该用半角的'],
  ['a colon in full width', text => text.replace('title: 能力', 'title：能力'), 14, '名称后面的冒号要用半角的'],
  ['a name twice', text => text.replace('version: 1', 'version: 1\nversion: 2'), 7, '“version”在同一处写了两次，留下一个'],
  ['a second standard', text => `${text}---\n${text}`, 41, '这里开始了另一份（---）'],
  ['a reference to nothing', text => text.replace('missing: { notAsked: ask, dontKnow: 0, refused: 0, noDealings: 0 }', 'missing: { <<: *nobody }'), 31, '没有叫“nobody”的引用'],
  ['a slip in a name', text => text.replace('    title: 劳力', '    titel: 劳力'), 17, '不认识“titel”，可以写的有：'],
  ['a slip in a name, and what is meant', text => text.replace('    title: 劳力', '    titel: 劳力'), 17, '。是不是想写 title？'],
  ['a slip in a choice', text => text.replace('source: grid', 'source: gird'), 20, '“gird”不在可选的里面，可以写：grid、self、village、council、reviewers、bank、bureau、computed。是不是想写 grid？'],
  ['a slip in a kind', text => text.replace('kind: bands', 'kind: band'), 26, '。是不是想写 bands？'],
  ['another category', text => text.replace('category: means', 'category: mean'), 18, '没有叫“mean”的类别，可以写：means。是不是想写 means？'],
  ['another basis', text => text.replace('legalBasis: [pipl]', 'legalBasis: [ppil]'), 22, '没有叫“ppil”的依据，先写好它，或者改成：pipl。是不是想写 pipl？'],
  ['another indicator in a condition', text => text.replace('indicator: labour', 'indicator: labor'), 35, '没有叫“labor”的指标，写成本标准里一个指标的 key。是不是想写 labour？'],
  ['another indicator in an example', text => text.replace('facts: { labour: 4 }', 'facts: { labor: 4 }'), 40, '没有叫“labor”的指标，写成本标准里一个指标的 key。是不是想写 labour？'],
  ['overlapping bands', text => text.replace('below: 4, points: 5', 'below: 5, points: 5'), 27, '第 2 段和第 3 段重叠'],
  ['a hole between bands', text => text.replace('below: 4, points: 5', 'below: 3, points: 5'), 27, '有空档：3 没有分'],
  ['a cap below the floor', text => text.replace('cap: 20, floor: 0', 'cap: -1, floor: 0'), 14, '保底比封顶还高，保底不能超过 -1'],
  ['a hole between grades', text => text.replace('below: 10, credit', 'below: 9, credit'), 36, '等级有空档：9 到 9.99 分'],
  ['no day', text => text.replace("'2021-11-01'", "'2026-02-30'"), 12, '“2026-02-30”不是日期'],
  ['three decimals', text => text.replace('points: 10 }', 'points: 10.125 }'), 30, '10.125 的小数太多，最多 2 位小数'],
  ['a number in full width', text => text.replace('points: 10 }', 'points: １０ }'), 30, '“１０”不是数，请写成 10，半角，不加引号'],
  ['a way of not knowing left out', text => text.replace('dontKnow: 0, ', ''), 31, '少了“dontKnow”，请在这里补上 dontKnow'],
  ['two numbers made from each other', text => text.replace('  - key: labour\n', '  - { key: a, title: 甲, type: whole, source: computed, purpose: 试, legalBasis: [pipl], sensitivity: ordinary, derive: { sum: [b, labour] } }\n  - { key: b, title: 乙, type: whole, source: computed, purpose: 试, legalBasis: [pipl], sensitivity: ordinary, derive: { sum: [a, a] } }\n  - key: labour\n'), 16, '前面没有叫“b”的指标，把它移到这一项前面；几项互相推算的，改掉一项'],
];

test('the small standard is right', t => { t.true('standard' in readStandard(right)); });

for (const [name, wrong, line, say] of slips) {
  test(`a broken file says where, what and what instead: ${name}`, t => {
    const text = wrong(right);
    t.not(text, right);
    const read = readStandard(text);
    const said = 'faults' in read ? read.faults.map(fault => ({ line: fault.line, words: `${fault.say}，${fault.remedy}` })) : [];
    t.true(said.some(fault => fault.line === line && fault.words.includes(say)), JSON.stringify(said));
  });
}

test('one broken line is told once, however much breaks after it', t => {
  const read = readStandard(right.replace('    title: 劳力', '\ttitle: 劳力'));
  t.is('faults' in read ? read.faults.length : 0, 1);
});

test('what nobody can have meant brings no guess', t => {
  const read = readStandard(right.replace('rounding: half-up', 'rounding: half-up\ncolour: red'));
  t.deepEqual('faults' in read ? read.faults.map(fault => fault.remedy.includes('是不是')) : [], [false]);
});

for (const [what, written, say] of [
  ['a number without end', 'base: .inf', '不是一个写得出来的数'], ['what is no number', 'base: .nan', '不是一个写得出来的数'],
  ['what contains itself', 'total: &a\n  cap: *a', '一层套一层，没有尽头'], ['a date of old YAML', '%YAML 1.1\n---\ntitle: 2024-01-01', '这种写法（!! 或者 %YAML）这里不用'],
  ['bytes', 'title: !!binary aGVsbG8=', '这种写法（!! 或者 %YAML）这里不用'], ['a character nobody can write', 'title: "信\\0用"', '有写不出来的字符'], ['half a character', 'title: "\\ud800"', '有写不出来的字符'],
] as const) {
  test(`what no JSON file could say is a fault at its place: ${what}`, t => {
    const read = readText(written);
    t.deepEqual('faults' in read ? read.faults.map(each => [each.line, each.say]) : read.held, [[written.startsWith('%') ? 3 : 1, say]]);
  });
}
