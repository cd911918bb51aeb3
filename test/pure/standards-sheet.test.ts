import test from 'ava';
import fc from 'fast-check';
import type { SheetLine } from '../../src/kit/xlsx/read.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { isRecord } from '../../src/standards/cursor.ts';
import { examine } from '../../src/standards/examine.ts';
import { standardText } from '../../src/standards/hash.ts';
import { presets, presetSource } from '../../src/standards/presets.ts';
import { columnsOf } from '../../src/standards/sheet/columns.ts';
import { readSheetLines } from '../../src/standards/sheet/read.ts';
import type { Shape } from '../../src/standards/sheet/shape.ts';
import { standardWorkbook } from '../../src/standards/sheet/workbook.ts';
import { tableWords } from '../../src/standards/sheet/words.ts';
import { rootShape, sheetLines } from '../../src/standards/sheet/write.ts';
import { examineFile } from '../../src/standards/source.ts';
import type { Standard } from '../../src/standards/standard.ts';
import { randomRating, runs } from '../support/random-standard.ts';

const preset = (name: string): Standard => { const read = examine(presetSource(name)); if ('faults' in read) throw new Error(JSON.stringify(read.faults[0])); return read.standard; };
const plain = (standard: Standard): Standard => JSON.parse(JSON.stringify(standard)) as Standard;
const linesOf = (standard: Standard): SheetLine[] => sheetLines(standard).map((line, at) => ({ row: at + 1, cells: [line.mark, line.name, ...line.cells.map(String)] }));
const textOf = (lines: readonly SheetLine[]): string => { const read = readSheetLines(lines); return 'faults' in read ? JSON.stringify(read.faults.slice(0, 3)) : standardText(read.standard); };

test('every preset comes back from its spreadsheet as it was, hash and all', async t => {
  for (const { name } of presets()) t.is(textOf(linesOf(preset(name))), standardText(preset(name)), name);
  for (const { name, hash } of presets().filter(each => ['household-100', 'wendeng-person', 'village-share'].includes(each.name))) {
    const back = await examineFile({ bytes: await standardWorkbook(preset(name)) });
    t.is('faults' in back ? JSON.stringify(back.faults.slice(0, 3)) : back.hash, hash, name);
  }
});

test('so does any standard the language can write', t => {
  fc.assert(fc.property(randomRating, ({ standard }) => {
    const whole = plain(standard);
    if ('faults' in checkStandard(whole)) return;
    if (textOf(linesOf(whole)) !== standardText(whole)) throw new Error(textOf(linesOf(whole)).slice(0, 300));
  }), { numRuns: Math.max(40, Math.floor(runs / 20)) });
  t.pass();
});

interface Leaf { readonly held: string; readonly name: string; readonly set: (to: string) => void }
function texts(value: unknown, name = '', set: (to: string) => void = () => undefined): readonly Leaf[] {
  if (typeof value === 'string') return [{ held: value, name, set }];
  if (Array.isArray(value)) return value.flatMap((each: unknown, at) => texts(each, name, to => { value[at] = to; }));
  return isRecord(value) ? Object.entries(value).flatMap(([key, each]) => texts(each, key, to => { (value as Record<string, unknown>)[key] = to; })) : [];
}

test('and whatever its texts look like: numbers, days, answers, formulas, blanks, marks of the sheet', async t => {
  const odd = ['007', ' 两头有空 ', '１２３', '是', '（无）', '（空）', '=1+1', '2026/1/5', '"引号"', '[方]', '{', '一行\n两行', '甲〔乙〕', '甲、乙；丙', '_x000D_', '#', '≥ 3', '要补问', '\u00a0空\u200b'];
  const standard = plain(preset('pboc-1999-household'));
  const names = ['title', 'hint', 'purpose', 'label', 'words', 'unit', 'block', 'note', 'article', 'say'];
  texts(standard).filter(leaf => names.includes(leaf.name)).forEach((leaf, at) => { leaf.set(odd[at % odd.length] ?? ''); });
  const checked = checkStandard(standard);
  t.true('standard' in checked, JSON.stringify('faults' in checked ? checked.faults[0] : ''));
  t.is(textOf(linesOf(standard)), standardText(standard));
  const back = await examineFile({ bytes: await standardWorkbook(standard) });
  t.is('faults' in back ? JSON.stringify(back.faults[0]) : back.body, standardText(standard));
});

/** The sheet of a preset with some cells written anew: by what stands in the row, the heading above, and the new content. */
function edited(name: string, ...edits: readonly (readonly [row: string, heading: string, to: string])[]): SheetLine[] {
  const lines = linesOf(preset(name)).map(line => ({ ...line, cells: [...line.cells] }));
  for (const [row, heading, to] of edits) {
    const at = lines.findIndex(({ cells }) => cells[0]?.endsWith(':') === false && cells.slice(1).includes(row));
    const line = lines[at];
    const above = lines.slice(0, at).findLast(({ cells }) => cells[0] === `${line?.cells[0] ?? ''}:`);
    const column = line?.cells[1] === row ? 2 : above?.cells.indexOf(heading) ?? -1;
    if (line === undefined || column < 0) throw new Error(`${row} ${heading}`);
    line.cells[column] = to;
  }
  return lines;
}

test('what spreadsheet programs and people make of cells is taken rightly', t => {
  const original = standardText(preset('household-100'));
  const written = edited('household-100', ['年度', '', '２０２６ '], ['总分最多', '', '100.0'], ['pipl-13', '哪天起', '2021年11月1日'], ['credit-13', '哪天起', '2013/3/15'], ['performance', '最多', '４０'], ['loanPerformance', '类别', '履约'], ['guarantees', '类别', 'performance'], ['villageContracts', '谁填', 'village'], ['skillCertificate', '可以不填', 'TRUE'], ['AA', '从', '80以上'], ['AA', '到', '＜ 90'], ['AAA', '从', '>=90']);
  t.is(textOf(written), original);
  const turned = linesOf(preset('household-100')).map(line => line.cells[0]?.startsWith('legalBases') === true ? { ...line, cells: [line.cells[0], '', '', ...line.cells.slice(2).toReversed()] } : line);
  t.is(textOf(turned), original, 'columns in another order, one of them empty');
  const bare = linesOf(preset('household-100')).map(line => ({ ...line, cells: line.cells.map((cell, at) => at === 0 && !cell.endsWith(':') && /options$|legalBases$|categories$/.test(cell) ? '' : cell) }));
  t.is(textOf(bare), original, 'rows put in without their mark');
  const english = linesOf(preset('household-100')).map(line => line.cells[0] === 'categories:' ? { ...line, cells: [line.cells[0], '', 'key', 'title', 'cap', 'floor'] } : line);
  t.is(textOf(english), original, 'headings by their English names');
});

test('a new row and a new column are all it takes to change a standard', t => {
  const lines = linesOf(preset('household-100'));
  const at = lines.findIndex(({ cells }) => cells.includes('repaid'));
  const read = readSheetLines([...lines.slice(0, at), { row: 900, cells: ['', '', 'waived', '依法减免', '6'] }, ...lines.slice(at)]);
  t.deepEqual('standard' in read ? read.standard.indicators.find(each => each.key === 'taxes')?.options?.map(option => [option.key, option.points]) : read.faults, [['none', 6], ['waived', 6], ['repaid', 3], ['open', 0]]);
  const capped = lines.map(line => line.cells[0] === 'categories:' ? line : line);
  const items = capped.map(({ row, cells }) => ({ row, cells: cells[2] === 'volunteering' ? [...cells, ...Array.from<string>({ length: 20 - cells.length }).fill(''), '8'] : cells[0] === 'indicators.scoring.items:' ? [...cells, ...Array.from<string>({ length: 20 - cells.length }).fill(''), '一共最多'] : cells }));
  const more = readSheetLines(items);
  const rule = 'standard' in more ? more.standard.indicators.find(each => each.key === 'publicSpirit')?.scoring : undefined;
  t.is(rule?.kind === 'events' ? rule.items[0]?.atAll : JSON.stringify(more), 8);
});

const faultsIn = (lines: readonly SheetLine[]): readonly string[] => { const read = readSheetLines(lines); return 'faults' in read ? read.faults.map(({ row, column, say, remedy }) => `${row ?? ''}/${column ?? ''} ${say} → ${remedy}`) : []; };
const rowOf = (text: string): number => linesOf(preset('household-100')).find(({ cells }) => cells.includes(text))?.row ?? 0;

test('every fault names its row and column, what is wrong and what would be right', t => {
  const one = (row: string, heading: string, to: string): string => faultsIn(edited('household-100', [row, heading, to])).join('\n');
  t.is(one('performance', '最多', '四十'), `${rowOf('performance')}/4 “四十”不能写在这里 → 请写一个数`);
  t.is(one('AA', '从', '80'), `${rowOf('AA')}/4 “80”没说含不含这个数 → 含这个数写 ≥ 3，不含写 > 3`);
  t.regex(one('AA', '从', '≤ 80'), /写反了边/);
  t.regex(one('taxes', '谁填', '邻居'), new RegExp(`^${rowOf('taxes')}/\\d “邻居”不能写在这里 → 可以写：网格员入户、`));
  t.regex(one('taxes', '类别', '没有的'), new RegExp(`^${rowOf('taxes')}/4 没有叫“没有的”的类别`));
  t.regex(one('pipl-13', '哪天起', '2021-02-30'), /不是日期/);
  t.regex(one('刚好九十分，算优秀', '哪一天', ''), /少了“day”|少了“哪一天”/);
  const lines = linesOf(preset('household-100'));
  t.regex(faultsIn(lines.map(line => line.cells[0] === 'categories:' ? { ...line, cells: ['categories:', '', '标识', '名称', '封顶', '最少'] } : line)).join('\n'), /没有叫“封顶”的列 → 可以写：标识、名称、最多、最少/);
  t.regex(faultsIn(lines.map(line => line.cells[0] === 'categories' ? { ...line, cells: ['类别', ...line.cells.slice(1)] } : line)).join('\n'), /第一列的“类别”不认识/);
  t.regex(faultsIn(lines.filter(line => line.cells[0] !== 'grades:')).join('\n'), /上面没有“等级”的表头/);
  t.regex(faultsIn([{ row: 1, cells: ['', '户号', '户主'] }]).join('\n'), /^\/ 这张表不像评定标准/);
  t.regex(faultsIn([{ row: 1, cells: ['', '甲'] }, ...lines]).join('\n'), /^1\/ 这一行不知道属于哪张小表/);
  t.regex(faultsIn(lines.map(line => line.cells[2] === 'judgmentDefaulter' && line.cells[0] === 'vetoes' ? { ...line, cells: line.cells.map(cell => /〔judgmentDefaulter〕 是/.test(cell) ? '在名单上的' : cell) } : line)).join('\n'), /不是能读懂的条件/);
});

test('no column is called as another of its table, and each has a Chinese name', t => {
  const walk = (shape: Shape, path: string): void => {
    const { columns, tables } = columnsOf(path, shape);
    const headings = columns.map(column => column.heading);
    t.deepEqual(headings.filter((each, at) => headings.indexOf(each) !== at), [], path);
    t.deepEqual(headings.filter(each => /[a-z]{3}/.test(each)), [], `${path}: add the word to src/standards/sheet/words.ts`);
    for (const table of tables) {
      const inner = [...path === '' ? [] : [path], ...table.path].join('.');
      t.truthy(tableWords[inner], `${inner}: add the word to src/standards/sheet/words.ts`);
      walk(table.shape, inner);
    }
  };
  walk(rootShape, '');
});

test('no heading or key of a sheet reaches into the program', t => {
  const lines = linesOf(preset('household-100'));
  const named = (from: string, to: string): SheetLine[] => lines.map(line => ({ ...line, cells: line.cells.map(cell => cell === from || cell.endsWith(`〔${from}〕`) ? to : cell) }));
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const found = faultsIn(named('memberCount', name));
    t.true(found.length > 0 && found.every(fault => !fault.includes('native code')), name);
    t.true(faultsIn(named('categories:', name)).length > 0);
    t.regex(found.join('\n'), new RegExp(`“${name}”不能作名称`));
  }
  t.is(({} as Record<string, unknown>)['title'], undefined);
});

test('a sheet whose cells are all understood is told even where the standard lacks something, so that a draft can be made of it', t => {
  const lacking = readSheetLines(edited('household-100', ['taxes', '谁填', '']));
  t.true('faults' in lacking && lacking.faults.length === 1 && isRecord(lacking.unfinished) && lacking.unfinished['key'] !== undefined);
  const misread = readSheetLines(edited('household-100', ['performance', '最多', '四十']));
  t.true('faults' in misread && misread.unfinished === undefined, 'what was typed is never left out silently');
});
