import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import type { ExecutionContext } from 'ava';
import { loadViews } from '../../src/web/render.ts';

/** A folder with one view and one part, and beside it a folder for their code. */
function folders(t: ExecutionContext): { readonly write: (source: string) => void; readonly render: () => string; readonly kept: string } {
  const scratch = mkdtempSync(join(tmpdir(), 'view-code-'));
  t.teardown(() => { rmSync(scratch, { recursive: true }); });
  const [views, kept] = [mkdtempSync(join(scratch, 'views-')), join(scratch, 'kept')];
  writeFileSync(join(views, 'part.hbs'), '({{name}})');
  return {
    kept,
    write(source) { writeFileSync(join(views, 'page.hbs'), source); },
    render: () => loadViews(views, { url: name => name }, kept).render('page', { name: '王' }),
  };
}

test('the code of a view is kept, and used at the next start', t => {
  const { write, render, kept } = folders(t);
  write('你好 {{> part}}');
  t.is(render(), '你好 (王)');
  t.deepEqual(readdirSync(kept).sort(), ['page.js', 'part.js']);
  const page = join(kept, 'page.js');
  writeFileSync(page, readFileSync(page, 'utf8').replace('你好', '再见'));
  t.is(render(), '再见 (王)');
});

test('a view that was changed is compiled again, and its old code is gone', t => {
  const { write, render, kept } = folders(t);
  write('旧 {{name}}');
  render();
  write('新 {{name}}');
  t.is(render(), '新 王');
  t.notRegex(readFileSync(join(kept, 'page.js'), 'utf8'), /旧/);
});

test('half a file, or a folder that cannot be written, costs only time', t => {
  const { write, render, kept } = folders(t);
  write('你好 {{> part}}');
  render();
  const page = join(kept, 'page.js');
  for (const length of [0, 60, 100, 400]) {
    writeFileSync(page, readFileSync(page).subarray(0, length));
    t.is(render(), '你好 (王)', `${length} bytes were left`);
  }
  rmSync(kept, { recursive: true });
  writeFileSync(kept, 'a file where the folder should be');
  t.is(render(), '你好 (王)');
});
