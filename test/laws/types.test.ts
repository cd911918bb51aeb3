import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { faultsOf, matches, root, sources, withoutWords, type Fault, type Source } from '../support/tree.ts';

// B.16: no `any`, no `!`. The linter finds them; these tests make sure that it is asked and that nobody silences it.

test('nobody silences the compiler or the linter', t => {
  t.deepEqual(faultsOf(sources('src/**/*.ts', 'test/**/*.ts', 'seeds/**/*.ts', 'migrations/*.ts', 'bench/**/*.ts', 'scripts/*.mjs').filter(({ path }) => path !== 'test/laws/types.test.ts'), silencers), []);
});

test('TypeScript is erasable: nothing that needs a compiler', t => {
  t.deepEqual(faultsOf(sources('src/**/*.ts', 'seeds/**/*.ts'), needsCompiler), []);
});

test('the linter refuses any, ! and a promise nobody waits for', t => {
  const folder = mkdtempSync(join(tmpdir(), 'xiangxin-lint-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const lint = (text: string): string => {
    writeFileSync(join(folder, 'case.ts'), text);
    return spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '-c', join(root, '.oxlintrc.json'), join(folder, 'case.ts')], { encoding: 'utf8' }).stdout;
  };
  t.regex(lint('export const a = (b: any): unknown => b;\n'), /no-explicit-any/);
  t.regex(lint('export const a = (b: string[]): string => b[0]!;\n'), /no-non-null-assertion/);
  t.notRegex(lint('export const a = (b: string[]): string | undefined => b[0];\n'), /no-explicit-any|no-non-null/);
  t.regex(sources('.oxlintrc.json')[0]?.text ?? '', /"typescript\/no-floating-promises": "error"/);
});

test('the law bites', t => {
  t.is(silencers({ path: 'x.ts', text: `// @${'ts'}-ignore\nconst a = 1; // ${'oxlint'}-disable-line` }).length, 2);
  t.is(needsCompiler({ path: 'x.ts', text: 'enum A { b }\nnamespace C {}\nclass D { constructor(private readonly e: string) {} }' }).length, 3);
  t.is(needsCompiler({ path: 'x.ts', text: 'const words = "enum A {"; // namespace B {\nclass D { private readonly e = 1; }' }).length, 0);
});

const silencers = (source: Source): readonly Fault[] => matches(source.text, /@ts-(ignore|expect-error|nocheck)|(oxlint|eslint|biome)-(disable|ignore)/g, found => found[0]);
const needsCompiler = (source: Source): readonly Fault[] =>
  matches(withoutWords(source.text), /^\s*(export\s+)?(const\s+)?(enum|namespace|module)\s+\w+\s*\{|constructor\([^)]*\b(private|public|protected|readonly)\s+\w+\s*[:?][^)]*\)/gm, found => found[0].trim());
