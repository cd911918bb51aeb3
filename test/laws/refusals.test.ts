import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import type { Catalogue, Details, RefusalWords } from '../../src/kit/refusal.ts';
import { root, sources, withoutComments } from '../support/tree.ts';

// C, laws: every refusal has one code, plain Chinese words, and a test that meets it.

test('no two refusals share a code', async t => {
  t.deepEqual(twice((await refusals()).map(({ code }) => code)), []);
});

test('every refusal speaks Chinese', async t => {
  const faults: string[] = [];
  for (const { code, words } of await refusals()) {
    if (!/\p{Script=Han}/u.test(words.say(told('某项')))) faults.push(`${code}: no Chinese words`);
    if (/undefined|NaN|\[object/.test(words.say(told('3')))) faults.push(`${code}: ${words.say(told('3'))}`);
  }
  t.deepEqual(faults, []);
});

test('every refusal is met by a test', async t => {
  const tests = sources('test/{pure,store,acts,doors,browser}/**/*.test.ts').map(({ text }) => withoutComments(text)).join('\n');
  t.deepEqual((await refusals()).map(({ code }) => code).filter(code => !isMentioned(code, tests)), []);
});

test('the laws bite', t => {
  t.deepEqual(twice(['a', 'b', 'a']), ['a']);
  t.false(isMentioned('not-found', 't.is(code, "not-found-here")'));
  t.true(isMentioned('not-found', 't.is(code, \'not-found\')'));
});

/** Answers whatever a refusal asks about, so that only its own holes show. */
const told = (answer: string): Details => new Proxy({}, { get: () => answer });

async function refusals(): Promise<readonly { readonly code: string; readonly words: RefusalWords }[]> {
  const files = sources('src/*/refusals.ts', 'src/*/*-refusals.ts').filter(({ text }) => /\bcatalogue\(/.test(text));
  const modules = await Promise.all(files.map(async ({ path }) => await import(pathToFileURL(join(root, path)).href) as Readonly<Record<string, unknown>>));
  return modules.flatMap(module => Object.values(module).filter(isCatalogue).flatMap(({ entries }) => Object.entries(entries).map(([code, words]) => ({ code, words }))));
}

const isCatalogue = (value: unknown): value is Catalogue<string> => typeof value === 'object' && value !== null && 'entries' in value && 'refuse' in value;
const twice = (codes: readonly string[]): readonly string[] => codes.filter((code, at) => codes.indexOf(code) !== at);
const isMentioned = (code: string, tests: string): boolean => new RegExp(`['"\`]${code}['"\`]`).test(tests);
