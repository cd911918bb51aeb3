import test from 'ava';
import { faultsOf, matches, sources, withoutComments, type Fault, type Source } from '../support/tree.ts';

// D10 and domain 3: honour rolls only. Nobody is listed for something bad, nobody is put in an order of worth.

const shown = (): readonly Source[] => [...sources('views/**/*.hbs', 'public/**/*.{css,js}', 'seeds/standards/*.yaml'), ...sources('src/**/*.ts', 'migrations/*.ts').map(source => ({ ...source, text: withoutComments(source.text) }))];

/** The gate has to know the words that it keeps out of standards. */
const gate = 'src/standards/topics.ts';

test('there is no black list: no page, no table, no word for one', t => {
  t.deepEqual(faultsOf(shown().filter(({ path }) => path !== gate), blackLists), []);
  t.deepEqual(sources('src/**/*.ts', 'views/**/*.hbs').map(({ path }) => path).filter(path => blackLists({ path, text: path }).length > 0), []);
});

test('there is no ranking of people', t => {
  t.deepEqual(faultsOf(shown(), rankings), []);
});

test('the laws bite', t => {
  const of = (text: string): Source => ({ path: 'x', text });
  t.is(blackLists(of('get(\'/blacklist\') 失信榜 黑名单 black_list')).length, 4);
  t.is(blackLists(of('black ink, 光荣榜')).length, 0);
  t.is(rankings(of('本村排名第三，末位淘汰')).length, 2);
});

const blackLists = (source: Source): readonly Fault[] => matches(source.text, /black[-_ ]?list|黑榜|失信榜|黑名单|曝光台|失信受限|反面典型|老赖/gi, found => `a black list: ${found[0]}`);
const rankings = (source: Source): readonly Fault[] => matches(source.text, /排名|名次|排行|倒数第|末位/g, found => `a ranking: ${found[0]}`);
