import test from 'ava';
import type { ExecutionContext } from 'ava';
import { anyone, type Actor } from '../../src/access/actor.ts';
import { holds, may } from '../../src/access/may.ts';
import type { Subject } from '../../src/access/subject.ts';
import { areas } from '../../src/areas.ts';
import type { Route } from '../../src/web/route.ts';
import { cast, households, officerId, openVillage, placeId, placeNos as P, type Person, type Village } from '../support/village.ts';
import { postgresServer } from '../support/postgres.ts';
import { serve, visitor } from '../support/visit.ts';
import { excused } from './powers-excused.ts';

// Made from the route table: every route × every post of the cast × own and foreign place. The answer must be what rules.ts and the reach of the post say.

type Who = Person | 'nobody';
const everybody: readonly Who[] = [...Object.keys(cast) as Person[], 'nobody'];

interface Sample { readonly says: string; readonly params: Readonly<Record<string, string>>; readonly subject: Subject }
const at = { anhe: '/p1/c2/x3/t10/', pingshan: '/p1/c2/x3/t11/', qinghe: '/p1/c2/x3/t10/v20/', shuikou: '/p1/c2/x3/t10/v21/' };
const postId = (who: Person): string => `${officerId(who).slice(0, -3)}7${officerId(who).slice(-2)}`;
const place = (says: string, no: number, path: string): Sample => ({ says, params: { id: placeId(no) }, subject: { id: placeId(no), paths: [path] } });
const officer = (who: Person, path: string): Sample => ({ says: who, params: { id: officerId(who), post: postId(who) }, subject: { id: officerId(who), paths: [path] } });
const household = (name: keyof typeof households, village: string): Sample => {
  const { id, grid, group } = households[name];
  return { says: name, params: { id }, subject: { id, paths: [`${village}n${grid}/`, `${village}g${group}/`, village] } };
};

/** What stands for the parameters of a route, by the longest beginning; a route that is not named here is asked for something that does not exist. */
const samples: Readonly<Record<string, readonly Sample[]>> = {
  '/places/:id': [place('Qinghe', P.qinghe, at.qinghe), place('Pingshan', P.pingshan, at.pingshan)],
  '/officers/:id': [officer('mei', `${at.qinghe}n40/`), officer('ping', at.pingshan)],
  '/households/:id': [household('zhou', at.qinghe), household('wang', at.shuikou)],
};

const routes = areas.flatMap(area => area.routes);
const nameOf = (route: Route): string => `${route.method} ${route.path}`;

// Leave is decided in memory: the matrix is the same on every database, and is asked once.
for (const route of postgresServer() === undefined ? routes : []) {
  test.serial(`${nameOf(route)} is open to ${route.power} and to nobody else`, async t => {
    const village = await openVillage(t);
    const origin = await serve(t, village.office);
    const known = samplesFor(route);
    for (const who of everybody) {
      if (known.length === 0) await ask(t, { village, origin, route, who, sample: undefined });
      for (const sample of known) await ask(t, { village, origin, route, who, sample });
    }
  });
}

test('the list of excuses is no longer than it must be', t => {
  const names = new Set(routes.map(nameOf));
  t.deepEqual(Object.keys(excused).filter(name => !names.has(name)), []);
});

interface Asking { readonly village: Village; readonly origin: string; readonly route: Route; readonly who: Who; readonly sample: Sample | undefined }

async function ask(t: ExecutionContext, { village, origin, route, who, sample }: Asking): Promise<void> {
  const actor: Actor = who === 'nobody' ? anyone : await village.actor(who);
  const person = await visitor(village.office, origin, who === 'nobody' ? undefined : who);
  const before = await village.traces();
  const url = fill(route.path, sample?.params ?? {});
  const { status, location } = route.method === 'GET' ? await person.get(url) : await person.post(url);
  const told = `${who} ${nameOf(route)} ${sample?.says ?? ''}: ${status}`;
  t.true(status < 500, told);
  const mayHere = sample === undefined ? undefined : may(actor, route.power, sample.subject) === true;
  if (!holds(actor, route.power)) {
    if (who !== 'nobody') t.is(status, 403, told);
    else if (route.method === 'POST') t.is(status, 401, told);
    else { t.is(status, 303, told); t.regex(location ?? '', /^\/sign-in\?/, told); }
  } else if (mayHere === false) {
    if (!isExcused(route, 'denied')) t.true(route.method === 'GET' ? [403, 404].includes(status) : [403, 404, 413, 415, 422].includes(status), told);
  } else if (mayHere === true || !/:/.test(route.path)) {
    if (!isExcused(route, 'allowed')) t.false([401, 403].includes(status), told);
  } else if (!isExcused(route, 'unknown')) t.true([303, 400, 403, 404, 409, 413, 415, 422].includes(status), told);
  if (!holds(actor, route.power) || mayHere === false) t.is(await village.traces(), before, `${told} left something behind`);
}

const isExcused = (route: Route, when: 'denied' | 'allowed' | 'unknown'): boolean => excused[nameOf(route)]?.when === when;

function samplesFor(route: Route): readonly Sample[] {
  const wanted = [...route.path.matchAll(/:(\w+)/g)].map(found => found[1] ?? '');
  if (wanted.length === 0) return [];
  const prefix = Object.keys(samples).filter(one => route.path === one || route.path.startsWith(`${one}/`)).sort((one, other) => other.length - one.length)[0];
  return (prefix === undefined ? [] : samples[prefix] ?? []).filter(sample => wanted.every(name => sample.params[name] !== undefined));
}

/** Parameters nobody knows become an id that exists nowhere, with the shape of ours. */
const fill = (path: string, params: Readonly<Record<string, string>>): string => path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '00000000-0000-7000-8000-00000000dead');
