import test from 'ava';
import fc from 'fast-check';
import { anyone } from '../../src/access/actor.ts';
import { holds } from '../../src/access/may.ts';
import { areas } from '../../src/areas.ts';
import { encodeCursor } from '../../src/kit/slice.ts';
import { sha256 } from '../../src/store/trace.ts';
import { openCollecting } from '../support/collecting.ts';
import { cast, households, officerId, placeId, placeNos, type Person } from '../support/village.ts';
import { serve, visitor } from '../support/visit.ts';
import { wire } from '../support/wire.ts';

// Every page × odd parameters and queries × somebody of each role: an answer, never a bug. Repeat a run with TRIAL_SEED.

const isTrial = process.env['TRIAL'] === '1';
const seed = Number(process.env['TRIAL_SEED'] ?? 20_261_123);
const routes = areas.flatMap(area => area.routes).filter(route => route.method === 'GET');
const queryNames = ['q', 'at', 'page', 'after', 'village', 'group', 'grid', 'year', 'round', 'household', 'place', 'kind', 'show', 'by', 'from', 'to', 'officer', 'subject', 'role', 'day', 'standing', 'held', 'no', 'row', 'next', 'township', 'into', 'month', 'stage', 'paper', 'all', 'field'];

const odd = fc.oneof(
  fc.constantFrom('', '0', '-1', '1', '20', '40', '101', '1.5', '1e9', '1e300', 'NaN', 'Infinity', '2147483648', '9007199254740993', '99999999999999999999', '2026', '2026-02-30', '2026-11-23', '0000-00-00', 'yes', 'x',
    '%', '_', '\\', "'", '"', "' or 1=1 --", '\0', '\ufffd', '\u202e', '<script>', '../..', '__proto__', 'constructor', 'toString', '户', '周', '清河村', '１２', '😀', ' ', '\t', '\r\nx: y', '//evil.example', 'a'.repeat(300), 'village', 'township', 'household', 'prelim'),
  fc.constantFrom(...Object.values(households).flatMap(one => [one.id, String(one.no)]), ...Object.values(placeNos).map(placeId), officerId('mei'), officerId('shen'), '00000000-0000-7000-8000-00000000dead'),
  fc.array(fc.oneof(fc.integer(), fc.double(), fc.string({ maxLength: 6, unit: 'binary' }), fc.constantFrom('\0', '\ud800', 2 ** 31, 2 ** 53, -1)), { minLength: 1, maxLength: 3 }).map(key => encodeCursor({ direction: 'next', key: key as (string | number)[] })),
  fc.string({ maxLength: 12, unit: 'binary' }),
);
const asked = fc.record({ params: fc.array(odd, { minLength: 4, maxLength: 4 }), query: fc.uniqueArray(fc.tuple(fc.constantFrom(...queryNames), odd), { maxLength: 4, selector: ([name]) => name }), isPartial: fc.boolean() });

/** A page's own name of things that exist is tried as often as nonsense: most doors open only for these. */
const known: Readonly<Record<string, readonly string[]>> = {
  id: [households.zhou.id, placeId(placeNos.qinghe), officerId('mei')], household: [households.zhou.id], place: [placeId(placeNos.qinghe), placeId(placeNos.anhe)], village: [String(placeNos.qinghe), placeId(placeNos.qinghe)],
  stage: ['village', 'township', 'prelim', 'approval'], year: ['2026', '2025'], kind: ['households', 'places', 'officers'], form: ['json', 'yaml', 'original'],
};

test(`no page breaks, whatever is asked of it (seed ${seed})`, async t => {
  t.timeout(600_000);
  const { office, round, actor } = await openCollecting(t, { lastYear: true });
  const origin = await serve(t, office);
  const people = Object.keys(cast) as Person[];
  const walkers = new Map(await Promise.all(people.map(async who => [who, { actor: await actor(who), cookie: (await visitor(office, origin, who)).cookie }] as const)));
  const broken: string[] = [];
  for (const [at, route] of routes.entries()) {
    const samples = fc.sample(asked, { seed: seed + at, numRuns: isTrial ? 400 : 12 });
    const able = people.filter(who => holds(walkers.get(who)?.actor ?? anyone, route.power));
    for (const [turn, one] of samples.entries()) {
      const who = able[(turn + at) % Math.max(1, able.length)];
      let place = 0;
      const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
        const real = name === 'round' ? [String(round.no), round.id] : known[name] ?? [];
        const chosen = turn % 3 === 0 ? one.params[place] ?? '' : real[turn % Math.max(1, real.length)] ?? one.params[place] ?? '';
        place++;
        return encodeURIComponent(chosen.toWellFormed()) || 'x';
      });
      const query = one.query.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&');
      const answer = await wire(origin, { path: `${path}${query === '' ? '' : `?${query}`}`, headers: { ...who === undefined ? {} : { cookie: walkers.get(who)?.cookie ?? '' }, ...one.isPartial ? { 'hx-request': 'true', 'hx-request-type': 'partial' } : {} } });
      if (answer.status >= 500) broken.push(`${who ?? 'nobody'} GET ${path}?${query}: ${answer.status}`);
    }
  }
  t.deepEqual(broken, [], `seed ${seed} ${sha256(broken.join()).slice(0, 6)}`);
});
