import test from 'ava';
import type { Refusal } from '../../src/kit/refusal.ts';
import { dropDraft } from '../../src/standards/draft/drop.ts';
import { put, type Body, type Change } from '../../src/standards/draft/edit/path.ts';
import { finishDraft } from '../../src/standards/draft/finish.ts';
import { bodyAt, draftById, openDrafts, waysOf } from '../../src/standards/draft/queries.ts';
import { revert } from '../../src/standards/draft/revert.ts';
import { revise } from '../../src/standards/draft/revise.ts';
import { skeleton } from '../../src/standards/draft/skeleton.ts';
import { startDraft } from '../../src/standards/draft/start.ts';
import { findingsOn } from '../../src/standards/draft/troubles.ts';
import { keepBases } from '../../src/standards/law/keep.ts';
import { loadStandard } from '../../src/standards/load.ts';
import { openVillage, placeNos, type Person } from '../support/village.ts';
import type { ExecutionContext } from 'ava';

const county = placeNos.county;
const titled = (title: string): Change => body => put(body, ['title'], title);
const head = { path: [], members: ['title', 'base'], address: 'head' } as const;

async function begun(t: ExecutionContext, body: Body = skeleton(2026)) {
  const village = await openVillage(t);
  const xian = await village.actor('xian');
  const { office } = village;
  const id = await startDraft(office, xian, { county, body, origin: '从头写' });
  const now = async () => { const draft = await draftById(office.read, id); return { ...draft, body: await bodyAt(office.read, id, draft.shown) }; };
  return { ...village, xian, id, now };
}

test('Xian begins a draft of her county: its place and the next free version', async t => {
  const { office, xian, id, now, traces } = await begun(t);
  const { body, title, seq } = await now();
  t.like(body, { version: 1, title: '新的评定标准' });
  t.deepEqual(body?.['place'], await office.read('places').where({ no: county }).first('code', 'name'));
  t.deepEqual([title, seq, await traces()], ['新的评定标准', 1, 1]);
  await finishDraft(office, xian, { id, seen: 1 });
  const next = await startDraft(office, xian, { county, body: skeleton(2026), origin: '从头写' });
  t.like(await bodyAt(office.read, next, 1), { version: 2 });
  t.deepEqual((await openDrafts(office.read, [county])).map(draft => draft.id), [next]);
  t.deepEqual(await openDrafts(office.read, [999]), []);
});

test('who has no such post neither begins, edits, takes back, finishes nor drops one, and nothing is left behind', async t => {
  const { office, actor, id, now, traces } = await begun(t);
  const before = await traces();
  for (const who of ['mei', 'gao', 'guan', 'sun'] as readonly Person[]) {
    const own = await actor(who);
    for (const act of [
      () => startDraft(office, own, { county, body: skeleton(2026), origin: '' }), () => revise(office, own, { id, seen: 1, ...head, change: titled('抢') }), () => revert(office, own, { id, seen: 1, way: 'back' }),
      () => finishDraft(office, own, { id, seen: 1 }), () => dropDraft(office, own, { id, isDropped: true }),
    ]) t.is((await t.throwsAsync<Refusal>(act()))?.code, 'not-allowed', who);
  }
  t.is(await traces(), before);
  t.is((await now()).seq, 1);
});

test('an edit is a step; the same again is none; it is taken back and put there again', async t => {
  const { office, xian, id, now, traces } = await begun(t);
  await revise(office, xian, { id, seen: 1, ...head, change: titled('甲') });
  const before = await traces();
  await revise(office, xian, { id, seen: 2, ...head, change: titled('甲') });
  t.is(await traces(), before);
  await revise(office, xian, { id, seen: 2, ...head, change: titled('乙') });
  t.deepEqual(await waysOf(office.read, await now()), { back: 2, forth: undefined });
  await revert(office, xian, { id, seen: 3, way: 'back' });
  t.like(await now(), { title: '甲', seq: 4, shown: 2 });
  await revert(office, xian, { id, seen: 2, way: 'back' });
  t.like(await now(), { title: '新的评定标准', shown: 1 });
  t.is((await t.throwsAsync<Refusal>(revert(office, xian, { id, seen: 1, way: 'back' })))?.code, 'nothing-to-go-back');
  await revert(office, xian, { id, seen: 1, way: 'forth' });
  await revert(office, xian, { id, seen: 2, way: 'forth' });
  t.like(await now(), { title: '乙', shown: 3 });
  t.is((await t.throwsAsync<Refusal>(revert(office, xian, { id, seen: 3, way: 'forth' })))?.code, 'nothing-to-go-back');
  await revert(office, xian, { id, seen: 3, way: 'back' });
  await revise(office, xian, { id, seen: 2, ...head, change: titled('丙') });
  t.like(await now(), { title: '丙', seq: 9 });
  t.deepEqual(await waysOf(office.read, await now()), { back: 2, forth: undefined });
});

test('the later of two on one page is refused; on different pages both go through', async t => {
  const { office, xian, id, now } = await begun(t);
  await revise(office, xian, { id, seen: 1, ...head, change: titled('先来的') });
  t.is((await t.throwsAsync<Refusal>(revise(office, xian, { id, seen: 1, ...head, isTyped: true, change: titled('后来的') })))?.code, 'draft-changed');
  t.is((await t.throwsAsync<Refusal>(revise(office, xian, { id, seen: 1, ...head, change: titled('后来的') })))?.code, 'draft-moved-on', 'a button shows nothing that was typed');
  await revise(office, xian, { id, seen: 1, path: [], members: [], address: 'types', change: body => put(body, ['types', 0], { key: 'late', title: '后来加的' }) });
  await revise(office, xian, { id, seen: 1, path: [], members: ['categories'], address: 'categories', change: body => put(body, ['categories', 0, 'cap'], 50) });
  t.like((await now()).body, { title: '先来的', categories: [{ cap: 50 }], types: [{ key: 'late' }] });
  t.is((await t.throwsAsync<Refusal>(revert(office, xian, { id, seen: 2, way: 'back' })))?.code, 'draft-moved-on');
  t.is((await t.throwsAsync<Refusal>(finishDraft(office, xian, { id, seen: 2 })))?.code, 'draft-moved-on');
});

test('what must be mended is mended before it is finished; then it is a kept standard and changes no more', async t => {
  const { office, xian, id, now, traces } = await begun(t);
  await revise(office, xian, { id, seen: 1, path: ['examples', 0], address: 'examples.0', change: body => put(body, ['examples', 0, 'total'], 91) });
  t.is((await t.throwsAsync<Refusal>(finishDraft(office, xian, { id, seen: 2 })))?.code, 'draft-not-ready');
  await revert(office, xian, { id, seen: 2, way: 'back' });
  const hash = await finishDraft(office, xian, { id, seen: 1 });
  t.is((await loadStandard(office.read, hash)).standard.title, '新的评定标准');
  const before = await traces();
  t.is(await finishDraft(office, xian, { id, seen: 1 }), hash);
  t.is(await traces(), before);
  t.is((await now()).standard, hash);
  for (const act of [() => revise(office, xian, { id, seen: 1, ...head, change: titled('再改') }), () => revert(office, xian, { id, seen: 1, way: 'back' }), () => dropDraft(office, xian, { id, isDropped: true })]) t.is((await t.throwsAsync<Refusal>(act()))?.code, 'draft-closed');
});

test('a draft with a list that is too long is not kept', async t => {
  const { office, xian, id } = await begun(t);
  const long = Array.from({ length: 401 }, (_, n) => ({ key: `c${n}` }));
  t.is((await t.throwsAsync<Refusal>(revise(office, xian, { id, seen: 1, path: [], members: ['checks'], address: 'checks', change: body => put(body, ['checks'], long) })))?.code, 'draft-too-long');
});

test('a legal basis that the register calls otherwise keeps a draft from being finished, and is told at its page', async t => {
  const { office, xian, id, now } = await begun(t);
  await keepBases(office, xian, [{ id: 'pipl-13', law: '另一部法', article: '第九条', level: 'law', validFrom: '2021-11-01' }]);
  t.is((await t.throwsAsync<Refusal>(finishDraft(office, xian, { id, seen: 1 })))?.code, 'draft-not-ready');
  const { troubles } = await findingsOn(office.read, (await now()).body ?? {});
  t.like(troubles, { length: 1, 0: { kind: 'law', address: 'legalBases.0' } });
  await keepBases(office, xian, [{ id: 'pipl-13', law: '中华人民共和国个人信息保护法', article: '第十三条', level: 'law', validFrom: '2021-11-02' }]);
  t.is((await finishDraft(office, xian, { id, seen: 1 })).length, 64);
});

test('a dropped draft is out of the list, changes no more, and comes back', async t => {
  const { office, xian, id, traces } = await begun(t);
  await dropDraft(office, xian, { id, isDropped: true });
  const before = await traces();
  await dropDraft(office, xian, { id, isDropped: true });
  t.is(await traces(), before);
  t.deepEqual(await openDrafts(office.read, [county]), []);
  t.is((await t.throwsAsync<Refusal>(revise(office, xian, { id, seen: 1, ...head, change: titled('改') })))?.code, 'draft-closed');
  await dropDraft(office, xian, { id, isDropped: false });
  t.is((await openDrafts(office.read, [county])).length, 1);
});

test('only the last sixty states are kept to go back to', async t => {
  const { office, xian, id, now } = await begun(t);
  for (let n = 1; n <= 62; n++) await revise(office, xian, { id, seen: n, ...head, change: titled(`第${n}稿`) });
  t.is((await office.read('draft_bodies').where({ draft: id }).select('seq')).length, 60);
  t.is((await now()).title, '第62稿');
  t.is(await bodyAt(office.read, id, 3), undefined);
});
