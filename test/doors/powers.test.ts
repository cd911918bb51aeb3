import test from 'ava';
import type { ExecutionContext } from 'ava';
import { anyone, type Actor } from '../../src/access/actor.ts';
import { holds, may } from '../../src/access/may.ts';
import type { Subject } from '../../src/access/subject.ts';
import { areas } from '../../src/areas.ts';
import type { Route } from '../../src/web/route.ts';
import { cast, households, officerId, openVillage, placeId, placeNos as P, type Person, type Village } from '../support/village.ts';
import { postgresServer } from '../support/postgres.ts';
import { serve, visitor, type Visitor } from '../support/visit.ts';
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

// Pages are read in one office for all of them; what is posted may change it, so each act has an office of its own.
let shared: Promise<Doors> | undefined;
const ends: (() => unknown)[] = [];
const lasting = { teardown: (end: () => unknown): void => { ends.unshift(end); } };
test.after.always(async () => { for (const end of ends) await end(); });

// Leave is decided in memory: the matrix is the same on every database, and is asked once.
for (const route of postgresServer() === undefined ? routes : []) {
  test.serial(`${nameOf(route)} is open to ${route.power} and to nobody else`, async t => {
    const doors = route.method === 'GET' ? await (shared ??= openAll(lasting)) : await openAll(t);
    const { village } = doors;
    const known = samplesFor(route);
    const askings = everybody.flatMap((who): Asking[] => known.length === 0 ? [{ doors, route, who, sample: undefined }] : known.map(sample => ({ doors, route, who, sample })));
    // Whoever may not is asked together, and nothing may be left behind; then whoever may, one after the other where they write.
    const before = await village.traces();
    const answers = askings.map(asking => ({ asking, leave: leaveOf(asking) }));
    await Promise.all(answers.filter(({ leave }) => leave === false).map(async ({ asking, leave }) => { await ask(t, asking, leave); }));
    t.is(await village.traces(), before, `${nameOf(route)} left something behind`);
    for (const { asking, leave } of answers) if (leave !== false) await ask(t, asking, leave);
  });
}

test('the list of excuses is no longer than it must be', t => {
  const names = new Set(routes.map(nameOf));
  t.deepEqual(Object.keys(excused).filter(name => !names.has(name)), []);
});

interface Doors { readonly village: Village; readonly visitors: ReadonlyMap<Who, Visitor>; readonly actors: ReadonlyMap<Who, Actor> }
interface Asking { readonly doors: Doors; readonly route: Route; readonly who: Who; readonly sample: Sample | undefined }

async function openAll(t: Pick<ExecutionContext, 'teardown'>): Promise<Doors> {
  const village = await openVillage(t);
  const origin = await serve(t, village.office);
  const visitors = new Map<Who, Visitor>();
  const actors = new Map<Who, Actor>();
  for (const who of everybody) {
    visitors.set(who, await visitor(village.office, origin, who === 'nobody' ? undefined : who));
    actors.set(who, who === 'nobody' ? anyone : await village.actor(who));
  }
  return { village, visitors, actors };
}

const of = <V>(map: ReadonlyMap<Who, V>, who: Who): V => { const found = map.get(who); if (found === undefined) throw new Error(`${who} is not in the cast`); return found; };

/** Whether somebody may: `undefined` where it hangs on a thing that does not exist. */
function leaveOf({ doors, route, who, sample }: Asking): boolean | undefined {
  const actor = of(doors.actors, who);
  if (!holds(actor, route.power)) return false;
  return sample === undefined ? undefined : may(actor, route.power, sample.subject) === true;
}

async function ask(t: ExecutionContext, { doors, route, who, sample }: Asking, leave: boolean | undefined): Promise<void> {
  const actor = of(doors.actors, who);
  const person = of(doors.visitors, who);
  const url = fill(route.path, sample?.params ?? {});
  const { status, location } = route.method === 'GET' ? await person.get(url) : await person.post(url);
  const told = `${who} ${nameOf(route)} ${sample?.says ?? ''}: ${status}`;
  t.true(status < 500, told);
  if (!holds(actor, route.power)) {
    if (who !== 'nobody') t.is(status, 403, told);
    else if (route.method === 'POST') t.is(status, 401, told);
    else { t.is(status, 303, told); t.regex(location ?? '', /^\/sign-in\?/, told); }
  } else if (leave === false) {
    if (!isExcused(route, 'denied')) t.true(route.method === 'GET' ? [403, 404].includes(status) : [403, 404, 413, 415, 422].includes(status), told);
  } else if (leave === true || !/:/.test(route.path)) {
    if (!isExcused(route, 'allowed')) t.false([401, 403].includes(status), told);
  } else if (!isExcused(route, 'unknown')) t.true([303, 400, 403, 404, 409, 413, 415, 422].includes(status), told);
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
