import { may, reach } from '../access/may.ts';
import { callOf, isAdult, numberText } from '../households/household.ts';
import type { Loaded } from '../households/load.ts';
import { crumbsOf, householdFor, mayOn, titleOf, usesTablet } from '../households/visiting.ts';
import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { officeTitle, placeNames } from '../places/queries.ts';
import { asideFrom } from '../recusals/present.ts';
import { householdSubject } from '../households/subject.ts';
import { formModel } from '../web/form-model.ts';
import { day as dayWords } from '../web/helpers.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { reportForm, settleForm, signForm } from './form.ts';
import { hidePledge } from './hide.ts';
import { isHidden, outcomes, pledgeWays, reportOf, standingOf, standingWords, type Pledge, type Standing } from './pledge.ts';
import { pledgeById, pledgesAsking, pledgesOf } from './queries.ts';
import { reportPledge } from './report.ts';
import { settlePledge, settleSubject } from './settle.ts';
import { signatureIn } from './signature.ts';
import { signPledge } from './sign.ts';
import { currentText, offered, openWords, purposes, spoken, textOf } from './texts.ts';

const looks: Readonly<Record<Standing, { readonly icon: string; readonly kind: string }>> = {
  running: { icon: 'clock', kind: '' }, over: { icon: 'half', kind: 'moving' }, reported: { icon: 'half', kind: 'moving' }, kept: { icon: 'tick', kind: 'done' }, broken: { icon: 'circle', kind: '' },
};

/** Reports that wait for other eyes, and pledges whose time is over. */
async function showList(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const rows = await pledgesAsking(read, reach(visit.actor, 'pledge.keep').concat(reach(visit.actor, 'pledge.judge')), visit.day, limits.rowsPerPageMost);
  const places = await placeNames(read, rows.map(row => row.village_no));
  return page('pledges/list', {
    title: '信用承诺', heading: rows.length === 0 ? '没有等着办的承诺' : `${rows.length} 份承诺等着办`, tablet: usesTablet(visit),
    rows: rows.map(row => { const is = standingOf(row, visit.day); return { href: `/pledges/${row.id}`, number: numberText(row.household_no), name: row.name, what: purposes[row.purpose], place: places.get(row.village_no)?.full ?? '', until: row.kept_until, state: { ...looks[is], words: standingWords[is] } }; }),
  });
}

const lineOf = (visit: Visit, loaded: Loaded) => (pledge: Pledge) => {
  const is = standingOf(pledge, visit.day);
  const member = loaded.members.find(one => one.id === pledge.member);
  return { href: `/pledges/${pledge.id}`, title: textOf(pledge.text_version)?.title ?? purposes[pledge.purpose], name: member === undefined ? '' : callOf(member), on: pledge.signed_on, until: pledge.kept_until, state: { ...looks[is], words: standingWords[is] }, shown: pledge.open === 1 && !isHidden(pledge) };
};

/** All pledges of one household, and a new one. */
async function showHousehold(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const loaded = await householdFor(visit);
  const { read } = visit.office;
  const people = loaded.living.filter(member => member.relation === 'head' || isAdult(member.birth_year, visit.day)).map(member => ({ key: member.id, label: callOf(member) }));
  const canKeep = loaded.row.closed_on === null && people.length > 0 && mayOn(visit, loaded, 'pledge.keep');
  const office = await officeTitle(read);
  const first = { signed_on: visit.day, how: usesTablet(visit) ? 'drawn' : 'paper', member: people.length === 1 ? people[0]?.key ?? '' : '' };
  return page('pledges/household', {
    title: `承诺：${titleOf(loaded)}`, heading: '信用承诺', tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded, '信用承诺'), base: `/households/${loaded.row.id}`, id: newId(), canKeep,
    rows: (await pledgesOf(read, loaded.row.id)).map(lineOf(visit, loaded)), form: formModel(signForm(people, visit.day), { raw: visit.method === 'POST' ? visit.raw : first, faults: trouble?.faults ?? [] }),
    signatureFault: trouble?.code === 'pledge-unsigned' ? trouble.words : undefined, openWords,
    texts: offered.map(purpose => ({ ...currentText(purpose), paragraphs: spoken(currentText(purpose), { office, about: '' }), sheet: `/households/${loaded.row.id}/pledge-sheet?purpose=${purpose}` })),
  });
}

async function saveSigned(visit: Visit): Promise<Reply> {
  const loaded = await householdFor(visit);
  const { member, purpose, signed_on, open, how } = taken(signForm(loaded.living.map(one => ({ key: one.id, label: callOf(one) })), visit.day), visit.raw);
  const id = typed(visit.raw, 'id');
  await signPledge(visit.office, visit.actor, { id: isId(id) ? id : newId(), household: loaded.row.id, member, purpose, signedOn: signed_on, how, open: open.includes('yes'), evidence: signatureIn(visit) });
  return seeOther(`/households/${loaded.row.id}/pledges`, `登记好了：${currentText(purpose).title}。`);
}

/** A4 to sign: the words in full, a box for being shown, a line to sign on. */
async function showSheet(visit: Visit): Promise<Reply> {
  const loaded = await householdFor(visit);
  const { read } = visit.office;
  const purpose = offered.find(one => one === visit.query['purpose']) ?? 'rating';
  const [office, names] = [await officeTitle(read), await placeNames(read, [loaded.row.village_no, loaded.row.group_no ?? 0])];
  const text = currentText(purpose);
  return page('pledges/sheet', {
    title: text.title, paper: 'a4', back: { label: '回到承诺', href: `/households/${loaded.row.id}/pledges` }, office, number: numberText(loaded.row.household_no), head: loaded.row.head_name,
    village: names.get(loaded.row.village_no)?.full ?? '', group: names.get(loaded.row.group_no ?? -1)?.name ?? '', text, paragraphs: spoken(text, { office, about: '' }), openWords,
  });
}

/** One pledge: what was promised, how it went, and who says so. Whether it was kept is shown to officers here, and to nobody in public. */
async function showPledge(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const pledge = await pledgeById(read, visit.params['id'] ?? '');
  const loaded = await householdFor(visit, 'household.read', pledge.household);
  const text = textOf(pledge.text_version);
  const is = standingOf(pledge, visit.day);
  const line = lineOf(visit, loaded)(pledge);
  const report = reportOf(pledge);
  const leave = report === undefined ? '' : may(visit.actor, 'pledge.judge', settleSubject(loaded.key, pledge));
  const canKeep = mayOn(visit, loaded, 'pledge.keep');
  const last = visit.method === 'POST' ? visit.path.split('/').at(-1) : undefined;
  const modelOf = (form: Parameters<typeof formModel>[0], step: string) => formModel(form, { raw: last === step ? visit.raw : {}, faults: last === step ? trouble?.faults ?? [] : [] });
  const words = { hidden: '不再公开', reported: '报了', settled: '核定', dropped: '没有同意报的情况' } as const;
  return page('pledges/show', {
    heading: line.title, tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded, '信用承诺'), here: `/pledges/${pledge.id}`, back: `/households/${pledge.household}/pledges`,
    ...line, paper: `/evidence/${pledge.evidence}`, how: pledgeWays[pledge.how], paragraphs: text === undefined ? [] : spoken(text, { office: await officeTitle(read), about: '要改正的事' }),
    trail: pledge.steps.map(step => ({ icon: step.step === 'settled' ? 'tick' : step.step === 'dropped' ? 'undo' : 'half', kind: step.step === 'settled' ? 'done' : '', words: `${dayWords(step.day, 'full')}${words[step.step]}${step.outcome === '' ? '' : outcomes[step.outcome]}${step.words === '' ? '' : `：${step.words}`}`, photo: step.evidence === null ? undefined : `/evidence/${step.evidence}` })),
    canReport: canKeep && (is === 'running' || is === 'over'), canHide: canKeep && line.shown, canSettle: leave === true, settleWhy: report !== undefined && leave !== true ? leave : undefined, reported: report === undefined || report.outcome === '' ? undefined : outcomes[report.outcome],
    recused: report === undefined ? undefined : await asideFrom(visit, 'pledge.judge', householdSubject(loaded.key)),
    report: modelOf(reportForm, 'report'), settle: modelOf(settleForm, 'settle'), photoFault: trouble?.code === 'pledge-unproved' ? trouble.words : undefined,
  });
}

async function takeReport(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const [file] = visit.files;
  await reportPledge(visit.office, visit.actor, { pledge: id, ...taken(reportForm, visit.raw), evidence: file === undefined ? undefined : { path: file.path } });
  return seeOther(`/pledges/${id}`, '报上去了，等另一位同志核定。');
}

async function takeSettle(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const { agrees, words } = taken(settleForm, visit.raw);
  await settlePledge(visit.office, visit.actor, { pledge: id, agrees: agrees === 'yes', words });
  return seeOther(`/pledges/${id}`, agrees === 'yes' ? '核定好了。' : '没有同意，承诺接着履行。');
}

async function takeHide(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  await hidePledge(visit.office, visit.actor, id);
  return seeOther(`/pledges/${id}`, '公开的网页上已经撤下，承诺本身不变。');
}

const uploads = (field: string) => ({ fields: [field], mostBytes: limits.photoBytes });
export const pledgeRoutes: readonly Route[] = [
  get('/pledges', { power: 'household.read', handle: showList }),
  get('/households/:id/pledges', { power: 'household.read', handle: showHousehold }),
  post('/households/:id/pledges', { power: 'pledge.keep', handle: saveSigned, again: showHousehold, uploads: uploads('paper') }),
  get('/households/:id/pledge-sheet', { power: 'household.read', handle: showSheet }),
  get('/pledges/:id', { power: 'household.read', handle: showPledge }),
  post('/pledges/:id/report', { power: 'pledge.keep', handle: takeReport, again: showPledge, uploads: uploads('photo') }),
  post('/pledges/:id/settle', { power: 'pledge.judge', handle: takeSettle, again: showPledge }),
  post('/pledges/:id/hide', { power: 'pledge.keep', handle: takeHide }),
];
