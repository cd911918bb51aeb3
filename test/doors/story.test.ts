import test from 'ava';
import { give, giveMany, type NewConsent } from '../../src/consents/give.ts';
import { registerMany } from '../../src/households/register.ts';
import { newId } from '../../src/kit/id.ts';
import { maskName } from '../../src/kit/mask.ts';
import { calendarNow } from '../../src/calendar/queries.ts';
import { lastDayOfNotice } from '../../src/kit/calendar.ts';
import { atConsole } from '../../src/access/actor.ts';
import { addDays, dayOf, startOf } from '../../src/kit/time.ts';
import { sessionId } from '../../src/people/sessions.ts';
import { keepHouse } from '../../src/store/housekeeping.ts';
import { recordMany } from '../../src/observations/record-many.ts';
import { recordTotals } from '../../src/observations/totals.ts';
import { excuse } from '../../src/rounds/excuse.ts';
import { roundByNo } from '../../src/rounds/round.ts';
import { noticeById } from '../../src/notices/queries.ts';
import { adoptPresets, opening } from '../support/standards.ts';
import { households, memberId, openVillage, placeId, placeNos } from '../support/village.ts';
import { openDoors, type Page, type Visitor } from '../support/visit.ts';

// One village from the empty round to the published roll, by the pages that people use; the middle of it in bulk, as a township would.

const count = 30;
const surnames = Array.from('钱冯褚卫蒋韩尤许何吕施孔曹严华金魏陶姜戚谢邹喻柏窦苏潘葛范彭');
const nameOf = (at: number): string => `${surnames[at] ?? ''}守${'一二三四五六七八九'.charAt(at % 9)}`;
/** They take part and agree to be rated, but not to be named. */
const unnamed: readonly number[] = [4, 11, 17];
const bank = { loanPerformance: 'normal', guarantees: 'none', taxes: 'none', judgmentDefaulter: false } as const;
const told = { villageContracts: 'kept', memberCount: 4, labourCount: 3, mainTrade: 'crops', livelihood: 'steady', tradeSince: 2012, debtBurden: 'light' } as const;

test('a village from its first visit to the public roll, and both titles', async t => {
  t.timeout(120_000);
  const village = await openVillage(t);
  const { office, clock } = village;
  const doors = await openDoors(t, village);
  const [mei, sun, lin, gao, ling, zhang] = [await doors('mei'), await doors('sun'), await doors('lin'), await doors('gao'), await doors('ling'), await doors('zhang')];
  const qinghe = placeId(placeNos.qinghe);
  const anhe = placeId(placeNos.anhe);
  const done = (page: Page, what: string): Page => { t.is(page.status, 303, what); return page; };
  const goTo = async (day: string): Promise<void> => {
    clock.set(startOf(day));
    // Sessions end when nobody uses them; the days pass, the people stay.
    for (const one of [mei, sun, lin, gao, ling, zhang]) await stayIn(one);
  };
  const stayIn = async (one: Visitor): Promise<void> => {
    await keepHouse(office, 'change', 'sessions', [{ id: sessionId(one.cookie.replace('xx_s=', '')), seen_at: clock.now() }]);
  };

  const committee = await village.actor('sun');
  const made = await registerMany(office, committee, Array.from({ length: count }, (_, at) => ({
    villageNo: placeNos.qinghe, groupNo: at < 15 ? placeNos.group1 : placeNos.group2, gridNo: at < 15 ? placeNos.grid1 : placeNos.grid2, address: '', members: [{ name: nameOf(at), relation: 'head' as const, sex: 'male' as const, birthYear: 1965, idMissing: 'unwilling' as const }],
  })));
  const paper = (at: number, kind: 'rate' | 'publish'): NewConsent => ({ member: made[at]?.members[0] ?? '', kind, givenOn: '2026-11-20', how: 'paper' });
  await giveMany(office, committee, made.flatMap((_, at) => [paper(at, 'rate'), ...unnamed.includes(at) ? [] : [paper(at, 'publish')]]));
  await give(office, committee, [{ member: memberId('zhou'), kind: 'publish', givenOn: '2026-11-20', how: 'paper' }]);

  const opened = done(await gao.post('/rounds', Object.fromEntries(Object.entries(opening(await adoptPresets(office))).map(([name, value]) => [name, String(value)]))), 'the round is opened');
  const round: { no: number; id: string } | undefined = await office.read('rounds').first('no', 'id');
  if (round === undefined) { t.fail('a round'); return; }
  t.regex((await gao.get(opened.location ?? '')).body, /34 户参评/);

  // The bank's file, the visits on paper keyed in, and one household through the page.
  const [first] = made;
  await recordMany(office, await village.actor('lin'), made.map(one => ({ subject: one.no, values: bank })), { round: round.no, source: 'bank', batch: newId() });
  await recordTotals(office, await village.actor('lin'), { id: newId(), round: round.no, place: placeNos.qinghe, values: { borrowingHouseholds: 20, noArrearsHouseholds: 20, loanBalance: 900_000, nplBalance: 0 } });
  await recordMany(office, committee, made.slice(1).map((one, at) => ({ subject: one.no, values: { ...told, labourCount: at === 20 ? 0 : 3 } })), { round: round.no, source: 'paper', batch: newId(), power: 'observation.record', signed: { how: 'paper', reason: '' } });
  const sheet = `/observations/${round.id}/${first?.id ?? ''}`;
  const typed = Object.fromEntries(Object.entries(told).map(([key, value]) => [`v-${key}`, String(value)]));
  t.is(done(await mei.post(sheet, { id: newId(), base: '1', then: 'whole', ...typed }), 'Mei saves').location, `${sheet}/check`);
  done(await mei.post(`${sheet}/check`, { how: 'paper', reason: '' }), 'and has it signed');

  done(await lin.post(`/ratings/${round.id}/places/${qinghe}/runs`), 'the village is rated');
  t.deepEqual(await standings(), { open: 3, rated: count });

  const hang = async (who: Visitor, stage: string): Promise<string> => {
    const id = newId();
    done(await who.post('/notices', { id, round: round.id, place: qinghe, stage, where: '村部公示栏', phone: '0517-88000000' }), `the ${stage} notice hangs`);
    return id;
  };
  const runOut = async (who: Visitor, id: string): Promise<void> => {
    t.is((await who.post(`/notices/${id}/end`)).status, 409, 'not before its last day is over');
    await goTo(addDays((await noticeById(office.read, id)).until, 1));
    done(await who.post(`/notices/${id}/end`), 'the notice ends');
  };
  await sit(sun, 'village');
  const notice = await hang(sun, 'village');
  const sheetOfVillage = await (await doors()).get(`/notices/${notice}/public`);
  t.is(sheetOfVillage.status, 200);
  for (const [at] of made.entries()) t.is(sheetOfVillage.body.includes(maskName(nameOf(at)).replaceAll('＊', '<i>＊</i>')) || sheetOfVillage.body.includes(maskName(nameOf(at))), !unnamed.includes(at), nameOf(at));
  await runOut(sun, notice);
  await sit(lin, 'township');
  await runOut(lin, await hang(lin, 'township'));
  await sit(gao, 'approval');
  t.deepEqual(await standings(), { approved: count, open: 3 });

  // Titles: counted from what was approved, applied for below, named above.
  const step = async (who: Visitor, place: string, what: string): Promise<void> => {
    const seq: { mark_seq: number } | undefined = await office.read('cases').join('subjects', 'subjects.no', 'cases.subject').where('subjects.id', place).first('cases.mark_seq');
    done(await who.post(`/titles/${round.id}/${place}/${what}`, { mark_seq: String(seq?.mark_seq ?? 0) }), `${place} ${what}`);
  };
  // Named on the day after everybody had the days to object.
  const days = (await roundByNo(office.read, round.no)).township_days;
  const hungOut = async (): Promise<void> => goTo(addDays(lastDayOfNotice(dayOf(clock.now()), days, await calendarNow(office.read)), 1));
  done(await gao.post(`/ratings/${round.id}/places/${anhe}/count`), 'shares are counted');
  // A title waits for whoever is still under way; who was never at home takes no part this time.
  const apply = `/titles/${round.id}/${qinghe}/apply`;
  t.is((await sun.post(apply, { mark_seq: '0' })).status, 409, 'three households are open');
  const absent: { id: string }[] = await office.read('cases').join('households', 'households.no', 'cases.subject').where({ 'cases.round': round.no, 'cases.standing': 'open' }).select('households.id');
  await excuse(office, atConsole, { round: round.no, households: absent.map(({ id }) => id), reason: 'absent' });
  await step(sun, qinghe, 'apply');
  await step(lin, qinghe, 'review');
  await hungOut();
  await step(zhang, qinghe, 'approve');
  done(await gao.post(`/ratings/${round.id}/places/${anhe}/count`), 'and the township from its villages');
  await step(gao, anhe, 'apply');
  await step(ling, anhe, 'review');
  await hungOut();
  await step(zhang, anhe, 'approve');

  done(await gao.post('/rolls', { round: round.id, place: anhe }), 'the roll is published');
  const anyone = await doors();
  const board = await anyone.get(`/board/${qinghe}`);
  t.is(board.status, 200);
  for (const [at] of made.entries()) {
    t.false(board.body.includes(nameOf(at)), 'no full name');
    t.is(new RegExp(`${surnames[at] ?? ''}(<i>)?＊`).test(board.body), !unnamed.includes(at), nameOf(at));
  }
  t.false(board.body.includes(maskName(households.zhou.head)), 'who was not rated is not on it, consent or not');
  t.regex((await anyone.get(`/board/${anhe}`)).body, /信用村[\s\S]*清河村/);
  t.is((await office.read('certificates').where({ round: round.no })).length, count + 2);
  t.is((await anyone.get(`/wall/${qinghe}`)).status, 200);
  t.is((await anyone.get(`/posters/${qinghe}?paper=a3`)).status, 200);

  async function standings(): Promise<Record<string, number>> {
    const rows: { standing: string; n: number | string }[] = await office.read('cases').join('subjects', 'subjects.no', 'cases.subject').where({ 'subjects.kind': 'household', 'cases.village': placeNos.qinghe }).groupBy('standing').orderBy('standing').select('standing').count({ n: '*' });
    return Object.fromEntries(rows.map(row => [row.standing, Number(row.n)]));
  }

  /** Nobody stands alone in a first round: the rest is passed with the list that the page showed. */
  async function sit(who: Visitor, stage: string): Promise<void> {
    const docket = `/reviews/${round?.id ?? ''}/${qinghe}/${stage}`;
    const page = await who.get(docket);
    t.is(page.status, 200, stage);
    const seen = /name="seen" value="([0-9a-f]+)"/.exec(page.body)?.[1];
    if (seen === undefined) { t.fail(`${stage}: the rest can be passed`); return; }
    t.is((await who.post(docket, { seen })).status, 422, 'the drawn ones are looked at first');
    done(await who.post(docket, { seen, looked: 'yes' }), `${stage} passes the rest`);
  }
});
