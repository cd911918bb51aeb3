import test from 'ava';
import { rules } from '../../src/access/rules.ts';
import { areas } from '../../src/areas.ts';
import type { Route } from '../../src/web/route.ts';
import { sources } from '../support/tree.ts';

// Read from the route table itself: what every way in must have.

const routes = (): readonly Route[] => areas.flatMap(area => area.routes);
const shown = (route: Route): string => `${route.method} ${route.path}`;

test('every route asks for a power that has a rule', t => {
  t.deepEqual(routes().filter(route => rules[route.power] === undefined).map(shown), []);
});

test('no two routes answer the same address', t => {
  t.deepEqual(twice(routes()), []);
});

test('addresses are words in kebab case and named parts', t => {
  t.deepEqual(routes().filter(route => !isPlainPath(route.path)).map(shown), []);
});

test('what caches may keep is open to anyone, and is only read', t => {
  t.deepEqual(routes().filter(route => route.open === true && !isHarmless(route)).map(shown), []);
});

test('every area is listed once, under its folder\'s name', t => {
  const names = areas.map(area => area.name);
  t.deepEqual(names.filter((name, at) => names.indexOf(name) !== at), []);
  t.deepEqual(names.filter(name => sources(`src/${name}/*.ts`).length === 0), []);
});

test('the laws bite', t => {
  const route = (path: string, more: Partial<Route> = {}): Route => ({ method: 'GET', path, power: 'anyone', handle: async () => { throw new Error('never asked'); }, ...more });
  t.deepEqual(twice([route('/a/:id'), route('/a/:no'), route('/a/b')]), ['GET /a/:no']);
  t.false(isPlainPath('/fooBar'));
  t.false(isPlainPath('/a/'));
  t.true(isPlainPath('/rolls/:place/:round/no-1.csv'));
  t.true(isPlainPath('/'));
  t.false(isHarmless(route('/a', { method: 'POST' })));
  t.false(isHarmless(route('/a', { power: 'officer' })));
});

function twice(list: readonly Route[]): readonly string[] {
  const addresses = list.map(route => `${route.method} ${route.path.replace(/:\w+/g, ':')}`);
  return list.filter((_, at) => addresses.indexOf(addresses[at] ?? '') !== at).map(shown);
}

const isPlainPath = (path: string): boolean => path === '/' || /^(\/([a-z0-9]+(-[a-z0-9]+)*|:[a-zA-Z]+)(\.[a-z0-9]+|\.:[a-z]+)?)+$/.test(path);
const isHarmless = (route: Route): boolean => route.method === 'GET' && route.power === 'anyone';
