import test from 'ava';
import { anyone } from '../../src/access/actor.ts';
import { withdraw } from '../../src/consents/withdraw.ts';
import { register } from '../../src/households/register.ts';
import { revise } from '../../src/households/revise.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { postNotice } from '../../src/notices/post.ts';
import { answerObjection } from '../support/answering.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { recordSheet } from '../../src/observations/record.ts';
import { docketOf } from '../../src/panels/docket.ts';
import { passRest } from '../../src/panels/pass.ts';
import { appoint } from '../../src/people/appoint.ts';
import { closeAccount } from '../../src/people/close-account.ts';
import { registerOfficers } from '../../src/people/register-officers.ts';
import { resetPassword } from '../../src/people/secure.ts';
import { signIn } from '../../src/people/sign-in.ts';
import { establish } from '../../src/places/establish.ts';
import { placeByNo, placeSubject } from '../../src/places/queries.ts';
import { publish } from '../../src/rolls/publish.ts';
import { open } from '../../src/rounds/open.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { inUnit } from '../../src/store/unit.ts';
import { openCollecting } from '../support/collecting.ts';
import { family } from '../support/people.ts';
import { roundNo, roundUnderWay } from '../support/round.ts';
import { adoptPresets, opening } from '../support/standards.ts';
import { households, officerId, openVillage, password, placeId, placeNos as P } from '../support/village.ts';

// Two people at the same thing in the same moment: one wins, the other is told, and nothing is overwritten.

const { zhou } = households;

/** How each ended: done, or the code of its refusal. */
/** Who of two comes first is chance; how many may win is not: the ends in alphabetical order. */
async function ends(...acts: readonly Promise<unknown>[]): Promise<readonly string[]> { return (await together(...acts)).toSorted(); }

async function together(...acts: readonly Promise<unknown>[]): Promise<readonly string[]> {
  const ends = await Promise.allSettled(acts);
  return ends.map(end => end.status === 'fulfilled' ? 'done' : String((end.reason as Refusal).code ?? end.reason));
}

test('two corrections of one household: the second is told that it changed', async t => {
  const { office, actor, traces } = await openVillage(t);
  const [mei, sun] = [await actor('mei'), await actor('sun')];
  const given = { id: zhou.id, rev: 1, groupNo: P.group1, gridNo: P.grid1 };
  t.deepEqual(await ends(revise(office, mei, { ...given, address: '庄台路 11 号' }), revise(office, sun, { ...given, address: '庄台路 12 号' })), ['changed-meanwhile', 'done']);
  const kept: { address: string; rev: number } = await office.read('households').where({ id: zhou.id }).first('address', 'rev');
  t.regex(kept.address, /^庄台路 1[12] 号$/);
  t.is(kept.rev, 2);
  t.is(await traces(), 1);
});

test('many register in one village: every number once', async t => {
  const { office, actor } = await openVillage(t);
  const sun = await actor('sun');
  const all = await together(...Array.from({ length: 30 }, (_, at) => register(office, sun, family('林海波', { sequence: at * 7 + 1 }))));
  t.deepEqual([...new Set(all)], ['done']);
  const rows: { household_no: number; no: number }[] = await office.read('households').where({ village_no: P.qinghe }).select('household_no', 'no');
  t.is(new Set(rows.map(row => row.household_no)).size, 33);
  t.is(new Set(rows.map(row => row.no)).size, 33);
});

test('one form pressed twice, and the same ID number from two forms', async t => {
  const { office, actor, traces } = await openVillage(t);
  const [mei, sun] = [await actor('mei'), await actor('sun')];
  const given = family('林海波', { id: newId() });
  t.deepEqual(await together(register(office, mei, given), register(office, mei, given)), ['done', 'done']);
  t.is(await traces(), 1);
  t.deepEqual(await ends(register(office, mei, family('石大江', { sequence: 40 })), register(office, sun, family('石大江', { sequence: 40 }))), ['done', 'id-number-taken']);
});

test('two saves of one sheet are one; two people’s sheets are both kept', async t => {
  const { office, actor, round } = await openCollecting(t);
  const [mei, sun] = [await actor('mei'), await actor('sun')];
  const given = { id: newId(), round: round.no, household: zhou.id, base_seq: 0, source: 'grid', values: { memberCount: 4 } } as const;
  t.deepEqual(await together(recordSheet(office, mei, given), recordSheet(office, mei, given), recordSheet(office, sun, { ...given, id: newId(), source: 'village', values: { labourCount: 2 } })), ['done', 'done', 'done']);
  t.is((await office.read('sheets').where({ subject: zhou.no }).select('seq')).length, 2);
  t.is((await office.read('current_values').where({ subject: zhou.no }).select('indicator')).length, 2);
});

test('one docket passed twice', async t => {
  const village = await openVillage(t);
  const { office, actor } = village;
  await roundUnderWay(office, { zhou: { standing: 'rated', grade: 1 }, wu: { standing: 'rated', grade: 2, points: 7_500 } });
  const sitting = { round: await roundByNo(office.read, roundNo), village: await placeByNo(office.read, P.qinghe), stage: 'village' } as const;
  const { seen } = await docketOf(office.read, sitting);
  const sun = await actor('sun');
  const [one, other] = await ends(passRest(office, sun, { ...sitting, seen, looked: true }), passRest(office, sun, { ...sitting, seen, looked: true }));
  t.is([one, other].filter(end => end === 'done').length, 1);
  t.regex([one, other].find(end => end !== 'done') ?? '', /^(changed-meanwhile|docket-\w+)$/);
  t.is((await office.read('marks').where({ round: roundNo }).select('seq')).length, 2);
});

test('one notice hung twice, and a roll published twice', async t => {
  const { office, actor } = await openVillage(t);
  await roundUnderWay(office, { zhou: { standing: 'preliminary', grade: 0 }, wang: { standing: 'approved', grade: 1 } });
  const round = await roundByNo(office.read, roundNo);
  const [sun, gao, anhe, qinghe] = [await actor('sun'), await actor('gao'), await placeByNo(office.read, P.anhe), await placeByNo(office.read, P.qinghe)];
  const notice = { id: newId(), round, village: qinghe, stage: 'village', where: '村部公示栏', phone: '0517-88000000' } as const;
  const posted = await ends(postNotice(office, sun, notice), postNotice(office, sun, notice), postNotice(office, sun, { ...notice, id: newId() }));
  // The same form twice is one notice; the other form finds nothing left, or was first and leaves nothing to these two.
  t.true([['done', 'done', 'nothing-to-post'].join(), ['done', 'nothing-to-post', 'nothing-to-post'].join()].includes(posted.join()), posted.join());
  t.is((await office.read('notices').select('id')).length, 1);
  t.deepEqual(await ends(publish(office, gao, { round, place: anhe }), publish(office, gao, { round, place: anhe })), ['done', 'nothing-to-publish']);
  t.is((await office.read('certificates').select('no')).length, 1);
});

test('a consent withdrawn, or an objection lodged, while the roll is being published: no name slips through', async t => {
  const { office, actor } = await openVillage(t);
  await roundUnderWay(office, { zhou: { standing: 'approved', grade: 0 }, wu: { standing: 'approved', grade: 1 } });
  const round = await roundByNo(office.read, roundNo);
  const [sun, gao, anhe] = [await actor('sun'), await actor('gao'), await placeByNo(office.read, P.anhe)];
  // Somebody is at the household first, so that the publication waits for the withdrawal that comes right after it.
  const ends = await together(
    inUnit(office, sun, [`household:${zhou.id}`], async unit => {
      const village = placeSubject(await placeByNo(unit.read, P.qinghe));
      unit.require('household.keep', village);
      await new Promise(resolve => { setTimeout(resolve, 60); });
      return unit.nothingNew(village);
    }),
    withdraw(office, sun, { consent: 'consent-zhou-publish' }),
    new Promise(resolve => { setTimeout(resolve, 20); }).then(() => publish(office, gao, { round, place: anhe })),
  );
  t.deepEqual(ends, ['done', 'done', 'done']);
  const shown: { shown: string }[] = await office.read('roll_entries').select('shown');
  t.deepEqual(shown.map(row => row.shown), ['吴＊兰']);
});

test('an objection answered twice, and lodged while it is answered', async t => {
  const { office, actor } = await openVillage(t);
  await roundUnderWay(office, { zhou: { standing: 'village-noticed', grade: 1 } });
  const sun = await actor('sun');
  const objection = { id: newId(), round: roundNo, subject: zhou.no, notice: null, about: 'rating', words: '家里劳力少算了一个', name: undefined, contact: undefined, how: 'web' } as const;
  await lodgeObjection(office, anyone, objection);
  const answer = { id: objection.id, outcome: 'kept', words: '核过了，两个劳力' } as const;
  t.deepEqual(await ends(answerObjection(office, sun, answer), answerObjection(office, sun, answer), lodgeObjection(office, anyone, { ...objection, id: newId() })), ['done', 'done', 'objection-answered']);
  t.is((await caseOf(office.read, roundNo, zhou.no)).held, 1);
});

test('one login, one post, one round, one place: each only once', async t => {
  const { office, actor } = await openVillage(t);
  const [guan, gao] = [await actor('guan'), await actor('gao')];
  const fang = [{ login: 'fang', name: '方晓', posts: [{ role: 'gridWorker', placeNo: P.grid3 }] }] as const;
  t.deepEqual(await ends(registerOfficers(office, guan, fang), registerOfficers(office, guan, fang)), ['done', 'login-taken']);
  const post = { officer: officerId('bo'), role: 'gridWorker', placeNo: P.grid1, since: '2026-11-23' } as const;
  t.deepEqual(await ends(appoint(office, guan, post), appoint(office, guan, post)), ['done', 'post-held']);
  const given = opening(await adoptPresets(office));
  t.deepEqual(await ends(open(office, gao, given), open(office, gao, given)), ['done', 'round-open-already']);
  const group = { parent: placeId(P.qinghe), kind: 'group', places: [{ name: '第9组' }], day: '2026-11-23', reason: '新分出来' } as const;
  t.deepEqual(await ends(establish(office, guan, group), establish(office, guan, group)), ['done', 'place-name-taken']);
});

test('a sign-in that is under way does not outlive a new password or a closed account', async t => {
  const { office, actor } = await openVillage(t);
  const [an, guan] = [await actor('an'), await actor('guan')];
  const sessions = async (): Promise<number> => (await office.read('sessions').where({ officer: officerId('bo') }).select('id')).length;
  const [signed, reset] = await together(signIn(office, { login: 'bo', password }), resetPassword(office, an, officerId('bo')));
  t.is(reset, 'done');
  t.true(['done', 'wrong-password'].includes(String(signed)), 'whichever came first');
  t.is(await sessions(), 0);
  const [, closed] = await together(signIn(office, { login: 'mei', password }), closeAccount(office, guan, { officer: officerId('mei'), reason: '调走' }));
  t.is(closed, 'done');
  t.is((await office.read('sessions').where({ officer: officerId('mei') }).select('id')).length, 0);
});
