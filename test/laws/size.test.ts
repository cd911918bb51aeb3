import test from 'ava';
import { faultsOf, sources, type Fault, type Source } from '../support/tree.ts';

// B.9: a file fits the mind.
const mostLines = 300;

test('no file is over 300 lines', t => {
  const files = sources('src/**/*.ts', 'test/**/*.ts', 'seeds/**/*.ts', 'migrations/*.ts', 'bench/**/*.ts', 'scripts/*.mjs', 'views/**/*.hbs', 'public/**/*.js');
  t.deepEqual(faultsOf(files, tooLong), []);
});

test('the law bites', t => {
  t.is(tooLong({ path: 'x.ts', text: 'a\n'.repeat(301) }).length, 1);
  t.is(tooLong({ path: 'x.ts', text: 'a\n'.repeat(300) }).length, 0);
});

function tooLong(source: Source): readonly Fault[] {
  const lines = source.text.replace(/\n$/, '').split('\n').length;
  return lines > mostLines ? [{ line: lines, what: `${lines} lines` }] : [];
}
