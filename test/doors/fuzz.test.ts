import test from 'ava';
import type { ExecutionContext } from 'ava';
import fc from 'fast-check';
import { anyone } from '../../src/access/actor.ts';
import { areas } from '../../src/areas.ts';
import { keepBank } from '../../src/people/keep-bank.ts';
import { encodeCursor } from '../../src/kit/slice.ts';
import { newId } from '../../src/kit/id.ts';
import { openRight } from '../../src/rights/open.ts';
import { postNotice } from '../../src/notices/post.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { confirmEvent } from '../../src/tellings/confirm.ts';
import { sheetCode } from '../../src/ratings/sheet-code.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { docketOf } from '../../src/panels/docket.ts';
import { passCases } from '../../src/panels/pass.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { rateRound } from '../../src/ratings/rate.ts';
import { publish } from '../../src/rolls/publish.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import type { Office } from '../../src/office.ts';
import type { Route } from '../../src/web/route.ts';
import { openCheck } from '../../src/awards/check.ts';
import { answerObjection } from '../support/answering.ts';
import { openCollecting, wholeValues } from '../support/collecting.ts';
import { skeleton } from '../../src/standards/draft/skeleton.ts';
import { startDraft } from '../../src/standards/draft/start.ts';
import { memberId, cast, households, officerId, placeId, placeNos, type Person } from '../support/village.ts';
import { tokenFor } from '../../src/web/csrf.ts';
import { serve, visitor } from '../support/visit.ts';
import { wire } from '../support/wire.ts';

// Every page that somebody can walk to, asked again with odd parameters and queries: an answer, never a bug. Repeat a run with TRIAL_SEED.

const isTrial = process.env['TRIAL'] === '1';
const seed = Number(process.env['TRIAL_SEED'] ?? 20_261_123);
const turns = isTrial ? 300 : 10;
const routes = areas.flatMap(area => area.routes).filter(route => route.method === 'GET');
const queryNames = ['q', 'at', 'page', 'after', 'village', 'group', 'grid', 'year', 'round', 'household', 'place', 'kind', 'show', 'by', 'from', 'to', 'officer', 'subject', 'role', 'day', 'standing', 'held', 'no', 'row', 'next', 'township', 'into', 'month', 'stage', 'paper', 'all', 'field'];

const odd = fc.oneof(
  fc.constantFrom('', '0', '-1', '1', '20', '40', '101', '1.5', '1e9', '1e300', 'NaN', 'Infinity', '2147483648', '9007199254740993', '99999999999999999999', '2026', '2026-02-30', '2026-11-23', '9999-12-31', '0000-00-00', 'yes', 'x',
    '%', '_', '\\', "'", '"', "' or 1=1 --", '\0', '\ufffd', '\u202e', '<script>', '../..', '__proto__', 'constructor', 'toString', 'valueOf', '户', '周', '清河村', '１２', '😀', ' ', '\t', '\r\nx: y', '//evil.example', 'a'.repeat(300), 'village', 'township', 'household', 'prelim'),
  fc.constantFrom(...Object.values(households).flatMap(one => [one.id, String(one.no)]), ...Object.values(placeNos).map(placeId), officerId('mei'), officerId('shen'), '00000000-0000-7000-8000-00000000dead'),
  fc.array(fc.oneof(fc.integer(), fc.double(), fc.string({ maxLength: 6, unit: 'binary' }), fc.constantFrom('\0', '\ud800', 2 ** 31, 2 ** 53, 2 ** 53 - 1, -1)), { minLength: 1, maxLength: 3 }).map(key => encodeCursor({ direction: 'next', key: key as (string | number)[] })),
  fc.string({ maxLength: 12, unit: 'binary' }),
);
const asked = fc.record({ at: fc.nat(), value: odd, query: fc.uniqueArray(fc.tuple(fc.constantFrom(...queryNames), odd), { maxLength: 4, selector: ([name]) => name }), isPartial: fc.boolean() });

/** A year that has come all the way: values, ratings, a docket, a notice with an objection, a roll. */
async function world(t: ExecutionContext) {
  const village = await openCollecting(t, { lastYear: true });
  const { office, actor } = village;
  const [gao, sun, guan] = [await actor('gao'), await actor('sun'), await actor('guan')];
  await recordMany(office, gao, [households.zhou, households.wu, households.wang].map(one => ({ subject: one.no, values: wholeValues })), { round: village.round.no, source: 'paper', batch: 'all' });
  const deed = { id: newId(), indicator: 'conduct', option: 'litter', day: '2026-11-10', note: '往沟里倒垃圾' };
  await recordSheet(office, sun, { id: newId(), round: village.round.no, household: households.zhou.id, base_seq: 99, source: 'village', events: [deed], photos: [{ about: deed.id, source: { bytes: new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) } }] });
  await confirmEvent(office, await actor('lin'), { round: village.round.no, household: households.zhou.id, event: deed.id, holds: true, words: '看过照片', photos: [] });
  await office.store.write('cases').where({ round: village.round.no }).whereIn('subject', [households.zhou.no, households.wu.no, households.wang.no]).update({ standing: 'collected' });
  await rateRound(office, gao, { round: village.round.no });
  await office.store.write('cases').where({ round: village.round.no }).whereNotNull('revision').update({ grade: 0, credit: 1, outcome: 'graded' });   // provisional ones would stop here
  const round = await roundByNo(office.read, village.round.no);
  const sitting = { round, village: await placeByNo(office.read, placeNos.qinghe), stage: 'village' } as const;
  const docket = await docketOf(office.read, sitting);
  await passCases(office, sun, { ...sitting, cases: [...docket.alone, ...docket.rest].filter(row => !row.blocked) });
  const notice = await postNotice(office, sun, { id: newId(), ...sitting, where: '村部公示栏', phone: '0517-88000000' });
  await lodgeObjection(office, anyone, { id: newId(), round: round.no, subject: households.zhou.no, notice: notice.id, about: 'rating', words: '家里劳力少算了一个', name: undefined, contact: undefined, how: 'web' });
  await office.store.write('cases').where({ round: round.no, subject: households.wang.no }).update({ standing: 'approved' });
  const more = { round: round.no, notice: null, name: undefined, contact: undefined, how: 'hall' } as const;
  await lodgeObjection(office, anyone, { ...more, id: newId(), subject: households.wu.no, about: 'value:loanPerformance', words: '那笔早就还清了' });
  const answered = newId();
  await lodgeObjection(office, anyone, { ...more, id: answered, subject: households.wang.no, about: 'rating', words: '评高了' });
  await answerObjection(office, await actor('lin'), { id: answered, outcome: 'kept', words: '核过，没有评高' });
  await publish(office, gao, { round, place: await placeByNo(office.read, placeNos.anhe) });
  await openCheck(office, gao, { round: round.no, place: placeNos.anhe, until: '2026-12-20', valid_until: '2028-12-31' });
  await openRight(office, await actor('hua'), { id: newId(), household: households.zhou.id, member: memberId('zhou'), kind: 'correct', words: '劳力写少了', identified: 'card' });
  await keepBank(office, guan, { name: '样板村镇银行', short: '村镇行' });
  await startDraft(office, await actor('xian'), { county: placeNos.county, body: skeleton(2026), origin: '从头写' });
  return village;
}

/** Pages that somebody comes to with a paper in the hand: no page leads there. */
async function byHand(office: Office): Promise<readonly string[]> {
  const sheet: { round: number; subject: number; revision: number } | undefined = await office.read('ratings').orderBy('subject').first('round', 'subject', 'revision');
  const objection: { receipt: string } | undefined = await office.read('objections').orderBy('id').first('receipt');
  const certificate: { no: string } | undefined = await office.read('certificates').orderBy('no').first('no');
  return [...sheet === undefined ? [] : [`/object/sheet/${sheetCode(office.secrets, sheet)}`], ...objection === undefined ? [] : [`/receipts/${objection.receipt}`], ...certificate === undefined ? [] : [`/certificates/${certificate.no}/check`]];
}

const shapes = routes.map(route => ({ route, shape: new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`), fixed: !route.path.includes(':') }));
const routeOf = (path: string): Route | undefined => (shapes.find(one => one.fixed && one.shape.test(path)) ?? shapes.find(one => one.shape.test(path)))?.route;

test(`no page breaks, whatever is asked of it (seed ${seed})`, async t => {
  t.timeout(isTrial ? 3_000_000 : 300_000);
  const { office } = await world(t);
  const origin = await serve(t, office);
  const broken: string[] = [];
  const walked = new Map<string, { readonly path: string; readonly cookie: string; readonly who: string }[]>();
  const forms = new Map<string, Shown[]>();
  const ask = async (who: string, cookie: string, path: string, isPartial = false): Promise<string> => {
    const answer = await wire(origin, { path, headers: { ...cookie === '' ? {} : { cookie }, ...isPartial ? { 'hx-request': 'true', 'hx-request-type': 'partial' } : {} } });
    if (answer.status >= 500) broken.push(`${who} GET ${path}: ${answer.status}`);
    return answer.status === 200 && String(answer.headers['content-type']).startsWith('text/html') ? answer.body : '';
  };

  // First on foot: from the desk along every link, two of a kind for each person.
  for (const who of [...Object.keys(cast) as Person[], 'nobody'] as const) {
    const { cookie } = who === 'nobody' ? { cookie: '' } : await visitor(office, origin, who);
    const queue = ['/', ...who === 'nobody' ? ['/receipts'] : ['/desk', '/today', '/me', ...routes.filter(route => !route.path.includes(':')).map(route => route.path)]];
    const seen = new Set(queue);
    for (const path of who === 'nobody' ? await byHand(office) : []) { queue.push(path); walked.set(routeOf(path)?.path ?? path, [{ path, cookie, who }]); }
    const counts = new Map<string, number>();
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const body = await ask(who, cookie, next);
      for (const form of formsIn(body, who, cookie)) {
        const key = `${form.action.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|\d+/g, ':')} ${Object.keys(form.fields).join()}`;
        forms.set(key, [...forms.get(key) ?? [], form].slice(0, 4));
      }
      for (const [, href = ''] of body.matchAll(/href="(\/[^"]*)"/g)) {
        const link = href.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&').split('#')[0] ?? '';
        const route = routeOf(link.split('?')[0] ?? '');
        if (route === undefined || seen.has(link) || link.startsWith('/large') || (counts.get(route.path) ?? 0) >= 2) continue;
        seen.add(link);
        counts.set(route.path, (counts.get(route.path) ?? 0) + 1);
        queue.push(link);
        walked.set(route.path, [...walked.get(route.path) ?? [], { path: link, cookie, who }]);
      }
    }
  }
  const missed = routes.map(route => route.path).filter(path => path.includes(':') && !walked.has(path));   // The others were asked for to begin with.
  t.true(missed.length < routes.length * 0.25, `${missed.length} of ${routes.length} pages were not reached on foot: ${missed.join(' ')}`);

  // Then oddly: one part of the address replaced, or things asked for that no link asks for.
  for (const [at, route] of routes.entries()) {
    const real = walked.get(route.path) ?? [{ path: route.path.replace(/:\w+/g, '00000000-0000-7000-8000-00000000dead'), cookie: '', who: 'nobody' }];
    for (const [turn, one] of fc.sample(asked, { seed: seed + at, numRuns: turns }).entries()) {
      const from = real[one.at % real.length] ?? real[0];
      if (from === undefined) continue;
      const parts = (from.path.split('?')[0] ?? '').split('/');
      const holes = route.path.split('/').flatMap((part, place) => part.startsWith(':') ? [place] : []);
      const hole = holes[one.at % Math.max(1, holes.length)];
      if (turn % 3 === 0 && hole !== undefined) parts[hole] = encodeURIComponent(one.value.toWellFormed()) || 'x';
      const query = one.query.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&');
      await ask(from.who, from.cookie, `${parts.join('/')}${query === '' ? '' : `?${query}`}`, one.isPartial);
    }
  }

  // Last every form that was met, sent with one or two fields as nobody would fill them.
  t.true(forms.size > 40, `only ${forms.size} forms were met`);
  const sessions = new Map<string, string>();
  for (const [at, shown] of [...forms.values()].entries()) {
    for (const [turn, one] of fc.sample(asked, { seed: seed + 7_000 + at, numRuns: Math.ceil(turns / 2) }).entries()) {
      const form = shown[turn % shown.length];
      if (form === undefined) continue;
      const cookie = sessions.get(form.who) ?? form.cookie;
      const names = Object.keys(form.fields);
      const body = new URLSearchParams({ ...form.fields, _csrf: tokenFor(office.secrets.csrfKey, cookie.replace(/^xx_\w=/, '')) });
      for (const step of [0, 1].slice(0, 1 + turn % 2)) {
        const name = names[(one.at + step * 7) % Math.max(1, names.length)];
        if (name !== undefined) body.set(name, (step === 0 ? one.value : one.query[0]?.[1] ?? '').toWellFormed());
      }
      const sent = one.isPartial && turn % 4 === 0
        ? { type: 'application/json', text: JSON.stringify({ ...Object.fromEntries(body), [names[one.at % Math.max(1, names.length)] ?? 'x']: [one.at, ['a', 'b'], true, null, 2 ** 60, -0.5][turn % 6] }) }
        : { type: 'application/x-www-form-urlencoded', text: body.toString() };
      const answer = await wire(origin, { method: 'POST', path: form.action, body: sent.text, headers: { cookie, 'content-type': sent.type } });
      if (answer.status >= 500) broken.push(`${form.who} POST ${form.action} ${sent.text.replace(/_csrf=[\w-]+&?/, '')}: ${answer.status}`);
      if (answer.status === 401 && form.who !== 'nobody') sessions.set(form.who, (await visitor(office, origin, form.who as Person)).cookie);
    }
  }
  t.deepEqual(broken, [], `repeat with TRIAL_SEED=${seed}`);
});

interface Shown { readonly action: string; readonly fields: Readonly<Record<string, string>>; readonly who: string; readonly cookie: string }

/** The forms of a page with what their fields hold, as a browser would send them. */
function formsIn(body: string, who: string, cookie: string): readonly Shown[] {
  const plain = (text: string): string => text.replaceAll('&#x3D;', '=').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  return [...body.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, head = '', inside = '']) => {
    const action = /action="([^"]+)"/.exec(head)?.[1];
    if (action === undefined || !/method="post"/.test(head) || action === '/sign-out' || action === '/ledger/verified') return [];   // the walk over the ledger would outlive the test
    const fields: Record<string, string> = {};
    for (const [, control = ''] of inside.matchAll(/<input\b([^>]*)>/g)) {
      const name = /name="([^"]+)"/.exec(control)?.[1];
      if (name !== undefined && name !== '_csrf' && !/type="file"/.test(control)) fields[name] ??= plain(/value="([^"]*)"/.exec(control)?.[1] ?? '');
    }
    for (const [, name = '', held = ''] of inside.matchAll(/<textarea\b[^>]*name="([^"]+)"[^>]*>([^<]*)/g)) fields[name] = plain(held);
    for (const [, name = '', options = ''] of inside.matchAll(/<select\b[^>]*name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g)) fields[name] = [...options.matchAll(/value="([^"]+)"/g)].at(-1)?.[1] ?? '';
    return [{ action: plain(action), fields, who, cookie }];
  });
}
