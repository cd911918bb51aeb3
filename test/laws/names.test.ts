import test from 'ava';
import { sources } from '../support/tree.ts';

// B.6: a file is named for what it holds. web/helpers.ts is what Handlebars itself calls them.
const empty = /(^|-)(utils?|helpers?\d*|service|manager|misc|common|data|info|entity)$/;
const excused = ['src/web/helpers.ts'];

test('files are named in kebab case for what they hold', t => {
  t.deepEqual(sources('src/**/*.ts', 'seeds/**/*.ts', 'test/**/*.ts').map(({ path }) => path).filter(path => !excused.includes(path) && isBadName(path)), []);
});

test('the law bites', t => {
  for (const path of ['src/kit/utils.ts', 'src/people/people-service.ts', 'src/kit/idCard.ts', 'src/kit/helpers2.ts']) t.true(isBadName(path), path);
  for (const path of ['src/kit/id-card.ts', 'src/households/household.ts', 'test/laws/size.test.ts']) t.false(isBadName(path), path);
});

function isBadName(path: string): boolean {
  const name = (path.split('/').at(-1) ?? '').replace(/(\.test)?\.ts$/, '');
  return !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || empty.test(name);
}
