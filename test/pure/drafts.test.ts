import test from 'ava';
import { canonical, type Json } from '../../src/kit/canonical.ts';
import type { Raw } from '../../src/kit/form.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { claimsOf } from '../../src/standards/draft/cells-condition.ts';
import { keyFor } from '../../src/standards/draft/edit/keys.ts';
import { held, put, rows, type Body, type Path } from '../../src/standards/draft/edit/path.ts';
import { dropRow, raiseRow } from '../../src/standards/draft/edit/rows.ts';
import { lists, withEntry } from '../../src/standards/draft/lists.ts';
import { cellsOf, edited, rowAct, shownOf } from '../../src/standards/draft/pane.ts';
import { addressOf, openPane, panes } from '../../src/standards/draft/panes.ts';
import { skeleton } from '../../src/standards/draft/skeleton.ts';
import { tallyOf, tallyWords } from '../../src/standards/draft/tally.ts';
import { presentPane, presentWeight } from '../../src/standards/draft/present.ts';
import { examined, toMend } from '../../src/standards/draft/troubles.ts';
import { inReadingOrder } from '../../src/standards/draft/words.ts';
import { examine } from '../../src/standards/examine.ts';
import { isTooLong } from '../../src/standards/extent.ts';
import { presets, presetSource } from '../../src/standards/presets.ts';
import type { Faults } from '../../src/kit/faults.ts';

const bodyOf = (preset: string): Body => { const found = examine(presetSource(preset)); if ('faults' in found) throw new Error(preset); return JSON.parse(found.body) as Body; };
const base = (): Body => bodyOf('household-100');
const text = (body: Body): string => canonical(body as Json);

/** Every address that a draft has a page for. */
function addressesOf(body: Body): readonly string[] {
  const fill = (steps: readonly string[], path: Path): readonly string[] => {
    const at = steps.indexOf('#');
    if (at < 0) return [steps.join('.')];
    const list = held(body, [...path, ...steps.slice(0, at)].map(step => /^\d+$/.test(String(step)) ? Number(step) : step));
    return Array.isArray(list) ? list.flatMap((_, n) => fill(steps.with(at, String(n)), path)) : [];
  };
  return panes.flatMap(pane => fill(pane.address.split('.'), []));
}

/** Types into a page what it shows, but for some fields. */
function typedInto(body: Body, address: string, own: Raw): Body {
  const open = openPane(body, address);
  if (open === undefined) throw new Error(`no page ${address}`);
  const parts = open.pane.parts(body, open.path);
  return edited(body, parts, { ...shownOf(body, cellsOf(body, parts)), ...own });
}

test('a page sent back as it was shown changes nothing, whatever the standard', t => {
  let pages = 0;
  for (const preset of presets()) {
    const body = bodyOf(preset.name);
    for (const address of addressesOf(body).filter(each => !/^examples\.[3-9]/.test(each))) {
      pages++;
      t.is(text(typedInto(body, address, {})), text(body), `${preset.name} ${address}`);
    }
  }
  t.true(pages > 500, `${pages} pages`);
});

test('every field of every page writes to its place: what is typed is shown again', t => {
  for (const preset of presets()) {
    const body = bodyOf(preset.name);
    for (const address of addressesOf(body).filter((_, at) => at % 7 === 0)) {
      const { pane, path } = openPane(body, address) ?? t.fail(address) as never;
      for (const part of pane.parts(body, path)) {
        if (part.kind !== 'fields') continue;
        for (const cell of part.cells) {
          const [name] = Object.keys(cell.fields);
          const field = name === undefined ? undefined : cell.fields[name];
          if (name === undefined || field === undefined || Object.keys(cell.fields).length > 1 || !['text', 'number'].includes(field.control) || String(path.at(0)) === 'examples') continue;
          const typed = field.control === 'number' ? '7' : field.parse('一二').ok ? '一二' : '7';
          const after = typedInto(body, address, { [name]: typed });
          t.is(String(cell.show(held(after, cell.path))[name]), typed, `${preset.name} ${name}`);
        }
      }
    }
  }
});

test('a standard written from nothing is whole and lawful', t => {
  const { standard, troubles } = examined({ ...skeleton(2026), place: { code: '320830', name: '盱眙县' } });
  t.deepEqual(troubles, []);
  t.is(standard?.title, '新的评定标准');
});

test('a number that is none is refused beside its field, and nothing is written', t => {
  const faults = t.throws<Faults>(() => typedInto(base(), 'categories', { 'categories.0.cap': '四十' }));
  t.deepEqual(faults?.faults.map(each => each.field), ['categories.0.cap']);
  t.is(held(typedInto(base(), 'categories', { 'categories.0.cap': '４０.５' }), ['categories', 0, 'cap']), 40.5);
  t.is(held(typedInto(base(), 'categories', { 'categories.0.cap': '' }), ['categories', 0, 'cap']), undefined);
});

test('a row written into the empty line joins the table with a name of its own; an emptied one goes; rows move', t => {
  const body = base();
  const count = rows(body, ['categories']).length;
  const added = typedInto(body, 'categories', { [`categories.${count}.title`]: '邻里互助', [`categories.${count}.cap`]: '10' });
  t.deepEqual(held(added, ['categories', count]), { key: 'linLiHuZhu', title: '邻里互助', cap: 10 });
  const emptied = typedInto(added, 'categories', { 'categories.1.title': '', 'categories.1.cap': '', 'categories.1.floor': '' });
  t.is(rows(emptied, ['categories']).length, count);
  t.deepEqual(rows(raiseRow(body, ['categories'], 1), ['categories']).map(row => row['key']).slice(0, 2), ['means', 'performance']);
  t.is(raiseRow(body, ['categories'], 0), body);
  t.is(rows(dropRow(body, ['categories'], 0), ['categories']).length, count - 1);
  t.is(dropRow(body, ['categories'], 99), body);
  const { pane, path } = openPane(body, 'categories') ?? t.fail() as never;
  t.is(rows(rowAct(body, pane.parts(body, path), 'drop:categories:0'), ['categories']).length, count - 1);
  t.is(rowAct(body, pane.parts(body, path), 'drop:indicators:0'), body, 'another table is not this page’s');
});

test('bounds are open or closed as they are written', t => {
  const body = put(base(), ['grades'], [{ code: 'A', label: '好', atLeast: 60, credit: true }]);
  const after = typedInto(body, 'grades', { 'grades.0.low': 'above', 'grades.0.from': '60', 'grades.0.high': 'atMost', 'grades.0.to': '100' });
  t.deepEqual(held(after, ['grades', 0]), { code: 'A', label: '好', credit: true, above: 60, atMost: 100 });
});

test('names for programs are made from titles and never twice', t => {
  t.is(keyFor('家里几口人', []), 'jiaLiJiKouRen');
  t.is(keyFor('家里几口人', ['jiaLiJiKouRen']), 'jiaLiJiKouRen2');
  t.is(keyFor('（）', []), 'item');
  t.regex(keyFor('12 月的会', []), /^item12/);
});

test('a condition is claims in a table; what is nested deeper is kept as it is written', t => {
  const body = put(base(), ['vetoes'], [{ key: 'v', title: '否', when: { indicator: 'judgmentDefaulter', is: true } }]);
  t.deepEqual(claimsOf(body, { all: [{ indicator: 'judgmentDefaulter', is: true }, { indicator: 'memberCount', atLeast: 3 }] })?.claims.map(claim => claim.sign), ['is', 'atLeast']);
  t.is(claimsOf(body, { any: [{ all: [{ indicator: 'a', is: true }] }] }), undefined);
  const after = typedInto(body, 'vetoes.0', { 'vetoes.0.when.1.indicator': 'memberCount', 'vetoes.0.when.1.sign': 'below', 'vetoes.0.when.1.value': '2', 'vetoes.0.when.how': 'any' });
  t.deepEqual(held(after, ['vetoes', 0, 'when']), { any: [{ indicator: 'judgmentDefaulter', is: true }, { indicator: 'memberCount', below: 2 }] });
  const option = typedInto(body, 'vetoes.0', { 'vetoes.0.when.0.indicator': 'loanPerformance', 'vetoes.0.when.0.sign': 'isNot', 'vetoes.0.when.0.value': '正常' });
  t.deepEqual(held(option, ['vetoes', 0, 'when']), { not: { indicator: 'loanPerformance', is: 'normal' } });
});

test('what a condition says is the same when it is written by its claims again', t => {
  for (const when of [
    { indicator: 'judgmentDefaulter', is: false }, { indicator: 'loanPerformance', is: ['normal', 'late30'] }, { not: { indicator: 'loanPerformance', is: 'normal' } }, { former: 'AA' }, { category: 'means', atLeast: 10.5 },
    { all: [{ indicator: 'memberCount', above: 2 }, { indicator: 'memberCount', atMost: 9 }, { indicator: 'labourShare', met: true }] }, { any: [{ former: 'A' }, { category: 'means', below: 3 }] },
  ]) {
    const body = put(base(), ['vetoes'], [{ key: 'v', title: '否' }]);
    const { claims, how } = claimsOf(body, when) ?? t.fail(JSON.stringify(when)) as never;
    const typed = Object.fromEntries([['vetoes.0.when.how', how], ...claims.flatMap((claim, at) => Object.entries(claim).map(([part, value]) => [`vetoes.0.when.${at}.${part}`, value]))]) as Raw;
    t.deepEqual(held(typedInto(body, 'vetoes.0', typed), ['vetoes', 0, 'when']), when);
  }
});

test('another way of giving points begins anew, and none at all takes its consequences along', t => {
  const body = base();
  const at = rows(body, ['indicators']).findIndex(row => row['type'] === 'choice');
  const { pane, path } = openPane(body, `indicators.${at}.scoring`) ?? t.fail() as never;
  const turn = pane.turn?.(put(body, [...path, 'type'], 'whole'), path);
  t.deepEqual(turn?.options.map(option => option.key), ['bands', 'steps', 'line', 'tiers']);
  t.is(held(turn?.to('steps'), [...path, 'scoring', 'kind']), 'steps');
  t.deepEqual(['scoring', 'missing', 'neutral'].map(member => held(turn?.to(''), [...path, member])), [undefined, undefined, undefined]);
});

test('whatever is added from a list can be opened, and says what it still lacks on its own pages', t => {
  for (const list of lists) {
    for (const type of list.address === 'indicators' ? ['flag', 'choice', 'whole', 'money', 'percent', 'year', 'day', 'events', 'derived'] : ['']) {
      const body = withEntry(base(), list, { title: '新的一条', type, category: 'means', like: '' });
      const at = rows(body, [list.address]).length - 1;
      t.truthy(openPane(body, `${list.address}.${at}`), `${list.address} ${type}`);
      for (const { address, at: place } of examined(body).troubles.filter(trouble => trouble.at[0] === list.address && trouble.at[1] === at)) t.true(address.startsWith(`${list.address}.${at}`), `${place.join('.')} ${address}`);
    }
  }
});

test('a fault leads to the page where it is mended, in words without a program’s names', t => {
  t.is(addressOf(['indicators', 3, 'scoring', 'bands', 1]), 'indicators.3.scoring');
  t.is(addressOf(['indicators', 3, 'scoring', 'items', 2, 'lifeMonths']), 'indicators.3.scoring.items.2');
  t.is(addressOf(['indicators', 3, 'purpose']), 'indicators.3.purpose');
  t.is(addressOf(['indicators', 3, 'options', 1, 'points']), 'indicators.3.options.1');
  t.is(addressOf(['examples', 0, 'facts', 'x']), 'examples.0');
  t.is(addressOf(['vetoes']), 'vetoes');
  t.is(addressOf(['nonsense']), 'head');
  const lacking = examined(put(base(), ['indicators', 0, 'purpose'], undefined)).troubles;
  t.deepEqual(lacking.map(({ address, say }) => [address, say]), [['indicators.0.purpose', '“为什么要问”还没填']]);
  t.is(checkStandard(base()).hasOwnProperty('standard'), true);
});

test('what an entry lacks is told once, in one sentence with its names, and counted as it is elsewhere', t => {
  const indicators = lists.find(list => list.address === 'indicators') ?? t.fail() as never;
  const body = put(withEntry(base(), indicators, { title: '新的一项', type: 'whole', category: '', like: '' }), ['indicators', 0, 'title'], '家里有没有人信访');
  const found = examined(body);
  const weight = presentWeight(body, found, { id: 'd', address: '' });
  t.deepEqual(weight.lines.map(line => line.say), ['新的一项：“为什么要问”“依据”还没填']);
  t.is(weight.count, toMend(found.troubles).length);
  t.is(weight.count, 2, 'a topic that may be let stand in writing is none of them');
  t.is(weight.topics.length, 1);
  const veto = withEntry(base(), lists.find(list => list.address === 'vetoes') ?? indicators, { title: '新的一条', type: '', category: '', like: '' });
  t.deepEqual(presentWeight(veto, examined(veto), { id: 'd', address: '' }).lines.map(line => line.say), ['新的一条：“依据”“什么情况”还没填']);
});

test('a number that is worked out has the type of its way, is asked of nobody and has no ends', t => {
  const at = rows(base(), ['indicators']).findIndex(row => row['type'] === 'whole');
  const body = put(base(), ['indicators', at, 'least'], 0);
  const { pane, path } = openPane(body, `indicators.${at}.derive`) ?? t.fail() as never;
  const to = (key: string): Body => held(pane.turn?.(body, path).to(key), path) as Body;
  t.like(to('share'), { type: 'percent', source: 'computed', derive: { whenEmpty: 'noDealings' }, least: undefined });
  t.is(to('sum')['type'], 'whole', 'what fits stays');
  t.is(to('since')['type'], 'whole');
});

test('the law speaks of a draft before it is whole', t => {
  const touchy = put(put(base(), ['indicators', 0, 'title'], '家里有没有人信访'), ['indicators', 0, 'purpose'], undefined);
  t.deepEqual(examined(touchy).troubles.map(trouble => trouble.kind), ['fault', 'topic']);
  const tied = put(put(base(), ['indicators', 0, 'hint'], '不还的停发低保'), ['indicators', 0, 'purpose'], undefined);
  t.deepEqual(examined(tied).troubles.map(trouble => trouble.kind), ['fault', 'law'], 'and never says that a basis could allow it');
});

test('the whole text is in the order in which people read, and says the same', t => {
  const read = inReadingOrder(base()) as Body;
  t.is(text(read), text(base()));
  t.deepEqual(Object.keys(read).slice(0, 3), ['format', 'key', 'title']);
  t.deepEqual(Object.keys(rows(read, ['categories'])[0] ?? {}).slice(0, 2), ['key', 'title']);
});

test('the running total says what a block gives, what its cap leaves, and which grade nobody reaches', t => {
  const whole = examined(base());
  const tally = tallyOf(base(), whole.troubles);
  t.is(tally.categories.length, 5);
  t.true(tally.categories.every(category => category.counts <= (category.cap ?? Infinity)));
  t.deepEqual(tallyWords(tally), []);
  const high = put(base(), ['categories', 0, 'cap'], 400);
  t.true(tallyWords(tallyOf(high, examined(high).troubles)).some(words => words.includes('最多 400 分')));
  const unreachable = put(base(), ['grades', 0], { code: 'AAA', label: '优秀', atLeast: 900, credit: true });
  t.true(tallyWords(tallyOf(unreachable, [])).some(words => words.includes('谁也到不了')));
  const open = put(base(), ['indicators', 0, 'scoring'], { kind: 'flag' });
  t.deepEqual(tallyWords(tallyOf(open, examined(open).troubles)).filter(words => !words.includes('还没写全')), [], 'what is not written whole may still give as much');
  t.true(tallyWords(tallyOf(open, examined(open).troubles)).some(words => words.includes('还没写全')));
});

test('a list has four hundred entries at most, and no name is one that every record has', t => {
  const many = (count: number): Body => put(base(), ['checks'], Array.from({ length: count }, (_, n) => ({ key: `c${n}`, left: 'labourCount', atMost: 'memberCount', say: '劳力多于人口' })));
  t.deepEqual(examined(many(400)).troubles, []);
  t.deepEqual(examined(many(401)).troubles.map(({ address, say, remedy }) => [address, say, remedy]), [['checks', '太多，有 401 条', '一处最多 400 条，多的并起来，或者分成两份标准']]);
  t.deepEqual([isTooLong(many(400)), isTooLong(many(401))], [false, true]);
  for (const name of ['constructor', 'toString', '__proto__']) t.regex(examined(put(base(), ['categories', 0, 'key'], name)).troubles[0]?.say ?? '', /不能作名称/);
  t.regex(examined(put(base(), ['grades', 0, 'code'], 'constructor')).troubles[0]?.say ?? '', /不能作代码/);
  const { pane, path } = openPane(base(), 'indicators.0.derive') ?? t.fail() as never;
  t.is(text(pane.turn?.(base(), path).to('constructor') ?? {}), text(base()), 'what is no way changes nothing');
});

test('an example is begun as a copy of another', t => {
  const list = lists.find(each => each.address === 'examples') ?? t.fail() as never;
  const first = rows(base(), ['examples'])[0];
  t.deepEqual(rows(withEntry(base(), list, { title: '照抄的', type: '', category: '', like: '0' }), ['examples']).at(-1), { ...first, title: '照抄的' });
  t.like(rows(withEntry(base(), list, { title: '空的', type: '', category: '', like: '' }), ['examples']).at(-1), { title: '空的', facts: {}, grade: 'none' });
});

test('the tables that an event is multiplied by have a page each, which begins anew for another way', t => {
  const at = rows(base(), ['indicators']).findIndex(row => row['type'] === 'events');
  const here = `indicators.${at}.scoring.items.0`;
  const path = ['indicators', at, 'scoring', 'items', 0, 'factors'];
  const one = typedInto(base(), here, { [`${here}.factors.0.by`]: 'amount' });
  t.deepEqual(held(one, path), [{ by: 'amount' }]);
  t.is(addressOf([...path, 0, 'bands', 1]), `${here}.factors.0`);
  const written = typedInto(one, `${here}.factors.0`, { [`${here}.factors.0.unit`]: '天', [`${here}.factors.0.bands.0.from`]: '0', [`${here}.factors.0.bands.0.times`]: '1.5' });
  t.deepEqual(held(written, path), [{ by: 'amount', unit: '天', bands: [{ atLeast: 0, times: 1.5 }] }]);
  t.deepEqual(examined(written).troubles, []);
  t.deepEqual(held(typedInto(written, here, { [`${here}.factors.0.by`]: 'years' }), path), [{ by: 'years' }]);
});

test('what is counted from below is chosen and comes back as it was; what is nested deeper is text, told by its line', t => {
  const village = bodyOf('village-share');
  const at = rows(village, ['indicators']).findIndex(row => row['aggregate'] !== undefined);
  const here = `indicators.${at}.derive`;
  const place = ['indicators', at, 'aggregate'];
  const about = (aggregate: Body): Body => put(village, place, aggregate);
  for (const where of [{ credit: false }, { grade: 'AA' }, { total: { atLeast: 80 } }, { indicator: 'poor', is: true }, { any: [{ indicator: 'trade', is: ['a', 'b'] }, { indicator: 'age', above: 3 }] }]) {
    const body = about({ count: 'households', among: 'rated', where });
    const name = `indicators.${at}.aggregate.where`;
    t.deepEqual(held(typedInto(typedInto(body, here, { [`${name}.0.what`]: 'credit', [`${name}.0.sign`]: 'is', [`${name}.1.what`]: '' }), here, {}), [...place, 'where']), { credit: true });
    const shown = openPane(body, here)?.pane.parts(body, place.slice(0, 2)) ?? [];
    const grid = shown.find(part => part.kind === 'grid');
    t.deepEqual(grid?.kind === 'grid' ? grid.cell.hold(shownOf(body, [grid.cell]), where) : undefined, where);
  }
  const value = typedInto(about({ sum: 'households' }), here, { [`indicators.${at}.aggregate.value.what`]: 'count', [`indicators.${at}.aggregate.value.name`]: 'conduct', [`indicators.${at}.aggregate.value.months`]: '12' });
  t.deepEqual(held(value, [...place, 'value']), { events: 'conduct', of: 'count', months: 12 });
  const deep = about({ count: 'households', among: 'rated', where: { all: [{ any: [{ credit: true }] }, { nonsense: 1 }] } });
  const open = openPane(deep, here) ?? t.fail() as never;
  const told = presentPane({ body: deep, open, raw: undefined, faults: [], troubles: examined(deep).troubles }).parts.flatMap(part => 'fields' in part ? part.fields ?? [] : []).find(field => field.name.endsWith('where'));
  t.regex(told?.fault ?? '', /^第 4 行：/);
  t.regex(t.throws<Faults>(() => typedInto(deep, here, { [`indicators.${at}.aggregate.where`]: 'all:\n  - credit: true\n - grade: A' }))?.faults[0]?.say ?? '', /第 [23] 行：/);
});

test('an edge that is moved on one side moves on the other; both typed anew stay as they are typed', t => {
  const edges = (body: Body): unknown => rows(body, ['grades']).slice(0, 3).map(({ atLeast, above, atMost, below }) => [atLeast, above, atMost, below].filter(each => each !== undefined));
  t.deepEqual(edges(base()), [[90], [80, 90], [70, 80]]);
  t.deepEqual(edges(typedInto(base(), 'grades', { 'grades.0.from': '88' })), [[88], [80, 88], [70, 80]]);
  t.deepEqual(edges(typedInto(base(), 'grades', { 'grades.2.to': '82' })), [[90], [82, 90], [70, 82]]);
  const open = typedInto(base(), 'grades', { 'grades.0.low': 'above' });
  t.like(rows(open, ['grades']), [{ above: 90 }, { atMost: 90, atLeast: 80 }]);
  t.is(rows(open, ['grades'])[1]?.['below'], undefined);
  t.deepEqual(edges(typedInto(base(), 'grades', { 'grades.0.from': '88', 'grades.1.to': '89' })), [[88], [80, 89], [70, 80]], 'a gap that is typed is told, not closed');
  t.deepEqual(edges(typedInto(base(), 'grades', { 'grades.1.from': '' })), [[90], [90], [70, 80]]);
});
