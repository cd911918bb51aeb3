import { roleNames, type Role } from '../access/actor.ts';
import { holds, may, reach } from '../access/may.ts';
import { fault, taken } from '../kit/faults.ts';
import { typed, type Raw } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import { decodeCursor, encodeCursor } from '../kit/slice.ts';
import { placeById, placeSubject } from '../places/queries.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import type { Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { appoint } from './appoint.ts';
import { appointForm, newOfficerForm, roleForm, roleChoices, type Choice } from './form.ts';
import { officerLines, placesFor, presentOfficer } from './present.ts';
import { banks, officerAsSubject, officerById, officersFound, type OfficerRow } from './queries.ts';
import { registerOfficers } from './register-officers.ts';

const askingHeads = { locked: '口令输错、锁住的账号', fresh: '还没换掉第一次口令的账号' } as const;

export async function showOfficers(visit: Visit): Promise<Reply> {
  const words = (visit.query['q'] ?? '').trim().slice(0, limits.searchCharacters);
  const role = roleNames.find(one => one === visit.query['role']);
  const asks = visit.query['asking'] === 'locked' || visit.query['asking'] === 'fresh' ? visit.query['asking'] : undefined;
  // Which accounts are locked or still on their first password helps whoever would break in: it is told to those alone who can mend it.
  if (asks !== undefined && !holds(visit.actor, 'officer.secure')) common.refuse('not-allowed', { why: '账号锁没锁、换没换口令，由安全管理员看' });
  const place = visit.query['place'] === undefined || visit.query['place'] === '' ? undefined : await placeById(visit.office.read, visit.query['place']);
  if (place !== undefined) { const leave = may(visit.actor, 'officer.read', placeSubject(place)); if (leave !== true) common.refuse('not-allowed', { why: leave }); }
  const cursor = decodeCursor(visit.query['after'], ['text', 'text']);
  const found = await officersFound(visit.office.read, {
    words, role, asking: asks === undefined ? undefined : { what: asks, at: visit.at }, day: visit.day, most: limits.rowsPerPage + 1, paths: asks !== undefined ? reach(visit.actor, 'officer.secure') : place === undefined ? reach(visit.actor, 'officer.read') : [place.path],
    after: cursor === undefined ? undefined : { name: String(cursor.key[0]), id: String(cursor.key[1]) },
  });
  const rows = found.slice(0, limits.rowsPerPage);
  const last = rows.at(-1);
  const search = { q: words, role, asking: asks, place: place?.id };
  const next = found.length > rows.length && last !== undefined ? visit.link({ ...search, after: encodeCursor({ direction: 'next', key: [last.name, last.id] }) }) : undefined;
  return page('people/officers', {
    title: '人员', heading: asks !== undefined ? askingHeads[asks] : place === undefined ? '人员和岗位' : `在${place.name}任职的人`, words, placeId: place?.id ?? '',
    roleField: { name: 'role', label: '岗位', kind: 'select', options: [{ value: '', label: '全部岗位', checked: role === undefined }, ...roleChoices.map(one => ({ value: one.key, label: one.label, checked: one.key === role }))] },
    rows: await officerLines(visit, rows), canAdd: holds(visit.actor, 'officer.appoint'),
    pager: next === undefined && cursor === undefined ? undefined : { prev: cursor === undefined ? undefined : visit.link(search), next },
    empty: { words: words === '' && role === undefined ? '这里还没有人任职。' : '没有找到这样的人，换个名字或者岗位试试。', act: words === '' && role === undefined ? undefined : { label: '看全部人员', href: '/officers' } },
  });
}

/** The officer a visitor may look at. */
export async function officerToRead(visit: Visit): Promise<OfficerRow> {
  const officer = await officerById(visit.office.read, visit.params['id'] ?? '');
  const leave = may(visit.actor, 'officer.read', await officerAsSubject(visit.office.read, officer.id, visit.day));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  return officer;
}

export async function showOfficer(visit: Visit): Promise<Reply> {
  const officer = await officerToRead(visit);
  return page('people/officer', { title: officer.name, ...await presentOfficer(visit, officer, await officerAsSubject(visit.office.read, officer.id, visit.day)) });
}

interface PostStep { readonly role: Role | undefined; readonly words: string; readonly places: readonly Choice[]; readonly isTooMany: boolean; readonly banks: readonly Choice[] }

/** Which post was asked for in the first step, and where it may stand. */
async function postStep(visit: Visit, raw: Raw): Promise<PostStep> {
  const role = roleNames.find(one => one === typed(raw, 'role'));
  const words = typed(raw, 'words');
  const places = role === undefined ? { choices: [], isTooMany: false } : await placesFor(visit, role, words);
  return { role, words, places: places.choices, isTooMany: places.isTooMany, banks: (await banks(visit.office.read)).map(bank => ({ key: bank.id, label: bank.name })) };
}

const fieldsOf = (visit: Visit, step: PostStep): Parameters<typeof appointForm>[0] => ({ places: step.places, banks: step.banks, role: step.role, today: visit.day });

/** First step: choose the post. Second: choose the place and say from when; `person` asks for the new account too. */
async function showPost(visit: Visit, trouble: Trouble | undefined, given: { readonly heading: string; readonly officer: OfficerRow | undefined }): Promise<Reply> {
  const raw = visit.method === 'POST' ? visit.raw : visit.query;
  const step = await postStep(visit, raw);
  const first: Raw = { ...raw, since: raw['since'] ?? visit.day, ...step.places.length === 1 ? { place: step.places[0]?.key ?? '' } : {} };
  const form = given.officer === undefined ? newOfficerForm(fieldsOf(visit, step)) : appointForm(fieldsOf(visit, step));
  const isReady = step.role !== undefined && step.places.length > 0;
  return page('people/appoint', {
    title: given.heading, heading: given.heading, action: visit.path,
    crumbs: [{ label: '人员', href: '/officers' }, ...given.officer === undefined ? [] : [{ label: given.officer.name, href: `/officers/${given.officer.id}` }]],
    back: given.officer === undefined ? '/officers' : `/officers/${given.officer.id}`, isReady, isTooMany: step.isTooMany, isNowhere: step.role !== undefined && step.places.length === 0,
    roleName: roleChoices.find(one => one.key === step.role)?.label ?? '', needsBank: step.role === 'coopOfficer' && step.banks.length === 0,
    step: formModel(roleForm, { raw, prefix: 'step-' }), button: given.officer === undefined ? '开账号并任命' : '任命',
    form: isReady ? formModel(form, { raw: first, faults: trouble?.faults ?? [] }) : undefined,
  });
}

export const showNewOfficer = (visit: Visit, trouble?: Trouble): Promise<Reply> => showPost(visit, trouble, { heading: '新增人员', officer: undefined });

export async function saveNewOfficer(visit: Visit): Promise<Reply> {
  const step = await postStep(visit, visit.raw);
  const given = taken(newOfficerForm(fieldsOf(visit, step)), visit.raw);
  const place = await placeById(visit.office.read, given.place);
  const [made] = await registerOfficers(visit.office, visit.actor, [{ login: given.login, name: given.name, phone: given.phone, bank: given.bank, posts: [{ role: given.role, placeNo: place.no, since: given.since }] }]);
  if (made === undefined) return fault('login', 'missing', '账号没有开成，请再试一次。');
  return page('people/told', { title: '新账号', heading: `${given.name}的账号开好了`, login: made.login, password: made.password, back: `/officers/${made.id}` });
}

export async function showAppoint(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const officer = await officerToRead(visit);
  return showPost(visit, trouble, { heading: `任命${officer.name}`, officer });
}

export async function saveAppoint(visit: Visit): Promise<Reply> {
  const officer = await officerToRead(visit);
  const step = await postStep(visit, visit.raw);
  const given = taken(appointForm(fieldsOf(visit, step)), visit.raw);
  const place = await placeById(visit.office.read, given.place);
  await appoint(visit.office, visit.actor, { officer: officer.id, role: given.role, placeNo: place.no, since: given.since, bank: given.bank });
  return seeOther(`/officers/${officer.id}`, `已任命${officer.name}：${roleChoices.find(one => one.key === given.role)?.label ?? ''}，${place.name}。`);
}
