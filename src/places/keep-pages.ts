import { may, reach } from '../access/may.ts';
import { taken } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { close } from './close.ts';
import { establish } from './establish.ts';
import { closeForm, establishForm, namesIn, officeForm, otherForm, renameForm } from './form.ts';
import { merge } from './merge.ts';
import { move } from './move.ts';
import { childKinds, mayStandUnder, placeKinds, type Place } from './place.ts';
import { placeRows } from './present.ts';
import { officeChoices, officePlace, officeTitle, placeById, placeByNo, placeColumns, placeNames, placeSubject } from './queries.ts';
import { rename } from './rename.ts';
import { setOffice } from './set-office.ts';

/** The place a visitor may change. */
async function placeToKeep(visit: Visit): Promise<Place> {
  const place = await placeById(visit.office.read, visit.params['id'] ?? '');
  const leave = may(visit.actor, 'place.keep', placeSubject(place));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  return place;
}

interface Words { readonly heading: string; readonly button: string; readonly effects?: readonly string[] }

const shown = (visit: Visit, place: Place, form: Parameters<typeof formModel>[0], trouble: Trouble | undefined, first: Readonly<Record<string, string>>, words: Words): Reply => page('places/edit', {
  title: words.heading, ...words, effects: words.effects ?? [], action: visit.path,
  crumbs: [{ label: '区划', href: '/places' }, { label: place.name, href: `/places/${place.id}` }], back: { label: '不改了', href: `/places/${place.id}` },
  form: formModel(form, { raw: trouble === undefined ? first : visit.raw, faults: trouble?.faults ?? [] }),
});

async function showNew(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const place = await placeToKeep(visit);
  const kinds = childKinds(place.kind);
  if (kinds.length === 0) common.refuse('not-found');
  return shown(visit, place, establishForm(visit.day, place.kind), trouble, { day: visit.day, kind: kinds.length === 1 ? kinds[0] ?? '' : visit.query['kind'] ?? '' }, { heading: `在${place.name}新设${kinds.map(kind => placeKinds[kind]).join('或')}`, button: '新设' });
}

async function saveNew(visit: Visit): Promise<Reply> {
  const place = await placeToKeep(visit);
  const given = taken(establishForm(visit.day, place.kind), visit.raw);
  const names = namesIn(given.names);
  await establish(visit.office, visit.actor, { parent: place.id, kind: given.kind, places: names.map(name => ({ name, code: given.code })), day: given.day, reason: given.reason });
  return seeOther(`/places/${place.id}`, names.length === 1 ? `新设了${names[0]}。` : `新设了 ${names.length} 个${placeKinds[given.kind]}。`);
}

async function showRename(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const place = await placeToKeep(visit);
  return shown(visit, place, renameForm(visit.day), trouble, { name: place.name, code: place.code ?? '', day: visit.day }, { heading: `${place.name}更名`, button: '保存新名称', effects: ['原来的名称和代码留在沿革里，农户、历年评定都不变。'] });
}

async function saveRename(visit: Visit): Promise<Reply> {
  const place = await placeToKeep(visit);
  const given = taken(renameForm(visit.day), visit.raw);
  await rename(visit.office, visit.actor, { id: place.id, ...given });
  return seeOther(`/places/${place.id}`, `${place.name}现在叫${given.name}。`);
}

/** Where a place may go: the parents (to move) or its like (to merge), within the visitor's reach. */
async function others(visit: Visit, place: Place, how: 'move' | 'merge'): Promise<readonly { readonly key: string; readonly label: string }[]> {
  const parent = place.parent_no === null ? undefined : await placeByNo(visit.office.read, place.parent_no);
  const kind = how === 'merge' ? place.kind : parent?.kind;
  if (kind === undefined || (how === 'move' && !mayStandUnder(place.kind, kind))) return [];
  const paths = reach(visit.actor, 'place.keep');
  const rows: Place[] = await visit.office.read('places').select(...placeColumns).where({ kind }).whereNull('until')
    .where(any => { for (const path of paths) void any.orWhere('path', 'like', `${path}%`); }).orderBy('sort').orderBy('no');
  const fit = rows.filter(other => other.no !== place.no && other.no !== (how === 'move' ? parent?.no : -1) && (how === 'move' || !['group', 'grid'].includes(kind) || other.parent_no === place.parent_no));
  const names = await placeNames(visit.office.read, fit.map(other => other.no));
  return fit.map(other => ({ key: other.id, label: names.get(other.no)?.full ?? other.name }));
}

async function showMove(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const place = await placeToKeep(visit);
  return shown(visit, place, otherForm(visit.day, '改由谁管', await others(visit, place, 'move')), trouble, { day: visit.day }, { heading: `${place.name}改由别处管辖`, button: '改过去', effects: ['下面的村、组、网格和农户一起过去，户号不变。', '在这里任职的人继续任职。', '已经结束的评定批次不变。'] });
}

async function saveMove(visit: Visit): Promise<Reply> {
  const place = await placeToKeep(visit);
  const given = taken(otherForm(visit.day, '改由谁管', await others(visit, place, 'move')), visit.raw);
  await move(visit.office, visit.actor, { id: place.id, ...given });
  return seeOther(`/places/${place.id}`, `${place.name}已经改由别处管辖。`);
}

async function showMerge(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const place = await placeToKeep(visit);
  return shown(visit, place, otherForm(visit.day, '并入哪里', await others(visit, place, 'merge')), trouble, { day: visit.day }, { heading: `把${place.name}并入别处`, button: '合并', effects: [
    `${await belowWords(visit, place)}和农户一起并过去；名称相同的，前面加上原来的名称。`, '户号能不变就不变；那边已经用了的，接着那边的号往后编，原来的号留在记录里。', '在这里任职的人转到那边任职。', '合并不能撤回。'] });
}

/** `2 个组、1 个网格`, as the effects of a change name them. */
async function belowWords(visit: Visit, place: Place): Promise<string> {
  const [row] = await placeRows(visit.office.read, [place]);
  return row === undefined || row.below === '' ? '这里' : `下面的 ${row.below.replace('，', '、')}`;
}

async function saveMerge(visit: Visit): Promise<Reply> {
  const place = await placeToKeep(visit);
  const given = taken(otherForm(visit.day, '并入哪里', await others(visit, place, 'merge')), visit.raw);
  await merge(visit.office, visit.actor, { id: place.id, into: given.to, day: given.day, reason: given.reason });
  return seeOther(`/places/${given.to}`, `${place.name}已经并入这里。`);
}

async function showClose(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const place = await placeToKeep(visit);
  return shown(visit, place, closeForm(visit.day), trouble, { day: visit.day }, { heading: `撤销${place.name}`, button: `撤销${place.name}`, effects: ['下面还有村、组、网格或农户时不能撤销。', '在这里的岗位同一天免去。', '历年的评定和榜单都留着。撤销以后不能恢复。'] });
}

async function saveClose(visit: Visit): Promise<Reply> {
  const place = await placeToKeep(visit);
  await close(visit.office, visit.actor, { id: place.id, ...taken(closeForm(visit.day), visit.raw) });
  const above = place.parent_no === null ? undefined : await placeByNo(visit.office.read, place.parent_no);
  return seeOther(above === undefined ? '/places' : `/places/${above.id}`, `${place.name}已经撤销。`);
}

async function showOffice(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const raw = trouble === undefined ? { title: await officeTitle(read), place: String((await officePlace(read))?.no ?? '') } : visit.raw;
  return page('places/office', { title: '系统设置', form: formModel(officeForm(await officeChoices(read)), { raw, faults: trouble?.faults ?? [] }) });
}

async function saveOffice(visit: Visit): Promise<Reply> {
  const given = taken(officeForm(await officeChoices(visit.office.read)), visit.raw);
  await setOffice(visit.office, visit.actor, { placeNo: Number(given.place), title: given.title });
  return seeOther('/settings', '设置已经保存。');
}

export const keepRoutes: readonly Route[] = [
  get('/places/:id/new', { power: 'place.keep', handle: showNew }),
  post('/places/:id/new', { power: 'place.keep', handle: saveNew, again: showNew }),
  get('/places/:id/rename', { power: 'place.keep', handle: showRename }),
  post('/places/:id/rename', { power: 'place.keep', handle: saveRename, again: showRename }),
  get('/places/:id/move', { power: 'place.keep', handle: showMove }),
  post('/places/:id/move', { power: 'place.keep', handle: saveMove, again: showMove }),
  get('/places/:id/merge', { power: 'place.keep', handle: showMerge }),
  post('/places/:id/merge', { power: 'place.keep', handle: saveMerge, again: showMerge }),
  get('/places/:id/close', { power: 'place.keep', handle: showClose }),
  post('/places/:id/close', { power: 'place.keep', handle: saveClose, again: showClose }),
  get('/settings', { power: 'settings.keep', handle: showOffice }),
  post('/settings', { power: 'settings.keep', handle: saveOffice, again: showOffice }),
];
