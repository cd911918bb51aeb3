import test from 'ava';
import { sourceOf, withoutComments } from '../support/tree.ts';

// C, laws: the README names every setting, command and place where new things plug in.

test('README names every setting that config.ts reads', t => {
  t.deepEqual(settingsIn(sourceOf('src/config.ts') ?? '').filter(name => !isNamed(name, readme())), []);
});

test('README names every command of the command line', t => {
  t.deepEqual(commandsIn(sourceOf('src/cli.ts') ?? '').filter(name => !isNamed(name, readme())), []);
});

test('README names the commands of package.json', t => {
  const { scripts } = JSON.parse(sourceOf('package.json') ?? '{}') as { scripts: Readonly<Record<string, string>> };
  const shown = (name: string): boolean => readme().includes(['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`);
  t.deepEqual(Object.keys(scripts).filter(name => !shown(name)), []);
});

test('README says where new things plug in', t => {
  t.deepEqual(plugs.filter(plug => !readme().includes(plug)), []);
});

test('.ci/run calls the test command of the README', t => {
  const { scripts } = JSON.parse(sourceOf('package.json') ?? '{}') as { scripts: Readonly<Record<string, string>> };
  t.true((sourceOf('.ci/run') ?? '').includes(scripts['test'] ?? 'none'));
});

test('the laws bite', t => {
  t.deepEqual(settingsIn('const a = env[\'PORT\'] ?? env.HOST; oneOf(\'LOG_LEVEL\', []); // env[\'OLD\']'), ['HOST', 'LOG_LEVEL', 'PORT']);
  t.deepEqual(commandsIn('const commands = {\n  migrate: run,\n  \'round open\': open,\n  async verify(args) {},\n};'), ['migrate', 'round open', 'verify']);
  t.deepEqual(commandsIn('switch (name) { case \'demo\': break; case \'backup\': return; }'), ['demo', 'backup']);
  t.false(isNamed('HOST', 'the HOSTS file'));
  t.true(isNamed('HOST', 'set `HOST` to'));
});

const plugs = ['seeds/standards', 'standards/kinds', 'exchange/formats', 'src/areas.ts', 'access/rules.ts'];
const readme = (): string => sourceOf('README.md') ?? '';

function settingsIn(text: string): readonly string[] {
  const code = withoutComments(text);
  return [...new Set([...code.matchAll(/\benv\[\s*'([A-Z][A-Z0-9_]*)'|\benv\.([A-Z][A-Z0-9_]*)|\b\w+\('([A-Z][A-Z0-9_]{2,})'/g)].map(found => found[1] ?? found[2] ?? found[3] ?? ''))].sort();
}

/** The keys of the `commands` table, or the cases of a switch. */
function commandsIn(text: string): readonly string[] {
  const code = withoutComments(text);
  const table = /\bconst commands\b[^=]*=\s*(?:new Map[^[]*\[|\{)([\s\S]*?)\n[}\]]/.exec(code)?.[1];
  if (table !== undefined) return [...table.matchAll(/^ {2}(?:async\s+)?\[?'?([a-z][a-z -]*?)'?(?:\s*[:(,])/gm)].map(found => found[1] ?? '');
  return [...code.matchAll(/\bcase '([a-z][a-z -]*)'/g)].map(found => found[1] ?? '');
}

const isNamed = (name: string, text: string): boolean => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(text);
