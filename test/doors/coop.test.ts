import test from 'ava';
import { withdraw } from '../../src/consents/withdraw.ts';
import { placeByNo } from '../../src/places/queries.ts';
import { publish } from '../../src/rolls/publish.ts';
import { lodgeObjection } from '../../src/objections/lodge.ts';
import { objectionById } from '../../src/objections/queries.ts';
import { caseOf, roundByNo } from '../../src/rounds/round.ts';
import { checking } from '../support/answering.ts';
import { roundId, roundNo, roundUnderWay } from '../support/round.ts';
import { households, memberId, openVillage, placeNos, type Village } from '../support/village.ts';
import { openDoors } from '../support/visit.ts';
import { openCollected, toApproval, walk } from '../support/rating.ts';
import { newId } from '../../src/kit/id.ts';
import { giveStatement } from '../../src/statements/give.ts';
import { rateRound } from '../../src/ratings/rate.ts';

async function given(village: Village): Promise<void> {
  await roundUnderWay(village.office, { zhou: { standing: 'approved', grade: 1 }, wu: { standing: 'approved', grade: 0 } });
  await village.office.store.write('consents').insert({
    id: 'share-zhou', household: households.zhou.id, member: memberId('zhou'), kind: 'share', bank: 'bank-1', text_version: '1', given_on: '2026-10-01', how: 'paper', mandate: null, evidence: null, salt: 's', at: '2026-10-01T00:00:00.000Z', by: 'console', unit: 0,
  });
  await publish(village.office, await village.actor('gao'), { round: await roundByNo(village.office.read, roundNo), place: await placeByNo(village.office.read, placeNos.anhe) });
}

test('the bank sees who agreed to share with it, and a grade only after a purpose; every look is kept', async t => {
  const village = await openVillage(t);
  await given(village);
  const wei = await (await openDoors(t, village))('wei');
  const list = await wei.get('/coop');
  t.regex(list.body, /周大山/);
  t.notRegex(list.body, /吴秀兰|class="grade/);
  t.is((await wei.post('/coop', { household: households.zhou.id })).status, 422);
  const result = await wei.post('/coop', { household: households.zhou.id, purpose: 'beforeLoan' });
  t.is(result.status, 200);
  t.regex(result.body, /2026年度 AA 良好/);
  t.notRegex(result.body, /85\.00|8500/);
  t.deepEqual(await village.office.read('lookups').select('subject', 'found', 'purpose'), [{ subject: households.zhou.no, found: 1, purpose: 'beforeLoan' }]);
  t.regex((await wei.get('/coop/lookups')).body, /办贷款前了解情况/);

  // The household may object to the look itself: it goes to that bank, and holds nothing of the result.
  const hua = await (await openDoors(t, village))('hua');
  const { id: look } = await village.office.read('lookups').first('id') as { id: string };
  const about = `lookup:${look}`;
  t.regex((await hua.get(`/objections/new?subject=${households.zhou.id}`)).body, new RegExp(`value="${about}">2026-11-23 样板农村商业银行查看（办贷款前了解情况）`));
  const id = newId();
  const lodged = await hua.post('/objections', { id, round: roundId, subject: households.zhou.id, how: 'hall', about, words: '我没有去办贷款', name: '周大山', contact: '' });
  t.is(lodged.location?.split('?')[0], `/objections/${id}`);
  t.like(await objectionById(village.office.read, id), { bank: 'bank-1', due_on: '2026-12-14' });
  t.is((await caseOf(village.office.read, roundNo, households.zhou.no)).held, 0);
  t.regex((await hua.get(`/households/${households.zhou.id}`)).body, /办贷款前了解情况（有异议，核查中）/);
  t.regex((await wei.get(`/coop/objections/${id}`)).body, /我没有去办贷款[\s\S]*2026-11-23 样板农村商业银行查看/);
  t.regex((await hua.get(`/objections/${id}/letter`)).body, /银行的一次查看/);
  t.is((await wei.post(`/coop/objections/${id}/answer`, { ...checking, outcome: 'upheld', words: '点错了人，已经提醒经办人' })).status, 303);
  t.like(await caseOf(village.office.read, roundNo, households.zhou.no), { standing: 'published', held: 0 });
  t.notRegex((await hua.get(`/households/${households.zhou.id}`)).body, /有异议，核查中/);
  t.is((await hua.post('/objections', { id: newId(), round: roundId, subject: households.wu.id, how: 'hall', about, words: '别家的', name: '', contact: '' })).status, 422, 'a look at another household');
});

test('what raised and lowered the grade is told as codes of blocks, and only to a bank that everybody signed this for', async t => {
  const village = await openCollected(t);
  const gao = await village.actor('gao');
  await rateRound(village.office, gao, { round: village.round.no });
  await walk(village, [households.zhou.no], toApproval);
  const consent = { household: households.zhou.id, member: memberId('zhou'), kind: 'share', bank: 'bank-1', given_on: '2026-10-01', how: 'paper', mandate: null, evidence: null, salt: 's', at: '2026-10-01T00:00:00.000Z', by: 'console', unit: 0 };
  await village.office.store.write('consents').insert({ ...consent, id: 'share-old', text_version: 'share-2026-1' });
  await publish(village.office, gao, { round: await roundByNo(village.office.read, village.round.no), place: await placeByNo(village.office.read, placeNos.anhe) });
  const wei = await (await openDoors(t, village))('wei');
  const look = async (): Promise<string> => (await wei.post('/coop', { household: households.zhou.id, purpose: 'beforeLoan' })).body;
  const say = (about: string, words: string) => giveStatement(village.office, gao, { id: newId(), round: village.round.no, household: households.zhou.id, about, words });
  await say('rating', '等级评得公道');
  await say('value:loanPerformance', '每月都按时还');
  await say('value:livelihood', '常年做瓦工');
  const before = await look();
  t.regex(before, /等级评得公道/);
  t.notRegex(before, /按时还|瓦工/, 'only what is said to what is told');
  t.regex(before, /AA 良好/);
  t.notRegex(before, /拉高|拉低/, 'the old text gave the grade alone');
  await village.office.store.write('consents').insert({ ...consent, id: 'share-new', text_version: 'share-2026-2' });
  t.notRegex(before, /有异议/);
  await lodgeObjection(village.office, gao, { id: newId(), round: village.round.no, subject: households.zhou.no, notice: null, about: 'value:livelihood', words: '不是常年', name: undefined, contact: undefined, how: 'hall' });
  const after = await look();
  t.regex(after, /有异议，核查中/);
  t.regex(after, /每月都按时还/);
  t.notRegex(after, /瓦工/);
  t.regex(after, /1\+<\/span><\/dt><dd>拉高最多的一类：履约/);
  t.regex(after, /4-<\/span><\/dt><dd>拉低最多的一类：公益/);
  t.notRegex(after.replace(/<[^>]*>/g, ' '), /\b84\b|义务劳动|贷款履约|欠账/, 'in words; an id may hold any number');
});

test('without consent to this bank the answer is neutral, and the try is kept', async t => {
  const village = await openVillage(t);
  await given(village);
  const wei = await (await openDoors(t, village))('wei');
  const page = await wei.post('/coop', { household: households.wu.id, purpose: 'beforeLoan' });
  t.is(page.status, 404);
  t.regex(page.body, /都不说明信用不好/);
  t.notRegex(page.body, /AAA/);
  t.is((await village.office.read('lookups').where({ found: 0 }).select('id')).length, 1);
  const looks = (await wei.get('/coop/lookups')).body;
  t.true(looks.includes('没有授权'));
  t.notRegex(looks, /吴/, 'a look that found nothing tells nothing');
});

test('a consent withdrawn closes the look at once', async t => {
  const village = await openVillage(t);
  await given(village);
  const wei = await (await openDoors(t, village))('wei');
  await withdraw(village.office, await village.actor('sun'), { consent: 'share-zhou' }, []);
  t.notRegex((await wei.get('/coop')).body, /周大山/);
  t.is((await wei.post('/coop', { household: households.zhou.id, purpose: 'beforeLoan' })).status, 404);
});

test('nobody but the bank looks through this window', async t => {
  const village = await openVillage(t);
  await given(village);
  const doors = await openDoors(t, village);
  for (const who of ['mei', 'sun', 'gao', 'shen', 'guan'] as const) {
    const visitor = await doors(who);
    for (const path of ['/coop', '/coop/villages', '/coop/lookups']) t.is((await visitor.get(path)).status, 403, `${who} ${path}`);
    t.is((await visitor.post('/coop', { household: households.zhou.id, purpose: 'beforeLoan' })).status, 403, who);
  }
  t.is((await village.office.read('lookups').select('id')).length, 0);
});
