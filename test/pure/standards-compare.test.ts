import { readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import { canonical } from '../../src/kit/canonical.ts';
import type { Json } from '../../src/kit/canonical.ts';
import { checkStandard } from '../../src/standards/check.ts';
import { differences } from '../../src/standards/compare.ts';
import { isRecord } from '../../src/standards/cursor.ts';
import { readStandard } from '../../src/standards/read.ts';
import type { Standard } from '../../src/standards/standard.ts';
import { randomRating, runs } from '../support/random-standard.ts';

const folder = new URL('../../seeds/standards/', import.meta.url);
const files = readdirSync(folder).filter(name => name.endsWith('.yaml'));
const read = (source: string): Standard => { const held = readStandard(source); if ('faults' in held) throw new Error(JSON.stringify(held.faults[0])); return held.standard; };
const sourceOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const source = sourceOf('household-100.yaml');

const changed = (...pairs: readonly (readonly [string, string])[]): readonly string[] => {
  const other = pairs.reduce((text, [from, to]) => { if (!text.includes(from)) throw new Error(from); return text.replace(from, to); }, source);
  return differences(read(source), read(other)).filter(each => !each.where.startsWith('例子')).map(each => `${each.where}｜${each.what}：${each.before} → ${each.after}`);
};

test('a change of points is told by the option it is given to', t => {
  t.deepEqual(changed(['{ key: none, label: 没有欠缴, points: 6 }', '{ key: none, label: 没有欠缴, points: 5.5 }']), ['依法缴税、社保 · 没有欠缴｜分：6 分 → 5.5 分']);
});

test('what is new has nothing before it, what is gone nothing after', t => {
  const told = changed(['      - { key: repaid, label: 欠过，已补缴, points: 3 }\n', '      - { key: late, label: 晚缴, points: 2 }\n']);
  t.deepEqual(told, ['依法缴税、社保 · 晚缴｜选项： → 晚缴', '依法缴税、社保 · 晚缴｜分： → 2 分', '依法缴税、社保 · 欠过，已补缴｜选项：欠过，已补缴 → ', '依法缴税、社保 · 欠过，已补缴｜分：3 分 → ']);
});

test('bounds of grades, caps and lives are told in words', t => {
  const told = changed(['atLeast: 90, credit: true', 'atLeast: 88, credit: true'], ['atLeast: 80, below: 90', 'atLeast: 80, below: 88'], ['title: 公益, cap: 15', 'title: 公益, cap: 12']);
  t.deepEqual(told, ['公益｜最多：15 分 → 12 分', '等级 AAA 优秀｜总分：90 分 以上 → 88 分 以上', '等级 AA 良好｜总分：80 分 以上、不到 90 分 → 80 分 以上、不到 88 分']);
});

test('the same standard differs in nothing, in another order only in its writing', t => {
  t.deepEqual(differences(read(source), read(source)), []);
  const standard = read(source);
  const turned = { ...standard, categories: standard.categories.toReversed() };
  t.deepEqual(differences(standard, turned).map(each => each.where), ['写法']);
});

interface Leaf { readonly held: number | string | boolean; readonly path: string; readonly set: (to: unknown) => void }
/** Every plain value inside a standard, with the kind of place it stands in and a way to change it. */
function leaves(value: unknown, path = '', set: (to: unknown) => void = () => undefined): readonly Leaf[] {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return [{ held: value, path: `${path} ${typeof value}`, set }];
  if (Array.isArray(value)) return value.flatMap((each: unknown, at) => leaves(each, `${path}[]`, to => { value[at] = to; }));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, `${path}.${/(facts|points)$/.test(path) ? '*' : key}`, to => { (value as Record<string, unknown>)[key] = to; }));
}

test('no change goes untold: whatever is altered in a preset, something is said of it, and backwards is the mirror', t => {
  let tried = 0;
  for (const file of files) {
    const before = JSON.parse(canonical(read(sourceOf(file)) as unknown as Json)) as Standard;
    const seen = new Set<string>();
    for (const [at, { path, held }] of leaves(before).entries()) {
      if (seen.has(path)) continue;   // One of each kind of place is enough.
      if (held === 0 && path.endsWith('.items[].points number')) continue;   // Beside levels or a ladder it counts for nothing.
      seen.add(path);
      const after = structuredClone(before);
      const leaf = leaves(after)[at];
      leaf?.set(typeof leaf.held === 'number' ? leaf.held + 1 : typeof leaf.held === 'boolean' ? !leaf.held : `${leaf.held}变`);
      if ('faults' in checkStandard(after)) continue;
      tried++;
      const told = differences(before, after);
      t.true(told.length > 0 && told.every(each => each.where !== '写法'), `${file} ${path}`);
      const sides = (list: typeof told, turned: boolean): readonly string[] => list.map(each => turned ? `${each.after}|${each.before}` : `${each.before}|${each.after}`).sort();
      t.deepEqual(sides(told, false), sides(differences(after, before), true), `${file} ${path}`);
    }
  }
  t.true(tried > 200, String(tried));
});

/** Every member of every record, with a way to take it out. */
function members(value: unknown, path = ''): readonly { readonly path: string; readonly drop: () => void }[] {
  if (Array.isArray(value)) return value.flatMap((each: unknown, at) => [{ path: `${path}[]`, drop: () => { value.splice(at, 1); } }, ...members(each, `${path}[]`)]);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => [{ path: `${path}.${key}`, drop: () => { Reflect.deleteProperty(value, key); } }, ...members(each, `${path}.${key}`)]);
}

test('nor in any standard the language can write: a value altered, a member or an entry taken out, something is said of it', t => {
  let tried = 0;
  fc.assert(fc.property(randomRating, fc.nat(), fc.boolean(), ({ standard }, which, isDropped) => {
    const before = JSON.parse(JSON.stringify(standard)) as Standard;
    const after = structuredClone(before);
    const all = isDropped ? members(after) : leaves(after);
    const picked = all[which % all.length];
    if (picked === undefined) return;
    if ('drop' in picked) picked.drop();
    else picked.set(typeof picked.held === 'number' ? picked.held + 1 : typeof picked.held === 'boolean' ? !picked.held : `${picked.held}变`);
    if ('faults' in checkStandard(after) || canonical(after as unknown as Json) === canonical(before as unknown as Json)) return;
    tried++;
    const told = differences(before, after);
    // A no that is no longer written is still a no, limits of nothing are none, and the points beside levels or a ladder count for nothing: only the writing changed.
    const isSame = told.length === 1 && told[0]?.where === '写法' && /(namedOnly|untilCured|shared|optional|evidence|withoutDontKnow|total|items\[\]\.points)( number)?$/.test(picked.path);
    if (told.length === 0 || !isSame && told.some(each => each.where === '写法')) throw new Error(`${picked.path} ${JSON.stringify(told)}`);
  }), { numRuns: Math.max(250, Math.floor(runs / 2)) });
  t.true(tried > 50, String(tried));
});
