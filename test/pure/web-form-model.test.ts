import test from 'ava';
import { checks, choice, text, wholeNumber, yesNo } from '../../src/kit/fields.ts';
import { form } from '../../src/kit/form.ts';
import { loadAssets } from '../../src/web/assets.ts';
import { formModel } from '../../src/web/form-model.ts';
import { loadViews } from '../../src/web/render.ts';

const options = [{ key: 'farm', label: '种田' }, { key: 'trade', label: '做小生意' }];
const declared = form({
  head: text('户主', { hint: '照身份证写' }), members: wholeNumber('几口人', { least: 1, most: 30, unit: '人' }), living: choice('靠什么', options),
  village: choice('村', options, { select: true }), kinds: checks('哪些', options), note: text('说明', { optional: true, lines: true }), agreed: yesNo('我核对过了'),
});

test('a faulty form comes back whole: what was typed, each fault at its field, in the order of the form', t => {
  const raw = { head: '', members: '三十一', living: 'trade', kinds: ['farm'], agreed: 'yes', note: '  <b>' };
  const parsed = declared.parse(raw);
  t.false(parsed.ok);
  const model = formModel(declared, { raw, faults: [{ field: 'round', code: 'closed', say: '批次已结束。' }, ...parsed.ok ? [] : parsed.faults], prefix: 'f-' });
  t.deepEqual(model.faults.map(fault => fault.id), ['f-head', 'f-members', 'f-village', '']);
  t.is(model.by['members']?.value, '三十一');
  t.is(model.by['note']?.value, '  <b>');
  t.is(model.by['note']?.optional, true);
  t.deepEqual(model.by['living']?.options?.map(option => option.checked), [false, true]);
  t.deepEqual(model.by['kinds']?.options?.map(option => option.checked), [true, false]);
  t.deepEqual(model.by['village']?.options?.map(option => [option.label, option.checked]), [['请选择', true], ['种田', false], ['做小生意', false]]);
  t.true(model.by['agreed']?.options?.[0]?.checked);
});

test('what is told in lines keeps them, however the browser ends them, and counts each as one', t => {
  const told = text('经过', { lines: true, most: 10 });
  t.deepEqual(told.parse(' 地少算了　\r\n请核\r再看 '), { ok: true, value: '地少算了\n请核\n再看' });
  t.like(told.parse('一二三四五六七八九十百'), { ok: false, code: 'long' });
  t.like(text('户主').parse('周大山\n吴秀兰'), { ok: false, code: 'lines' });
});

test('every kind of field prints, with its label tied to it', t => {
  const views = loadViews('views', loadAssets('public'));
  const model = formModel(declared, { raw: { agreed: true, members: 0 } });
  const html = model.fields.map(field => views.render('parts/input', field)).join('');
  for (const [name, field] of Object.entries(declared.fields)) {
    t.true(html.includes(field.label), name);
    t.true(html.includes(`id="${name}"`), name);
  }
  t.regex(html, /name="agreed" value="yes" id="agreed" checked/);
  t.regex(html, /name="members"[^>]* value="0"/);
  t.deepEqual(formModel(declared).faults, []);
});
