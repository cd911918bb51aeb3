import { posix } from 'node:path';
import test from 'ava';
import { importsOf, lineAt, sourceOf, sources, withoutComments, type Source } from '../support/tree.ts';

// A4: what a signed-out visitor can reach selects publishable columns only. Read from the queries behind the public pages.

/** Columns that say something about a person and may never be shown on a public page. */
const personal = /\b(id_number|id_no|id_card|numbers_sealed|id_match|phone\w*|mobile|birth\w*|address|sealed|salt|score|points|total|sex|signature|head_name|full_name|reason_private|note)\b/g;
/** Tables behind a sign-in: a public query has no business there. */
const behind = /'(households|members|household_events|observations|sheets|current_values|events|ratings|current_ratings|sign_offs|objections|adjustments|certificates|lookups|reveals|officers|sessions|consents)(?:\s+as\s+\w+)?'/g;

test('no personal column is reachable from the public queries of the rolls', t => {
  const faults = [...reachable(sources('src/rolls/queries.ts'))].flatMap(path => leaks({ path, text: sourceOf(path) ?? '' }));
  t.deepEqual(faults, []);
});

test('the laws bite', t => {
  const of = (text: string): Source => ({ path: 'x.ts', text });
  t.is(leaks(of('read(\'roll_entries\').select(\'shown_name\', \'phone\')')).length, 1);
  t.is(leaks(of('read(\'households as h\').select(\'no\')')).length, 1);
  t.is(leaks(of('read(\'roll_entries\').select(\'shown_name\', \'grade\') // phone')).length, 0);
});

/** The files and the queries of other areas that they import; pure files hold no columns. */
function reachable(start: readonly Source[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const walk = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { from, isType } of importsOf(sourceOf(path) ?? '')) {
      const target = posix.join(posix.dirname(path), from);
      if (!isType && from.startsWith('.') && /^src\/(?!kit|access|store|web)[\w-]+\//.test(target)) walk(target);
    }
  };
  for (const { path } of start) walk(path);
  return seen;
}

function leaks(source: Source): readonly string[] {
  const code = withoutComments(source.text);
  const words = [...code.matchAll(/'[^'\n]*'|`[^`]*`|"[^"\n]*"/g)].filter(found => !/^['"]\.{1,2}\//.test(found[0]));
  return words.flatMap(found => [...found[0].matchAll(personal), ...found[0].matchAll(behind)].map(hit => `${source.path}:${lineAt(code, found.index)} ${hit[0]}`));
}
