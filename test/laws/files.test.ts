import { spawnSync } from 'node:child_process';
import test from 'ava';
import { faultsOf, matches, root, sourceOf, sources, type Fault, type Source } from '../support/tree.ts';

// What may not be in the repository at all.

test('the lock file names no registry', t => {
  t.deepEqual(registryHosts({ path: 'package-lock.json', text: sourceOf('package-lock.json') ?? '' }), []);
});

test('every dependency is pinned to one version', t => {
  const { dependencies, devDependencies } = JSON.parse(sourceOf('package.json') ?? '{}') as Readonly<Record<string, Readonly<Record<string, string>>>>;
  t.deepEqual(loose({ ...dependencies, ...devDependencies }), []);
});

test('nothing tracked names the machine it was written on', t => {
  t.deepEqual(faultsOf(tracked().filter(({ path }) => path !== 'test/laws/files.test.ts'), workplaces), []);
});

test('no state, key or screen is tracked', t => {
  t.deepEqual(tracked().map(({ path }) => path).filter(isState), []);
});

test('the laws bite', t => {
  const of = (text: string): Source => ({ path: 'x', text });
  t.is(registryHosts(of('"resolved": "https://registry.example/a.tgz",\n"url": "https://github.com/sponsors/a"')).length, 1);
  t.deepEqual(loose({ a: '^1.0.0', b: '1.0.0', c: 'latest' }), ['a', 'c']);
  t.is(workplaces(of('see file:///home/mei/x\n/root/.cache\nC:\\Users\\mei')).length, 3);
  t.is(workplaces(of('a family does good /works/1; homework/main')).length, 0);
  for (const path of ['data/office.db', 'a/secrets.json', 'test/.artifacts/a.png', 'x.log', '.env']) t.true(isState(path), path);
  for (const path of ['src/store/secrets.ts', 'seeds/places/huaian.csv']) t.false(isState(path), path);
});

const registryHosts = (source: Source): readonly Fault[] => matches(source.text, /"resolved":\s*"(?:https?|git[^"]*):[^"]*"/g, found => found[0]);
const loose = (wanted: Readonly<Record<string, string>>): readonly string[] => Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)).map(([name]) => name);
const workplaces = (source: Source): readonly Fault[] => matches(source.text, /(?<![\w.-])\/(?:home|Users)\/\w+|(?<![\w.-])\/root\/[\w.]+|[A-Z]:\\Users\\\w+/g, found => `a workplace: ${found[0]}`);
const isState = (path: string): boolean => /^data\/|(^|\/)secrets\.json$|\.(db|db-wal|db-shm|sqlite|log|pem|key)$|^test\/\.artifacts\/|(^|\/)\.env$/.test(path);

/** The text files that git tracks; in a copy without git, the files that would be. */
function tracked(): readonly Source[] {
  const listed = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  const paths = listed.status === 0 ? listed.stdout.split('\0').filter(path => path !== '') : sources('{src,test,views,public,seeds,migrations,scripts,bench}/**/*.*', '*.{md,json,js}').map(({ path }) => path);
  return paths.filter(path => /\.(ts|js|mjs|json|md|hbs|css|csv|ya?ml|svg|webmanifest|txt)$|^[^.]+$|^\.[\w/]+$/.test(path)).flatMap(path => {
    const text = sourceOf(path);
    return text === undefined ? [] : [{ path, text }];
  });
}
