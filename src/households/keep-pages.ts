import { form, type Raw } from '../kit/form.ts';
import { taken } from '../kit/faults.ts';
import { yesNo } from '../kit/fields.ts';
import { isId, newId } from '../kit/id.ts';
import { typed } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { entered, headFields, personModels, placeNo, villageField, whereFields } from './form.ts';
import { numberText } from './household.ts';
import { photograph } from './photograph.ts';
import { register } from './register.ts';
import { revise } from './revise.ts';
import { crumbsOf, householdFor, placesFor, titleOf, usesTablet } from './visiting.ts';

const despiteField = { despite: yesNo('仍要登记，由村里查重') };
export const asksDespite = (trouble: Trouble | undefined, raw: Raw): boolean => trouble?.code === 'id-number-taken' || typed(raw, 'despite') === 'yes';

/** The village is asked first when there are several: groups and grids hang on it. */
async function registerForm(visit: Visit, raw: Raw) {
  const village = Number(typed(raw, 'village') || (visit.query['village'] ?? ''));
  const places = await placesFor(visit, 'household.keep', Number.isSafeInteger(village) ? village : undefined);
  const chosen = places.villages.find(place => place.no === village) ?? (places.villages.length === 1 ? places.villages[0] : undefined);
  return { places, chosen, whole: form({ village: villageField(places.villages), ...whereFields(places.groups, places.grids), ...headFields, ...despiteField }) };
}

async function showRegister(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { places, chosen, whole } = await registerForm(visit, visit.raw);
  const first = visit.method === 'GET' ? { grid: places.grids.length === 1 ? String(places.grids[0]?.no) : '', village: String(chosen?.no ?? '') } : {};
  const model = formModel(whole, { raw: { ...first, ...visit.raw }, faults: trouble?.faults ?? [] });
  return page('households/new', {
    title: '登记一户', tablet: usesTablet(visit), id: isId(typed(visit.raw, 'id')) ? typed(visit.raw, 'id') : newId(), chosen, villages: places.villages.map(place => ({ ...place, href: `/households/new?village=${place.no}` })),
    where: [model.by['group'], model.by['grid'], model.by['address']], person: personModels(model.by, Object.keys(headFields)), despite: asksDespite(trouble, visit.raw) ? model.by['despite'] : undefined, faults: model.faults,
  });
}

async function saveRegister(visit: Visit): Promise<Reply> {
  const { whole } = await registerForm(visit, visit.raw);
  const values = taken(whole, visit.raw);
  const id = typed(visit.raw, 'id');
  const made = await register(visit.office, visit.actor, {
    ...isId(id) ? { id } : {}, villageNo: Number(values.village), groupNo: placeNo(values.group), gridNo: placeNo(values.grid), address: values.address ?? '', members: [entered(values, 'head')],
  }, { despite: values.despite });
  return seeOther(`/households/${made.id}`, `登记好了，户号 ${numberText(made.householdNo)}。接着添家里别的人，再请他们签授权。`);
}

async function showEdit(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const loaded = await householdFor(visit, 'household.keep');
  const { row } = loaded;
  const places = await placesFor(visit, 'household.keep', row.village_no);
  const isOld = trouble?.code === 'changed-meanwhile';
  const known = { group: String(row.group_no ?? ''), grid: String(row.grid_no ?? ''), address: row.address };
  const model = formModel(form(whereFields(places.groups, places.grids)), { raw: visit.method === 'POST' ? visit.raw : known, faults: trouble?.faults ?? [] });
  return page('households/edit', {
    title: `更正 ${titleOf(loaded)}`, heading: '更正住址、小组、网格和照片', tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded, '更正'), base: `/households/${row.id}`, form: model,
    // After "somebody changed it meanwhile" the person sees what it is now beside what they typed, and the next press counts.
    rev: isOld || visit.method === 'GET' ? row.rev : typed(visit.raw, 'rev'), isOld, address: row.address === '' ? '空' : row.address,
  });
}

async function saveEdit(visit: Visit): Promise<Reply> {
  const loaded = await householdFor(visit, 'household.keep');
  const places = await placesFor(visit, 'household.keep', loaded.row.village_no);
  const values = taken(form(whereFields(places.groups, places.grids)), visit.raw);
  await revise(visit.office, visit.actor, { id: loaded.row.id, rev: Number(typed(visit.raw, 'rev')), address: values.address ?? '', groupNo: placeNo(values.group), gridNo: placeNo(values.grid) });
  return seeOther(`/households/${loaded.row.id}`, '更正好了。');
}

async function savePhoto(visit: Visit): Promise<Reply> {
  const household = (await householdFor(visit, 'household.keep')).row.id;
  const [file] = visit.files;
  if (file === undefined) return seeOther(`/households/${household}/edit`, { kind: 'care', words: '还没有选照片。' });
  await photograph(visit.office, visit.actor, { household, source: { path: file.path } });
  return seeOther(`/households/${household}`, '照片换好了。照片里的拍摄地点和时间已经去掉。');
}

export const keepRoutes: readonly Route[] = [
  get('/households/new', { power: 'household.keep', handle: showRegister }),
  post('/households/new', { power: 'household.keep', handle: saveRegister, again: showRegister }),
  get('/households/:id/edit', { power: 'household.keep', handle: showEdit }),
  post('/households/:id/edit', { power: 'household.keep', handle: saveEdit, again: showEdit }),
  post('/households/:id/photo', { power: 'household.keep', handle: savePhoto, again: showEdit, uploads: { fields: ['photo'], mostBytes: limits.photoBytes } }),
];
