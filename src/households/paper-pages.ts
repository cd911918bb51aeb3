import { readFile } from 'node:fs/promises';
import { may, reach } from '../access/may.ts';
import { common } from '../kit/refusals.ts';
import { officeTitle, placeNames, placeSubject } from '../places/queries.ts';
import { file, page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { likenesses, lookalikes } from './duplicates.ts';
import { evidencePath } from './evidence.ts';
import { callOf, idMissingReasons, numberText, relations, sexes } from './household.ts';
import { keepApart } from './keep-apart.ts';
import type { Loaded } from './load.ts';
import { householdKey, householdSubject } from './subject.ts';
import { householdFor, titleOf, usesTablet } from './visiting.ts';

async function showDuplicates(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const pairs = await lookalikes(read, reach(visit.actor, 'household.reshape'));
  const ids = [...new Set(pairs.flatMap(pair => [pair.one, pair.other]))];
  const rows: { id: string; household_no: number; head_name: string; village_no: number }[] = ids.length === 0 ? [] : await read('households').whereIn('id', ids).select('id', 'household_no', 'head_name', 'village_no');
  const names = await placeNames(read, rows.map(row => row.village_no));
  const said = new Map(rows.map(row => [row.id, `${names.get(row.village_no)?.name ?? ''} ${numberText(row.household_no)} ${row.head_name}`]));
  return page('households/duplicates', {
    title: '查重', heading: pairs.length === 0 ? '没有像是重复的农户' : `有 ${pairs.length} 对农户像是登记了两次`, tablet: usesTablet(visit),
    pairs: pairs.map(pair => ({ href: `/households/duplicates/${pair.one}/${pair.other}`, one: said.get(pair.one) ?? '', other: said.get(pair.other) ?? '', why: likenesses[pair.why] })),
  });
}

async function showPair(visit: Visit): Promise<Reply> {
  const [one, other] = [await householdFor(visit, 'household.reshape', visit.params['one']), await householdFor(visit, 'household.reshape', visit.params['other'])];
  const names = await placeNames(visit.office.read, [one.row.village_no, other.row.village_no]);
  const alike = (left: string | number | null, right: string | number | null): boolean => left !== null && left !== '' && left === right;
  const people = (mine: Loaded, theirs: Loaded) => mine.living.map(member => ({
    name: callOf(member), words: `${relations[member.relation]}，${sexes[member.sex]}，${member.birth_year} 年生`,
    same: theirs.living.some(man => alike(member.id_match, man.id_match)) ? '身份证号相同' : theirs.living.some(man => alike(member.phone_match, man.phone_match)) ? '电话相同'
      : theirs.living.some(man => alike(member.name, man.name) && member.birth_year === man.birth_year) ? '姓名和出生年相同' : undefined,
  }));
  const side = (mine: Loaded, theirs: Loaded) => ({
    id: mine.row.id, title: titleOf(mine), href: `/households/${mine.row.id}`, village: names.get(mine.row.village_no)?.full ?? '', address: mine.row.address === '' ? '—' : mine.row.address, registered: mine.row.registered_on,
    people: people(mine, theirs), mergeHref: `/households/${theirs.row.id}/merge?into=${mine.row.id}`,
  });
  return page('households/pair', {
    title: '并排核对', heading: '是不是同一户？', tablet: usesTablet(visit), crumbs: [{ label: '查重', href: '/households/duplicates' }, { label: '并排核对' }], sides: [side(one, other), side(other, one)], action: `${visit.path}/apart`,
  });
}

async function saveApart(visit: Visit): Promise<Reply> {
  await keepApart(visit.office, visit.actor, { one: visit.params['one'] ?? '', other: visit.params['other'] ?? '' });
  return seeOther('/households/duplicates', '记下了：是两户。以后不再提示。');
}

async function showCard(visit: Visit): Promise<Reply> {
  const loaded = await householdFor(visit);
  const { row, living } = loaded;
  const names = await placeNames(visit.office.read, [row.village_no, row.group_no ?? 0, row.grid_no ?? 0]);
  return page('households/card', {
    title: `${titleOf(loaded)}户卡`, paper: 'a4', back: { label: '回到这一户', href: `/households/${row.id}` }, office: await officeTitle(visit.office.read), number: numberText(row.household_no), head: row.head_name,
    village: names.get(row.village_no)?.full ?? '', group: names.get(row.group_no ?? -1)?.name ?? '', grid: names.get(row.grid_no ?? -1)?.name ?? '', address: row.address, day: visit.day,
    people: living.map(member => ({ name: callOf(member), relation: relations[member.relation], sex: sexes[member.sex], born: member.birth_year, id: member.id_match !== null ? '已登记' : idMissingReasons[member.id_missing as keyof typeof idMissingReasons] ?? (member.name === '' ? '不留' : '没有'), phone: member.phone_match === null ? '' : '已登记', away: member.away === 1 ? '在外' : '' })),
  });
}

/** Evidence is never public: who may see what it belongs to may see it. Files of imports have a door of their own. */
async function showEvidence(visit: Visit): Promise<Reply> {
  const { office } = visit;
  const row: { id: string; subject: string; kind: string; mime: string } | undefined = await office.read('evidence').where({ id: visit.params['id'] ?? '' }).first('id', 'subject', 'kind', 'mime');
  if (row === undefined || row.kind === 'import' || !await maySee(visit, row.subject)) return common.refuse('not-found');
  const body = await readFile(evidencePath(office, row.id)).catch((error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return common.refuse('not-found'); throw error; });
  return file(body, { mime: row.mime });
}

async function maySee(visit: Visit, subject: string): Promise<boolean> {
  const place: { id: string; path: string } | undefined = await visit.office.read('places').where({ id: subject }).first('id', 'path');
  if (place !== undefined) return may(visit.actor, 'notice.read', placeSubject(place)) === true;
  return may(visit.actor, 'household.read', householdSubject(await householdKey(visit.office.read, subject))) === true;
}

export const duplicateRoutes: readonly Route[] = [
  get('/households/duplicates', { power: 'household.reshape', handle: showDuplicates }),
  get('/households/duplicates/:one/:other', { power: 'household.reshape', handle: showPair }),
  post('/households/duplicates/:one/:other/apart', { power: 'household.reshape', handle: saveApart }),
];
export const paperRoutes: readonly Route[] = [
  get('/households/:id/card', { power: 'household.read', handle: showCard }),
  get('/evidence/:id', { power: 'officer', handle: showEvidence }),
];
