import { fault, taken } from '../kit/faults.ts';
import { form, typed } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { reach } from '../access/may.ts';
import { close, reopen } from './close.ts';
import { forget } from './forget.ts';
import { closeForm, optionsOf, placeNo, villageField, whereFields } from './form.ts';
import { callOf, isAdult, numberText, relations } from './household.ts';
import type { Loaded } from './load.ts';
import { merge } from './merge.ts';
import { move } from './move.ts';
import { relationsTyped } from './people-pages.ts';
import { findHouseholds } from './queries.ts';
import { split } from './split.ts';
import { crumbsOf, householdFor, placesFor, titleOf, usesTablet } from './visiting.ts';

const { head: _head, ...others } = relations;
const relationOptions = [{ value: '', label: '其他亲属' }, ...optionsOf(others).map(option => ({ value: option.key, label: option.label }))];

/** What every page of a great change shows: where one is, and which state of the household the person saw. */
async function frame(visit: Visit, loaded: Loaded, heading: string, trouble?: Trouble) {
  return {
    title: heading, heading, tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded, heading), base: `/households/${loaded.row.id}`,
    rev: visit.method === 'GET' || trouble?.code === 'changed-meanwhile' ? loaded.row.rev : typed(visit.raw, 'rev'),
  };
}
const rev = (visit: Visit): number => Number(typed(visit.raw, 'rev'));
const listOf = (visit: Visit, name: string): readonly string[] => { const value = visit.raw[name]; return Array.isArray(value) ? value.map(String) : typed(visit.raw, name) === '' ? [] : [typed(visit.raw, name)]; };
const memberRelations = (visit: Visit, members: Loaded['living']) => members.map(member => ({ name: `relation-${member.id}`, label: callOf(member), value: typed(visit.raw, `relation-${member.id}`), options: relationOptions }));

async function showSplit(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const loaded = await householdFor(visit, 'household.reshape');
  const places = await placesFor(visit, 'household.reshape', loaded.row.village_no);
  const movable = loaded.living.filter(member => member.relation !== 'head');
  const chosen = listOf(visit, 'members');
  const known = { group: String(loaded.row.group_no ?? ''), grid: String(loaded.row.grid_no ?? ''), address: '' };
  const faultOf = (field: string): string | undefined => trouble?.faults.find(one => one.field === field)?.say;
  return page('households/split', {
    ...await frame(visit, loaded, '分户', trouble), id: isId(typed(visit.raw, 'id')) ? typed(visit.raw, 'id') : newId(), hasMovable: movable.some(member => isAdult(member.birth_year, visit.day)),
    people: movable.map(member => ({ name: 'members', value: member.id, label: callOf(member), hint: `${relations[member.relation]}，${member.birth_year} 年生`, checked: chosen.includes(member.id) })), membersFault: faultOf('members'),
    heads: movable.filter(member => isAdult(member.birth_year, visit.day)).map(member => ({ value: member.id, label: callOf(member), checked: typed(visit.raw, 'head') === member.id })), headFault: faultOf('head'),
    relations: memberRelations(visit, movable), form: formModel(form(whereFields(places.groups, places.grids)), { raw: visit.method === 'POST' ? visit.raw : known, faults: trouble?.faults ?? [] }),
  });
}

async function saveSplit(visit: Visit): Promise<Reply> {
  const loaded = await householdFor(visit, 'household.reshape');
  const places = await placesFor(visit, 'household.reshape', loaded.row.village_no);
  const where = taken(form(whereFields(places.groups, places.grids)), visit.raw);
  const id = typed(visit.raw, 'id');
  const made = await split(visit.office, visit.actor, {
    household: loaded.row.id, rev: rev(visit), ...isId(id) ? { id } : {}, members: listOf(visit, 'members'), head: typed(visit.raw, 'head'), relations: relationsTyped(visit.raw),
    address: where.address ?? '', groupNo: placeNo(where.group), gridNo: placeNo(where.grid),
  });
  return seeOther(`/households/${made.id}`, `分好了，新户号 ${numberText(made.householdNo)}。`);
}

async function showMerge(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const loaded = await householdFor(visit, 'household.reshape');
  const q = visit.query['q'] ?? '';
  const into = visit.query['into'] ?? typed(visit.raw, 'into');
  const target = into === '' || into === loaded.row.id ? undefined : await householdFor(visit, 'household.reshape', into);
  const found = q === '' || target !== undefined ? undefined : await findHouseholds({ read: visit.office.read, dialect: visit.office.store.dialect }, { reach: reach(visit.actor, 'household.reshape'), q, village: loaded.row.village_no, size: 20 });
  return page('households/merge', {
    ...await frame(visit, loaded, '并入别户', trouble), q, from: titleOf(loaded),
    rows: found?.rows.filter(row => row.id !== loaded.row.id).map(row => ({ href: `/households/${loaded.row.id}/merge?into=${row.id}`, number: numberText(row.household_no), name: row.head_name, address: row.address })),
    target: target === undefined ? undefined : { id: target.row.id, rev: target.row.rev, title: titleOf(target), head: target.row.head_name, people: target.row.people }, count: loaded.living.length, relations: memberRelations(visit, loaded.living),
  });
}

async function saveMerge(visit: Visit): Promise<Reply> {
  const into = typed(visit.raw, 'into');
  if (into === '') fault('into', 'missing', '请选要并入哪一户。');
  await merge(visit.office, visit.actor, { from: visit.params['id'] ?? '', fromRev: rev(visit), into, intoRev: Number(typed(visit.raw, 'into_rev')), relations: relationsTyped(visit.raw) });
  return seeOther(`/households/${into}`, '并好了。原来那一户已经销户，户号不会给别家。');
}

async function showMove(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const loaded = await householdFor(visit, 'household.reshape');
  const asked = Number(typed(visit.raw, 'village') || (visit.query['village'] ?? ''));
  const places = await placesFor(visit, 'household.reshape', asked);
  const elsewhere = places.villages.filter(place => place.no !== loaded.row.village_no);
  const chosen = elsewhere.find(place => place.no === asked);
  return page('households/move', {
    ...await frame(visit, loaded, '迁到别的村', trouble), chosen, villages: elsewhere.map(place => ({ ...place, href: `/households/${loaded.row.id}/move?village=${place.no}` })),
    form: formModel(form(whereFields(places.groups, places.grids)), { raw: visit.raw, faults: trouble?.faults ?? [] }),
  });
}

async function saveMove(visit: Visit): Promise<Reply> {
  const asked = Number(typed(visit.raw, 'village'));
  const places = await placesFor(visit, 'household.reshape', asked);
  const values = taken(form({ village: villageField(places.villages), ...whereFields(places.groups, places.grids) }), visit.raw);
  const household = visit.params['id'] ?? '';
  const { householdNo } = await move(visit.office, visit.actor, { household, rev: rev(visit), villageNo: Number(values.village), groupNo: placeNo(values.group), gridNo: placeNo(values.grid), address: values.address ?? '' });
  return seeOther(`/households/${household}`, `迁好了，在新村的户号是 ${numberText(householdNo)}。`);
}

async function showClose(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const loaded = await householdFor(visit, 'household.reshape');
  return page('households/close', { ...await frame(visit, loaded, '销户', trouble), name: titleOf(loaded), form: formModel(closeForm, { raw: visit.raw, faults: trouble?.faults ?? [] }) });
}

async function saveClose(visit: Visit): Promise<Reply> {
  const household = visit.params['id'] ?? '';
  await close(visit.office, visit.actor, { household, rev: rev(visit), reason: taken(closeForm, visit.raw).reason });
  return seeOther(`/households/${household}`, { kind: 'done', words: '已经销户。', undo: { label: '撤销', action: `/households/${household}/reopen` } });
}

async function saveReopen(visit: Visit): Promise<Reply> {
  const household = visit.params['id'] ?? '';
  await reopen(visit.office, visit.actor, { household });
  return seeOther(`/households/${household}`, '已经恢复。');
}

async function showForget(visit: Visit): Promise<Reply> {
  const loaded = await householdFor(visit, 'household.forget');
  return page('households/forget', {
    ...await frame(visit, loaded, '删除个人信息'),
    confirm: {
      heading: `删除 ${titleOf(loaded)} 的全部个人信息`, action: `/households/${loaded.row.id}/forget`, button: '删除这一户的个人信息', back: { label: '不删了', href: `/households/${loaded.row.id}` }, fields: [],
      effects: [`${loaded.members.length} 个人的姓名、证件号、电话、授权、照片、采集内容和异议都会删掉，不能恢复。`, '公示和光荣榜上这一户的姓名同时去掉。', '户号留空，不给别家；台账里只剩编号和摘要，仍然可以校验。', '只在本人书面要求时使用，请先收好书面申请。'],
    },
  });
}

async function saveForget(visit: Visit): Promise<Reply> {
  const household = visit.params['id'] ?? '';
  await forget(visit.office, visit.actor, { household });
  return seeOther(`/households/${household}`, '这一户的个人信息已经删除。');
}

const reshape = { power: 'household.reshape' } as const;
export const reshapeRoutes: readonly Route[] = [
  get('/households/:id/split', { ...reshape, handle: showSplit }), post('/households/:id/split', { ...reshape, handle: saveSplit, again: showSplit }),
  get('/households/:id/merge', { ...reshape, handle: showMerge }), post('/households/:id/merge', { ...reshape, handle: saveMerge, again: showMerge }),
  get('/households/:id/move', { ...reshape, handle: showMove }), post('/households/:id/move', { ...reshape, handle: saveMove, again: showMove }),
  get('/households/:id/close', { ...reshape, handle: showClose }), post('/households/:id/close', { ...reshape, handle: saveClose, again: showClose }),
  post('/households/:id/reopen', { ...reshape, handle: saveReopen }),
  get('/households/:id/forget', { power: 'household.forget', handle: showForget }), post('/households/:id/forget', { power: 'household.forget', handle: saveForget }),
];
