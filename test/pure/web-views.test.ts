import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import test from 'ava';
import type { ExecutionContext } from 'ava';
import { loadAssets } from '../../src/web/assets.ts';
import { loadViews, type Frame, type Views } from '../../src/web/render.ts';

const assets = loadAssets('public');
const views = loadViews('views', assets);
const frame: Frame = {
  title: '登记一户', large: false, largeHref: '/large?on', csrf: 'token', place: '马坝镇', person: { name: '沈立明', post: '委员' }, office: '马坝镇人民政府',
  tabs: [{ label: '待我办', href: '/desk', current: true, count: 4, icon: 'home' }, { label: '农户', href: '/households', icon: 'people' }],
};
const squeezed = (html: string): string => html.replace(/\s+/g, ' ').replace(/> </g, '><');

test('every view compiles', t => {
  t.notThrows(() => { views.compileAll(); });
});

test('views carry no script, no style, no raw text and no thinking', t => {
  for (const name of views.names) {
    const source = readFileSync(join('views', `${name}.hbs`), 'utf8');
    t.notRegex(source, /\sstyle=|<style|\son\w+=|<script(?![^>]* src=)/, name);
    t.notRegex(source.replace(/\{\{!--[\s\S]*?--\}\}/g, ''), /\{\{\{|\{\{&|\{\{#?(?:log|lookup)\b/, name);
  }
});

test('a fault stands between label and control and is read with it', t => {
  const html = squeezed(views.render('parts/field', { kind: 'number', name: 'since', label: '从哪一年做起', value: 0, hint: '写四位数', fault: '2062 年还没到', ways: [{ label: '改成 2026', value: '2026' }] }));
  t.regex(html, /<label for="since">从哪一年做起<\/label><p class="hint" id="since-hint">写四位数<\/p><p class="fault" id="since-fault">/);
  t.regex(html, /<input type="text" inputmode="decimal" class="num" id="since" name="since" aria-invalid="true" aria-describedby="since-fault since-hint" value="0">/);
  t.regex(html, /class="field faulty"/);
  t.regex(html, /data-into="since" data-fill="2026">改成 2026</);
});

test('a field without fault makes no claim, and its input is escaped', t => {
  const html = views.render('parts/field', { kind: 'text', name: 'head', label: '户主', value: '"><b>' });
  t.notRegex(html, /aria-invalid|aria-describedby|faulty/);
  t.true(html.includes('value="&quot;&gt;&lt;b&gt;"'));
  t.regex(views.render('parts/field', { kind: 'textarea', name: 'why', label: '理由', value: '一\n二' }), />一\n二<\/textarea>/);
  t.regex(views.render('parts/field', { kind: 'day', name: 'on', label: '哪天', value: '2026-11-23' }), /type="date"[^>]* value="2026-11-23"/);
});

test('tiles mark the answer given, keep the fault, and the summary leads to the first tile', t => {
  const options = ['常年有', '没个准', '不清楚'].map(label => ({ value: label, label }));
  const html = squeezed(views.render('parts/choices', { name: 'steady', label: '稳不稳', options, value: '没个准', fault: '请选一个', before: '常年有' }));
  t.regex(html, /<fieldset class="faulty " aria-describedby="steady-fault"><legend>稳不稳<\/legend>/);
  t.regex(html, /value="常年有" id="steady"><span>/);
  t.regex(html, /value="没个准" checked>/);
  t.is(html.match(/ checked/g)?.length, 1);
  t.true(html.indexOf('不清楚') > html.indexOf('没个准'));
  t.regex(html, /去年填的是：常年有/);
  t.regex(views.render('parts/faults', { faults: [{ id: 'steady', label: '稳不稳', say: '请选一个' }] }), /<a href="#steady">稳不稳：请选一个<\/a>/);
  t.is(views.render('parts/faults', { faults: [] }).trim(), '');
});

test('any field prints by its kind', t => {
  const html = views.render('parts/input', { kind: 'hidden', name: 'id', value: '7' });
  t.is(html.trim(), '<input type="hidden" name="id" value="7">');
  t.regex(views.render('parts/input', { kind: 'choices', name: 'a', label: 'b', options: [] }), /fieldset/);
  t.regex(views.render('parts/input', { kind: 'select', name: 'a', label: 'b', value: 'y', options: [{ value: 'x', label: 'X' }, { value: 'y', label: 'Y' }] }), /<option value="y" selected>/);
});

test('layouts dress a page: class, tabs, token in every form, dock, notice', t => {
  const office = sample(t, '{{#> layouts/office}}{{#*inline "dock"}}<section class="dock">同意</section>{{/inline}}<form method="post">{{> parts/csrf}}</form>{{> parts/heading heading="一户"}}{{/layouts/office}}');
  const html = squeezed(office.render('page', { frame: { ...frame, large: true, notice: { kind: 'done', words: '已登记。', undo: { label: '撤销', action: '/undo' } } } }));
  t.regex(html, /^\s*<!doctype html><html lang="zh-Hans" class="office large">/);
  t.regex(html, /<a href="\/desk" aria-current="page">待我办 4<\/a>/);
  t.is(html.match(/name="_csrf" value="token"/g)?.length, 3, 'sign-out, undo and the page’s own form');
  t.regex(html, /<\/main><section class="dock">同意<\/section>/);
  t.is(html.match(/<h1>/g)?.length, 1);
  t.regex(html, /class="notice done" role="status"/);

  const tablet = squeezed(sample(t, '{{#> layouts/tablet}}<h1>今天</h1>{{/layouts/tablet}}').render('page', { frame }));
  t.regex(tablet, /<nav class="dock nav" aria-label="主要"><a href="\/desk" aria-current="page"><svg/);
});

test('a hole in a model is a bug, not a blank; a field named like a helper is told apart', t => {
  t.throws(() => sample(t, '{{household}}').render('page', {}), { message: /household/ });
  t.throws(() => sample(t, '{{points}}').render('page', { points: 8300 }), { message: /\{\{this\.points\}\}/ });
  t.is(sample(t, '{{this.points}} {{points points "say"}}').render('page', { points: 8300 }), '8300 83 分');
  t.throws(() => { sample(t, '{{nobody knows}}').compileAll(); });
});

test('the stylesheets keep to what an old tablet knows, and to their budget', t => {
  const text = (name: string) => readFileSync(join('public/css', name), 'utf8');
  t.true(Buffer.byteLength(text('tokens.css')) + Buffer.byteLength(text('base.css')) < 20_000);
  for (const name of ['tokens.css', 'base.css', 'office.css', 'sheets.css']) {
    const css = text(name).replace(/\/\*[\s\S]*?\*\//g, '');
    t.notRegex(css, /@layer|:has\(|color-mix|&\s*[.:>]|@media[^{]*[<>]|url\(['"]?(?:https?:)?\/\//, name);
    t.is(css.match(/\{/g)?.length, css.match(/\}/g)?.length, `${name}: braces match`);
  }
});

test('the first meaningful page needs less than 30 kB on the wire', t => {
  const rows = Array.from({ length: 50 }, (_, at) => ({ no: String(at).padStart(3, '0'), name: `户主${at}`, points: 8000 + at }));
  const html = sample(t, '{{#> layouts/office}}<table>{{#each rows}}<tr><td class="no">{{this.no}}</td><td>{{this.name}}</td><td>{{points this.points}}</td></tr>{{/each}}</table>{{/layouts/office}}').render('page', { frame, rows });
  const needed = ['css/screen.css', 'js/htmx.min.js', 'js/office.js'];
  t.true(needed.reduce((sum, name) => sum + assets.size(name, 'br'), brotliCompressSync(html).length) < 30_000);
  t.true(needed.reduce((sum, name) => sum + assets.size(name, 'gzip'), gzipSync(html).length) < 30_000);
});

/** The real layouts and parts with one page of the test's own. */
function sample(t: ExecutionContext, source: string): Views {
  const folder = mkdtempSync(join(tmpdir(), 'views-'));
  t.teardown(() => { rmSync(folder, { recursive: true }); });
  for (const name of [...views.names.filter(name => /^(layouts|parts)\//.test(name)), 'page']) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, `${name}.hbs`), name === 'page' ? source : readFileSync(join('views', `${name}.hbs`), 'utf8'));
  }
  return loadViews(folder, assets);
}
