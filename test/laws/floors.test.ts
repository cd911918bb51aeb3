import { posix } from 'node:path';
import test from 'ava';
import { faultsOf, importsOf, sourceOf, sources, withoutComments, type Fault, type Source } from '../support/tree.ts';

// A2: floors import only those below them; areas only earlier ones, in the order of src/areas.ts; nobody enters by another area's door.

const floors = ['kit', 'access', 'store', 'web'];
/** The commands belong to the roof, one file each: they join areas as src's own files do, and enter by no door but acts and queries. */
const roof = 'commands';
/** Settings are read by every floor above kit; the rest of src's own files are the roof. */
const settings = 'src/config.ts';
const doors = /(^|-)pages$|^(api|area|sync)$/;

test('floors and areas stand in order', t => {
  const files = sources('src/**/*.ts');
  const areas = areaOrder(sourceOf('src/areas.ts') ?? '');
  t.deepEqual(faultsOf(files, source => upwardImports(source, areas)), []);
});

test('every folder of src is a floor, an area in the list, or the tablet', t => {
  const list = sourceOf('src/areas.ts');
  if (list === undefined) { t.pass(); return; }
  const known = new Set([...floors, 'tablet', roof, ...areaOrder(list)]);
  const folders = new Set(sources('src/*/**/*.ts').map(({ path }) => path.split('/')[1] ?? ''));
  t.deepEqual([...folders].filter(folder => !known.has(folder)), []);
});

test('kit and access know neither node nor the database, so the tablet can carry them', t => {
  const pure = sources('src/access/*.ts', 'src/standards/kinds/*.ts', 'src/standards/{standard,kinds,lawful,topics}.ts', 'src/ratings/{facts-value,evaluate,explain}.ts');
  t.deepEqual(faultsOf(pure, impureImports), []);
});

test('the law bites', t => {
  const areas = areaOrder('import { area as second } from \'./people/area.ts\';\nimport { area as first } from \'./places/area.ts\';\nexport const areas = [first, second];');
  t.deepEqual(areas, ['places', 'people']);
  const bites = (path: string, from: string): number => upwardImports({ path, text: `import { x } from '${from}';` }, areas).length;
  t.is(bites('src/kit/a.ts', '../store/open.ts'), 1);
  t.is(bites('src/store/a.ts', '../web/route.ts'), 1);
  t.is(bites('src/web/a.ts', '../places/place.ts'), 1);
  t.is(bites('src/places/a.ts', '../people/officer.ts'), 1);
  t.is(bites('src/places/a.ts', '../app.ts'), 1);
  t.is(bites('src/people/a.ts', '../places/pages.ts'), 1);
  t.is(bites('src/web/a.ts', '../office.ts'), 1);
  t.is(upwardImports({ path: 'src/web/a.ts', text: 'import type { Office } from \'../office.ts\';' }, areas).length, 0);
  t.is(upwardImports({ path: 'src/store/a.ts', text: 'import type { Office } from \'../office.ts\';' }, areas).length, 1);
  t.is(bites('src/people/a.ts', '../places/move-pages.ts'), 1);
  t.is(bites('src/people/a.ts', '../places/place.ts'), 0);
  t.is(bites('src/people/pages.ts', '../web/reply.ts'), 0);
  t.is(bites('src/app.ts', './places/area.ts'), 0);
  t.is(bites('src/commands/a.ts', '../places/move.ts'), 0);
  t.is(bites('src/commands/a.ts', '../places/pages.ts'), 1);
  t.is(bites('src/places/a.ts', '../commands/a.ts'), 1);
  t.is(impureImports({ path: 'src/access/a.ts', text: 'import { readFileSync } from \'node:fs\';' }).length, 1);
});

/** The areas in the order of the exported list, by folder. Lists may be written by names imported or in the entries themselves. */
function areaOrder(text: string): readonly string[] {
  const code = withoutComments(text);
  const folderOf = new Map([...code.matchAll(/import\s+(?:type\s+)?\{?\s*([\w\s,]+?)\s*\}?\s+from\s+'\.\/([\w-]+)\/[\w-]+\.ts'/g)]
    .flatMap(found => (found[1] ?? '').split(',').map(name => [name.trim().split(/\s+as\s+/).at(-1) ?? '', found[2] ?? ''] as const)));
  const list = /export const areas\b[^=]*=\s*(?:Object\.freeze\()?\[([\s\S]*?)\]/.exec(code)?.[1] ?? '';
  return [...list.matchAll(/[\w$]+/g)].map(found => folderOf.get(found[0]) ?? '').filter(folder => folder !== '');
}

function upwardImports(source: Source, areas: readonly string[]): readonly Fault[] {
  const faults: Fault[] = [];
  for (const { from, line, isType } of importsOf(source.text)) {
    if (!from.startsWith('.')) continue;
    const target = posix.join(posix.dirname(source.path), from);
    const what = upward(source.path, target, areas, isType);
    if (what !== undefined) faults.push({ line, what });
  }
  return faults;
}

function upward(path: string, target: string, areas: readonly string[], isType: boolean): string | undefined {
  if (!target.startsWith('src/')) return isType ? undefined : `reaches outside src: ${target}`;
  if (target === settings) return heightOf(path, areas) > 0 ? undefined : 'kit knows no settings';
  // The shape of the office is spoken of from web up; only its type, or parts would join themselves.
  if (target === 'src/office.ts' && isType && heightOf(path, areas) >= floors.indexOf('web')) return undefined;
  const [here, there] = [folderOf(path), folderOf(target)];
  if (here === there) return undefined;
  if (there === 'tablet') return 'the tablet is bundled, never imported';
  if (heightOf(target, areas) > heightOf(path, areas)) return `${here || 'src'} may not import ${target}`;
  const name = posix.basename(target, '.ts');
  if (areas.includes(there) && here !== '' && doors.test(name)) return `another area's door: ${target}`;
  return undefined;
}

const folderOf = (path: string): string => path.split('/').length > 2 ? path.split('/')[1] ?? '' : '';

function heightOf(path: string, areas: readonly string[]): number {
  const folder = folderOf(path);
  if (folder === '') return path === settings ? 0.5 : 1000;
  if (floors.includes(folder)) return floors.indexOf(folder);
  if (folder === 'tablet') return 900;
  if (folder === roof) return 1000;
  const at = areas.indexOf(folder);
  return at < 0 ? 10 : 10 + at;
}

function impureImports(source: Source): readonly Fault[] {
  return importsOf(source.text)
    .filter(({ from, isType }) => !isType && (from.startsWith('node:') || /\/(store|web)\//.test(from) || ['koa', 'knex', 'yaml'].includes(from)))
    .map(({ from, line }) => ({ line, what: `a pure file imports ${from}` }));
}
