import { createHash } from 'node:crypto';
import test from 'ava';
import { sourceOf, sources } from '../support/tree.ts';

// A5: a released migration is never edited. `migrations/released.json` maps each released name to the SHA-256 of its file;
// a release adds its migrations there, and from then on this test holds them.

type Released = Readonly<Record<string, string>>;
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const named = /^migrations\/\d{8}-\d{2}-[a-z][a-z0-9-]*\.ts$/;

test('released migrations are unchanged', t => {
  const released = JSON.parse(sourceOf('migrations/released.json') ?? '{}') as Released;
  t.deepEqual(changed(released, sources('migrations/*.ts')), []);
});

test('migrations are named by day, number and subject, so that their order is their date', t => {
  t.deepEqual(sources('migrations/*.ts').map(({ path }) => path).filter(path => !named.test(path)), []);
});

test('migrations go forward only', t => {
  t.deepEqual(sources('migrations/*.ts').filter(({ text }) => goesBack(text)).map(({ path }) => path), []);
});

test('the law bites', t => {
  const released = { 'a.ts': digest('one') };
  t.deepEqual(changed(released, [{ path: 'migrations/a.ts', text: 'two' }]), ['a.ts was edited after its release']);
  t.deepEqual(changed(released, []), ['a.ts is gone']);
  t.deepEqual(changed(released, [{ path: 'migrations/a.ts', text: 'one' }]), []);
  t.true(goesBack('export async function down(knex: Knex) {}'));
  t.false(named.test('migrations/2026-ledger.ts'));
});

function changed(released: Released, files: readonly { readonly path: string; readonly text: string }[]): readonly string[] {
  return Object.entries(released).flatMap(([name, hash]) => {
    const file = files.find(({ path }) => path === `migrations/${name}`);
    if (file === undefined) return [`${name} is gone`];
    return digest(file.text) === hash ? [] : [`${name} was edited after its release`];
  });
}

const goesBack = (text: string): boolean => /\bexport\s+(async\s+)?(function|const)\s+down\b/.test(text);
