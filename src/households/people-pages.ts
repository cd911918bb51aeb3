import { fault, taken } from '../kit/faults.ts';
import { yesNo } from '../kit/fields.ts';
import { form, typed, type Raw } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { formModel, type FieldModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { changeHead } from './change-head.ts';
import { entered, headForm, memberForm, optionsOf, partForm, personModels, revealForm } from './form.ts';
import { callOf, isAdult, relations, type MemberRow, type Relation } from './household.ts';
import type { Loaded } from './load.ts';
import { asksDespite } from './keep-pages.ts';
import type { NewMember } from './member.ts';
import { correct, join, part } from './people.ts';
import { reveal } from './reveal.ts';
import { crumbsOf, householdFor, usesTablet } from './visiting.ts';

const despite = form({ despite: yesNo('仍要登记，由村里查重') });

const memberIn = (visit: Visit, loaded: Loaded): MemberRow => loaded.members.find(member => member.id === visit.params['member']) ?? common.refuse('not-found');
const formFor = (member?: MemberRow) => member?.relation === 'head' ? headForm : memberForm;
const revOf = (visit: Visit, loaded: Loaded, trouble?: Trouble): string | number => visit.method === 'GET' || trouble?.code === 'changed-meanwhile' ? loaded.row.rev : typed(visit.raw, 'rev');

async function showMember(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const loaded = await householdFor(visit, 'household.keep');
  const member = visit.params['member'] === undefined ? undefined : memberIn(visit, loaded);
  const known: Raw = member === undefined ? {} : {
    name: member.name, relation: member.relation, sex: member.sex, birth_year: String(member.birth_year), id_missing: member.id_missing ?? '', away: member.away === 1 ? 'yes' : '',
  };
  const isParting = visit.path.endsWith('/part');
  const raw = visit.method === 'POST' && !isParting ? visit.raw : known;
  const model = formModel(formFor(member), { raw, faults: isParting ? [] : trouble?.faults ?? [] });
  const kept = (name: 'id_number' | 'phone', match: string | null | undefined): FieldModel => {
    const field = model.by[name] ?? common.refuse('not-found');
    return typeof match === 'string' ? { ...field, hint: '已经登记过，不显示。留空就不改。' } : field;
  };
  const base = `/households/${loaded.row.id}`;
  const heading = member === undefined ? '添一个人' : `更正 ${callOf(member)}`;
  return page('households/member', {
    title: heading, heading, tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded, heading), base, rev: revOf(visit, loaded, trouble), faults: model.faults,
    id: isId(typed(visit.raw, 'id')) ? typed(visit.raw, 'id') : newId(), action: member === undefined ? `${base}/members/new` : `${base}/members/${member.id}`,
    fields: personModels({ ...model.by, id_number: kept('id_number', member?.id_match), phone: kept('phone', member?.phone_match) }, Object.keys(formFor(member).fields)),
    despite: asksDespite(trouble, visit.raw) ? formModel(despite, { raw: visit.raw }).by['despite'] : undefined,
drops: member === undefined ? [] : [
      ...member.id_match === null ? [] : [{ name: 'drop_id', value: 'yes', label: '身份证号', checked: typed(raw, 'drop_id') === 'yes' }],
      ...member.phone_match === null ? [] : [{ name: 'drop_phone', value: 'yes', label: '电话', checked: typed(raw, 'drop_phone') === 'yes' }],
    ],
    part: member === undefined || member.relation === 'head' ? undefined
      : { action: `${base}/members/${member.id}/part`, form: formModel(partForm, { raw: isParting ? visit.raw : { on: visit.day }, faults: isParting ? trouble?.faults ?? [] : [], prefix: 'part-' }), name: callOf(member) },
  });
}

async function saveMember(visit: Visit): Promise<Reply> {
  const loaded = await householdFor(visit, 'household.keep');
  const household = loaded.row.id;
  const rev = Number(typed(visit.raw, 'rev'));
  const allowed = { despite: typed(visit.raw, 'despite') === 'yes' };
  if (visit.params['member'] === undefined) {
    const id = typed(visit.raw, 'id');
    await join(visit.office, visit.actor, { household, rev, ...allowed, member: { ...enteredMember(visit.raw), ...isId(id) ? { id } : {} } });
    return seeOther(`/households/${household}`, '添好了。成年人还要签授权。');
  }
  const member = memberIn(visit, loaded);
  const given = member.relation === 'head' ? entered(taken(headForm, visit.raw), 'head') : enteredMember(visit.raw);
  await correct(visit.office, visit.actor, { household, rev, id: member.id, member: given, ...allowed, dropIdNumber: typed(visit.raw, 'drop_id') === 'yes', dropPhone: typed(visit.raw, 'drop_phone') === 'yes' });
  return seeOther(`/households/${household}`, '更正好了。');
}

function enteredMember(raw: Raw): NewMember {
  const values = taken(memberForm, raw);
  return entered(values, values.relation);
}

async function savePart(visit: Visit): Promise<Reply> {
  const household = visit.params['id'] ?? '';
  const values = taken(partForm, visit.raw);
  await part(visit.office, visit.actor, { household, rev: Number(typed(visit.raw, 'rev')), member: visit.params['member'] ?? '', reason: values.reason, on: values.on });
  return seeOther(`/households/${household}`, '已经移出这一户，记录还在“以前的成员”里。');
}

const { head: _head, ...others } = relations;
const isRelation = (text: string): text is Exclude<Relation, 'head'> => text in others;

async function showHead(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const loaded = await householdFor(visit, 'household.keep');
  const adults = loaded.living.filter(member => member.relation !== 'head' && isAdult(member.birth_year, visit.day));
  return page('households/head', {
    title: '换户主', heading: '换户主', tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded, '换户主'), base: `/households/${loaded.row.id}`, rev: revOf(visit, loaded, trouble),
    adults: adults.map(member => ({ value: member.id, label: callOf(member), hint: `现在是${relations[member.relation]}`, checked: typed(visit.raw, 'head') === member.id })), fault: trouble?.faults[0]?.say,
    relations: loaded.living.map(member => ({ name: `relation-${member.id}`, label: callOf(member), value: typed(visit.raw, `relation-${member.id}`), options: [{ value: '', label: '其他亲属' }, ...optionsOf(others).map(option => ({ value: option.key, label: option.label }))] })),
  });
}

async function saveHead(visit: Visit): Promise<Reply> {
  const loaded = await householdFor(visit, 'household.keep');
  const head = typed(visit.raw, 'head');
  if (head === '') fault('head', 'missing', '请选新户主。');
  await changeHead(visit.office, visit.actor, { household: loaded.row.id, rev: Number(typed(visit.raw, 'rev')), head, relations: relationsTyped(visit.raw) });
  return seeOther(`/households/${loaded.row.id}`, '户主换好了。');
}

/** `relation-<member>` fields of a page that asks anew how everybody stands to the head. */
export function relationsTyped(raw: Raw): Readonly<Record<string, Relation>> {
  return Object.fromEntries(Object.keys(raw).filter(name => name.startsWith('relation-')).flatMap(name => {
    const value = typed(raw, name);
    return isRelation(value) ? [[name.slice('relation-'.length), value] as const] : [];
  }));
}

async function showReveal(visit: Visit, trouble?: Trouble, opened?: string): Promise<Reply> {
  const loaded = await householdFor(visit, 'household.reveal');
  const member = memberIn(visit, loaded);
  const field = (visit.method === 'POST' ? typed(visit.raw, 'field') : visit.query['field']) === 'phone' ? 'phone' : 'id_number';
  const heading = `${field === 'phone' ? '看电话' : '看身份证号'}：${callOf(member)}`;
  return page('households/reveal', {
    title: heading, heading, tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded, heading), base: `/households/${loaded.row.id}`, field, opened, label: field === 'phone' ? '电话' : '身份证号',
    form: formModel(revealForm, { raw: visit.raw, faults: trouble?.faults ?? [] }), action: visit.path,
  });
}

/** The number is in the answer to the post and nowhere else: no address leads back to it. */
async function openReveal(visit: Visit): Promise<Reply> {
  const { reason } = taken(revealForm, visit.raw);
  const opened = await reveal(visit.office, visit.actor, { household: visit.params['id'] ?? '', member: visit.params['member'] ?? '', field: typed(visit.raw, 'field') === 'phone' ? 'phone' : 'id_number', reason });
  return showReveal(visit, undefined, opened);
}

const keep = { power: 'household.keep' } as const;
export const peopleRoutes: readonly Route[] = [
  get('/households/:id/head', { ...keep, handle: showHead }),
  post('/households/:id/head', { ...keep, handle: saveHead, again: showHead }),
  get('/households/:id/members/new', { ...keep, handle: showMember }),
  post('/households/:id/members/new', { ...keep, handle: saveMember, again: showMember }),
  get('/households/:id/members/:member', { ...keep, handle: showMember }),
  post('/households/:id/members/:member', { ...keep, handle: saveMember, again: showMember }),
  post('/households/:id/members/:member/part', { ...keep, handle: savePart, again: showMember }),
  get('/households/:id/members/:member/reveal', { power: 'household.reveal', handle: visit => showReveal(visit) }),
  post('/households/:id/members/:member/reveal', { power: 'household.reveal', handle: openReveal, again: showReveal }),
];
