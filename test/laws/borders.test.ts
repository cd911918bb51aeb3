import test from 'ava';
import { faultsOf, importsOf, matches, sources, withoutComments, withoutWords, type Fault, type Source } from '../support/tree.ts';

// A2.5 and B.15: what is named in one place only, so that it can be changed in one place.

const inStore = (path: string): boolean => path.startsWith('src/store/');

test('knex is run in the store only; others name its types', t => {
  t.deepEqual(faultsOf(sources('src/**/*.ts').filter(({ path }) => !inStore(path)), source => running(source, ['knex', 'pg', 'sqlite3', 'better-sqlite3'])), []);
});

test('koa is run in web and app only', t => {
  const files = sources('src/**/*.ts').filter(({ path }) => !path.startsWith('src/web/') && path !== 'src/app.ts');
  t.deepEqual(faultsOf(files, source => running(source, ['koa', '@koa/router', 'koa-helmet'])), []);
});

test('the environment is read in config.ts only', t => {
  t.deepEqual(faultsOf(sources('src/**/*.ts').filter(({ path }) => path !== 'src/config.ts'), environment), []);
});

test('now comes from the clock', t => {
  const clocks = ['src/kit/time.ts', 'src/kit/id.ts'];
  t.deepEqual(faultsOf(sources('src/**/*.ts', 'seeds/**/*.ts', 'migrations/*.ts').filter(({ path }) => !clocks.includes(path)), ambientTime), []);
});

test('chance comes from the id source or a seed', t => {
  t.deepEqual(faultsOf(sources('src/**/*.ts', 'seeds/**/*.ts'), ambientChance), []);
});

test('the databases are named in the store, the settings and the command line only', t => {
  const named = ['src/store/open.ts', 'src/store/dialect.ts', 'src/config.ts', 'src/cli.ts'];
  // Migrations and their helpers must go on meaning what they meant, so they may not lean on dialect.ts.
  const files = sources('src/**/*.ts').filter(({ path }) => !named.includes(path) && path !== 'src/store/columns.ts');
  t.deepEqual(faultsOf(files, databaseNames), []);
});

test('migrations import nothing but the column helpers', t => {
  t.deepEqual(faultsOf(sources('migrations/*.ts'), strayImports), []);
});

test('the laws bite', t => {
  const of = (text: string): Source => ({ path: 'src/x/x.ts', text });
  t.is(running(of('import knex from \'knex\';'), ['knex']).length, 1);
  t.is(running(of('import type { Knex } from \'knex\';'), ['knex']).length, 0);
  t.is(environment(of('const a = process.env.HOME; // process.env')).length, 1);
  t.is(ambientTime(of('const a = new Date(); const b = Date.now(); const c = new Date; const d = performance.now();')).length, 3);
  t.is(ambientTime(of('const a = new Date(`${day}T00:00:00Z`);')).length, 0);
  t.is(ambientTime(of('// new Date()\nconst words = "Date.now()";')).length, 0);
  t.is(ambientChance(of('const a = Math.random();')).length, 1);
  t.is(databaseNames(of('if (client === "sqlite3") f(pg); // postgres')).length, 2);
  t.is(databaseNames(of('const page = pages.pgup;')).length, 0);
  t.is(strayImports({ path: 'migrations/1.ts', text: 'import { x } from \'../src/store/open.ts\';\nimport { y } from \'../src/store/columns.ts\';' }).length, 1);
});

function running(source: Source, modules: readonly string[]): readonly Fault[] {
  return importsOf(source.text).filter(({ from, isType }) => !isType && modules.includes(from)).map(({ from, line }) => ({ line, what: `imports ${from}` }));
}

const environment = (source: Source): readonly Fault[] => matches(withoutWords(source.text), /\bprocess\s*\.\s*env\b/g, () => 'reads the environment');
const ambientTime = (source: Source): readonly Fault[] => matches(withoutWords(source.text), /\bnew Date(?:\(\s*\)|(?=\s*[;,)]))|\bDate\.now\b|\bDate\(\)/g, found => `${found[0]}: ask the clock`);
const ambientChance = (source: Source): readonly Fault[] => matches(withoutWords(source.text), /\bMath\.random\b/g, () => 'Math.random');
const databaseNames = (source: Source): readonly Fault[] => matches(withoutComments(source.text), /\b(better-sqlite3|sqlite3?|pg|postgres(ql)?)\b/gi, found => `names ${found[0]}`);

function strayImports(source: Source): readonly Fault[] {
  return importsOf(source.text)
    .filter(({ from, isType }) => from !== '../src/store/columns.ts' && !(isType && from === 'knex'))
    .map(({ from, line }) => ({ line, what: `imports ${from}` }));
}
