import { join } from 'node:path';
import test from 'ava';
import { faultsOf, lineAt, matches, root, sources, withoutComments, type Fault, type Source } from '../support/tree.ts';
import { loadViews } from '../../src/web/render.ts';

// A6 and B.31: every view compiles; a region has a root id and a page that includes it; nothing runs or is dressed inside a page.

const views = (): readonly Source[] => sources('views/**/*.hbs');

test('every view compiles', t => {
  const loaded = loadViews(join(root, 'views'), { url: name => name });
  t.is(loaded.names.length, views().length);
  t.notThrows(() => loaded.compileAll());
});

test('every region has a root element with an id, and a page that includes it', t => {
  const all = views();
  t.deepEqual(all.filter(({ path }) => isRegion(path)).flatMap(view => [...rootFaults(view), ...includers(view, all)]), []);
});

test('every view that code names exists', t => {
  const names = new Set(views().map(({ path }) => nameOf(path)));
  t.deepEqual(faultsOf(sources('src/**/*.ts'), source => unknownViews(source, names)), []);
});

test('every partial that a view names exists', t => {
  const names = new Set(views().map(({ path }) => nameOf(path)));
  t.deepEqual(faultsOf(views(), view => unknownPartials(view, names)), []);
});

test('no script, no style and no handler inside a view', t => {
  t.deepEqual(faultsOf(views(), inlines), []);
});

test('nothing is fetched from a third party', t => {
  t.deepEqual(faultsOf(sources('views/**/*.hbs', 'public/**/*.{css,js,svg,webmanifest}'), foreignHosts), []);
});

test('what is typed into a search is posted, and stands in no address', t => {
  t.deepEqual(faultsOf(views(), typedIntoAddress), []);
});

test('the laws bite', t => {
  const of = (text: string, path = 'views/x/_y.hbs'): Source => ({ path, text });
  t.is(rootFaults(of('<div class="a"><p id="b"></p></div>')).length, 1);
  t.is(rootFaults(of('{{!-- <b> --}}\n<div class="a" id="y">')).length, 0);
  t.is(includers(of('<div id="y">'), [of('{{> x/_z}}', 'views/x/show.hbs')]).length, 1);
  t.is(includers(of('<div id="y">'), [of('{{>x/_y model}}', 'views/x/show.hbs')]).length, 0);
  t.is(unknownViews(of('return page(\'x/none\', model);', 'src/x/pages.ts'), new Set(['x/show'])).length, 1);
  t.is(unknownPartials(of('{{> x/none}}{{#> x/show}}{{/x/show}}'), new Set(['x/show'])).length, 1);
  t.is(inlines(of('<p style="a">')).length, 1);
  t.is(inlines(of('<script>a()</script><style>b{}</style><a href="javascript:c()" onclick="d()">')).length, 4);
  t.is(inlines(of('<script src="{{asset "js/a.js"}}" defer></script><p data-once="1">')).length, 0);
  t.is(typedIntoAddress(of('<form method="get" action="/a"><input type="search" name="q"></form>')).length, 1);
  t.is(typedIntoAddress(of('<form action="/a"><input name="q"><textarea name="r"></textarea></form>')).length, 2);
  t.is(typedIntoAddress(of('<form method="get">{{#each form.fields}}{{> parts/input}}{{/each}}</form>')).length, 1);
  t.is(typedIntoAddress(of('<form method="get">{{> parts/field kind="select"}}<input type="hidden" name="a"></form><form method="post"><input name="q"></form>')).length, 0);
  t.is(foreignHosts(of('<img src="https://cdn.example/x.png"><a href="//x.example/">')).length, 2);
  t.is(foreignHosts(of('<svg xmlns="http://www.w3.org/2000/svg">')).length, 0);
});

const nameOf = (path: string): string => path.replace(/^views\//, '').replace(/\.hbs$/, '');
const isRegion = (path: string): boolean => (path.split('/').at(-1) ?? '').startsWith('_');
const bare = (text: string): string => text.replace(/\{\{!--[\s\S]*?--\}\}|\{\{![^}]*\}\}/g, found => found.replace(/[^\n]/g, ' '));

function rootFaults(view: Source): readonly string[] {
  const first = /<[a-z][^>]*>/i.exec(bare(view.text))?.[0] ?? '';
  return /\sid="[^"]+"/.test(first) ? [] : [`${view.path}:1 its root element has no id`];
}

function includers(view: Source, all: readonly Source[]): readonly string[] {
  const inclusion = new RegExp(String.raw`\{\{~?#?>\s*${nameOf(view.path)}[\s}~]`);
  return all.some(other => other.path !== view.path && inclusion.test(bare(other.text))) ? [] : [`${view.path}:1 no page includes it`];
}

function unknownViews(source: Source, names: ReadonlySet<string>): readonly Fault[] {
  const code = withoutComments(source.text);
  return [...code.matchAll(/\b(?:page|region|render|print|view|region:)\(?\s*'([a-z][\w-]*\/[\w/-]+)'/g)]
    .filter(found => !names.has(found[1] ?? ''))
    .map(found => ({ line: lineAt(code, found.index), what: `no view is called ${found[1]}` }));
}

function unknownPartials(view: Source, names: ReadonlySet<string>): readonly Fault[] {
  const text = bare(view.text);
  return [...text.matchAll(/\{\{~?#?>\s*([\w-]+\/[\w/-]+)/g)].filter(found => !names.has(found[1] ?? '')).map(found => ({ line: lineAt(text, found.index), what: `no partial is called ${found[1]}` }));
}

const inlines = (view: Source): readonly Fault[] => matches(bare(view.text), /<style\b|\sstyle\s*=|<script\b(?![^>]*\ssrc=)|\son[a-z]+\s*=|javascript:/gi, found => `inline: ${found[0].trim()}`);
/** Fields of a report are a round, a place and days: choices only (src/reports/choose.ts). */
const choicesOnly: readonly string[] = ['views/reports/show.hbs'];

function typedIntoAddress(view: Source): readonly Fault[] {
  const text = bare(view.text);
  return choicesOnly.includes(view.path) ? [] : [...text.matchAll(/<form\b(?![^>]*method="post")[^>]*>([\s\S]*?)<\/form>/g)].flatMap(form =>
    [...(form[1] ?? '').matchAll(/<input\b(?![^>]*type="(?:hidden|radio|checkbox|date|range)")|<textarea\b|\{\{~?#?>\s*parts\/(?:input|field)\b(?![^}]*kind="select")/g)].map(found => ({ line: lineAt(text, form.index + found.index), what: 'a search by GET: post it to /find' })));
}
const foreignHosts = (source: Source): readonly Fault[] => matches(bare(source.text), /(?:https?:)?\/\/(?!www\.w3\.org\/)[a-z0-9-]+\.[a-z][\w.-]*/gi, found => `names a host: ${found[0]}`);
