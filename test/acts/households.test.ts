import test from 'ava';
import type { Actor } from '../../src/access/actor.ts';
import type { Faults } from '../../src/kit/faults.ts';
import { newId } from '../../src/kit/id.ts';
import type { Refusal } from '../../src/kit/refusal.ts';
import { changeHead } from '../../src/households/change-head.ts';
import { correct, join, part } from '../../src/households/people.ts';
import { householdHistory } from '../../src/households/queries.ts';
import { loadHousehold } from '../../src/households/load.ts';
import { register, registerMany } from '../../src/households/register.ts';
import { reveal } from '../../src/households/reveal.ts';
import { revise } from '../../src/households/revise.ts';
import { family, person } from '../support/people.ts';
import { households, openVillage, placeNos, type Village } from '../support/village.ts';

const code = async (t: { throwsAsync: (run: () => Promise<unknown>) => Promise<unknown> }, run: () => Promise<unknown>): Promise<string> => ((await t.throwsAsync(run)) as Refusal).code;
const registered = async (village: Village, head = '周小海') => register(village.office, await village.actor('mei'), family(head));

test('Mei registers a household: it gets the next number, is sealed, and leaves a trace', async t => {
  const village = await openVillage(t);
  const made = await registered(village);
  t.is(made.householdNo, 4);
  const { row, members } = await loadHousehold(village.office.read, made.id);
  t.is(row.head_name, '周小海');
  t.is(row.people, 3);
  t.true(members[0]?.numbers_sealed?.startsWith('v1.'));
  t.false(JSON.stringify(members).includes('16000000001'));
  t.is(members[2]?.name, '', 'of a child only relation and birth year are kept');
  t.is(members[2]?.id_missing, null);
  t.is(await village.traces(), 1);
  const search: { name_search: string } = await village.office.read('households').where({ id: made.id }).first('name_search');
  t.regex(search.name_search, / zhouxiaohai /);
  t.regex(search.name_search, / zxh /);
});

test('the same household sent twice is one household', async t => {
  const village = await openVillage(t);
  const mei = await village.actor('mei');
  const given = family('周小海', { id: newId() });
  const first = await register(village.office, mei, given);
  t.deepEqual(await register(village.office, mei, given), first);
  t.is(await village.traces(), 1);
});

test('Bo cannot register in Mei’s grid, and nothing is left behind', async t => {
  const village = await openVillage(t);
  t.is(await code(t, async () => register(village.office, await village.actor('bo'), family('周小海'))), 'not-allowed');
  t.is(await village.traces(), 0);
  t.is((await village.office.read('households')).length, 4);
});

test('faults come all at once, each at its field, and of a list with its row', async t => {
  const village = await openVillage(t);
  const sun = await village.actor('sun');
  const bad = family('周小海', { members: [person('', { relation: 'head', idNumber: '123', birthYear: 1970 })] });
  const one = await t.throwsAsync<Faults>(register(village.office, sun, bad));
  t.deepEqual(one?.faults.map(fault => `${fault.field} ${fault.code}`), ['name missing', 'id_number length']);
  const many = await t.throwsAsync<Faults>(registerMany(village.office, sun, [family('好人家'), bad]));
  t.deepEqual(many?.faults.map(fault => fault.field), ['1.members.0.name', '1.members.0.id_number']);
  t.is(await village.traces(), 0);
});

test('a household has one head, and a number that says another birth or sex is questioned', async t => {
  const village = await openVillage(t);
  const sun = await village.actor('sun');
  const none = await t.throwsAsync<Faults>(register(village.office, sun, family('周', { members: [person('周小海')] })));
  t.deepEqual(none?.faults.map(fault => fault.code), ['head']);
  const differs = await t.throwsAsync<Faults>(register(village.office, sun, family('周', { members: [{ ...person('周小海', { relation: 'head' }), birthYear: 1981, sex: 'female' }] })));
  t.deepEqual(differs?.faults.map(fault => fault.field), ['birth_year', 'sex']);
});

test('an ID number belongs to one living person; who may see the other household is told where', async t => {
  const village = await openVillage(t);
  await registered(village);
  const again = family('周小江', { members: [person('周小江', { relation: 'head', sequence: 1 })] });
  const refusal = await t.throwsAsync<Refusal>(async () => register(village.office, await village.actor('mei'), again));
  t.is(refusal?.code, 'id-number-taken');
  t.regex(refusal?.words ?? '', /清河村 004 号户/);
  const stranger = await t.throwsAsync<Refusal>(async () => register(village.office, await village.actor('bo'), { ...again, groupNo: placeNos.group2, gridNo: placeNos.grid2 }));
  t.regex(stranger?.words ?? '', /另一户/);
  await t.notThrowsAsync(async () => register(village.office, await village.actor('mei'), again, { despite: true }));
});

test('a number given is kept, and refused when it is taken; group and grid must be of the village', async t => {
  const village = await openVillage(t);
  const sun = await village.actor('sun');
  t.is((await register(village.office, sun, family('周小海', { householdNo: 88 }))).householdNo, 88);
  t.is(await code(t, () => register(village.office, sun, family('吴小海', { householdNo: 88, sequence: 7 }))), 'household-number-taken');
  t.is((await register(village.office, sun, family('吴小海', { sequence: 7 }))).householdNo, 89);
  t.is(await code(t, () => register(village.office, sun, family('郑小海', { sequence: 9, groupNo: placeNos.group3 }))), 'place-elsewhere');
});

test('many households are one unit with one entry for the village', async t => {
  const village = await openVillage(t);
  const made = await registerMany(village.office, await village.actor('sun'), Array.from({ length: 30 }, (_, at) => family(`周${'一二三四五六七八九十'[at % 10]}`, { sequence: at + 1 })));
  t.deepEqual(made.map(one => one.householdNo), Array.from({ length: 30 }, (_, at) => at + 4));
  t.is(await village.traces(), 1);
});

test('address, group and grid are corrected; an older page is told so, the same once more changes nothing', async t => {
  const village = await openVillage(t);
  const sun: Actor = await village.actor('sun');
  const change = { id: households.zhou.id, rev: 1, address: '庄台路 9 号', groupNo: placeNos.group2, gridNo: placeNos.grid2 };
  const moved: number[] = [];
  await revise(village.office, sun, change, [{ moved: async (_unit, household) => { moved.push(household.grid_no ?? 0); } }]);
  t.deepEqual(moved, [placeNos.grid2]);
  await revise(village.office, sun, change);
  t.is(await village.traces(), 1);
  t.is(await code(t, () => revise(village.office, sun, { ...change, address: '另一处' })), 'changed-meanwhile');
  t.is(await code(t, async () => revise(village.office, await village.actor('mei'), { ...change, rev: 2, address: '另一处' })), 'not-allowed', 'the household is no longer in her grid');
  const [event] = await householdHistory(village.office.read, households.zhou.id);
  t.is(event?.kind, 'revised');
  t.regex(event?.body ?? '', /庄台路 9 号/);
});

test('Mei cannot push a household into a grid she does not reach', async t => {
  const village = await openVillage(t);
  t.is(await code(t, async () => revise(village.office, await village.actor('mei'), { id: households.zhou.id, rev: 1, address: '', groupNo: placeNos.group1, gridNo: placeNos.grid2 })), 'not-allowed');
});

test('somebody joins, is corrected and parts; the history never holds a number', async t => {
  const village = await openVillage(t);
  const mei = await village.actor('mei');
  const id = await join(village.office, mei, { household: households.zhou.id, rev: 1, member: person('周小燕', { relation: 'daughterInLaw', sex: 'female', birthYear: 1998 }) });
  await correct(village.office, mei, { household: households.zhou.id, rev: 2, id, member: { name: '周晓燕', relation: 'daughterInLaw', sex: 'female', birthYear: 1998, phone: '16000000099', away: true } });
  const after = (await loadHousehold(village.office.read, households.zhou.id)).members[1];
  t.is(after?.name, '周晓燕');
  t.is(after?.away, 1);
  t.truthy(after?.numbers_sealed, 'a number left blank is kept');
  await part(village.office, mei, { household: households.zhou.id, rev: 3, member: id, reason: 'married', on: '2026-11-01' });
  const history = await householdHistory(village.office.read, households.zhou.id);
  t.deepEqual(history.map(one => one.kind), ['parted', 'changed', 'joined']);
  t.false(JSON.stringify(history).includes('16000000099'));
  t.regex(history[1]?.body ?? '', /"phone":"changed"/);
  t.is((await loadHousehold(village.office.read, households.zhou.id)).row.people, 1);
  t.is(await code(t, () => correct(village.office, mei, { household: households.zhou.id, rev: 4, id, member: person('谁') })), 'not-a-member');
});

test('the head parts only after another has become head', async t => {
  const village = await openVillage(t);
  const mei = await village.actor('mei');
  const made = await registered(village);
  const [head = '', wife = '', child = ''] = made.members;
  t.is(await code(t, () => part(village.office, mei, { household: made.id, rev: 1, member: head, reason: 'died', on: '2026-11-01' })), 'head-stays');
  t.is(await code(t, () => changeHead(village.office, mei, { household: made.id, rev: 1, head: child, relations: {} })), 'faults');
  await changeHead(village.office, mei, { household: made.id, rev: 1, head: wife, relations: { [head]: 'spouse', [child]: 'daughter' } });
  const after = await loadHousehold(village.office.read, made.id);
  t.is(after.row.head_name, '周小梅');
  t.deepEqual(after.living.map(member => member.relation), ['head', 'spouse', 'daughter']);
  await part(village.office, mei, { household: made.id, rev: 2, member: head, reason: 'died', on: '2026-11-01' });
});

test('a number is opened with a reason that is kept, by those who may', async t => {
  const village = await openVillage(t);
  const made = await registered(village);
  const look = { household: made.id, member: made.members[0] ?? '', field: 'phone' as const, reason: '通知本人来补材料' };
  t.is(await reveal(village.office, await village.actor('sun'), look), '16000000001');
  t.is((await village.office.read('reveals').first('reason'))?.reason, look.reason);
  t.is(await code(t, async () => reveal(village.office, await village.actor('mei'), look)), 'not-allowed');
  t.is(await code(t, async () => reveal(village.office, await village.actor('sun'), { ...look, reason: '' })), 'faults');
  t.is((await village.office.read('reveals')).length, 1);
});
