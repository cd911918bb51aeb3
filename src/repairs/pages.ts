import { may, reach } from '../access/may.ts';
import { householdSubject } from '../households/subject.ts';
import { callOf, numberText } from '../households/household.ts';
import { crumbsOf, householdFor, mayOn, titleOf, usesTablet } from '../households/visiting.ts';
import { taken } from '../kit/faults.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import { happeningOf } from '../observations/checks.ts';
import { worldOf } from '../observations/world.ts';
import { officeTitle, placeNames } from '../places/queries.ts';
import { currentText, spoken } from '../pledges/texts.ts';
import { asideFrom } from '../recusals/present.ts';
import { saidIn } from '../rounds/statements.ts';
import { breaches } from '../standards/breach.ts';
import { formModel } from '../web/form-model.ts';
import { day as dayWords } from '../web/helpers.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { acceptRepair } from './accept.ts';
import { decideRepair, recallRepair } from './decide.ts';
import { acceptForm, decideForm, handForm, recallForm } from './form.ts';
import { handPapers } from './hand.ts';
import { repairById, repairsAwaited, repairsToHand, roundOf, type Repair } from './queries.ts';
import { isOpen, standingOf, standingWords, steps, type Standing } from './repair.ts';
import { decideSubject } from './seat.ts';

const looks: Readonly<Record<Standing, { readonly icon: string; readonly kind: string }>> = {
  applied: { icon: 'half', kind: 'moving' }, accepted: { icon: 'half', kind: 'moving' }, returned: { icon: 'undo', kind: '' }, granted: { icon: 'tick', kind: 'done' }, refused: { icon: 'circle', kind: '' }, recalled: { icon: 'undo', kind: '' },
};
/** The day on which the next step is due. */
export const dueOf = (repair: Repair): string => standingOf(repair.steps) === 'applied' ? repair.accept_by : repair.decide_by;

async function showList(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const paths = reach(visit.actor, 'observation.read');
  const [rows, decided] = await Promise.all([repairsAwaited(read, paths, limits.rowsPerPageMost), repairsToHand(read, paths, limits.rowsPerPageMost)]);
  const places = await placeNames(read, [...rows, ...decided].map(row => row.village_no));
  return page('repairs/list', {
    title: '信用修复', heading: rows.length + decided.length === 0 ? '没有在办的修复申请' : `${rows.length + decided.length} 份修复申请在办`, tablet: usesTablet(visit),
    decided: decided.map(row => ({ href: `/repairs/${row.id}`, papers: `/repairs/${row.id}/papers`, number: numberText(row.household_no), name: row.head_name, place: places.get(row.village_no)?.full ?? '', words: standingWords[standingOf(row.steps)] })),
    rows: rows.map(row => ({ href: `/repairs/${row.id}`, number: numberText(row.household_no), name: row.head_name, place: places.get(row.village_no)?.full ?? '', words: standingWords[standingOf(row.steps)], due: dueOf(row), late: dueOf(row) < visit.day })),
  });
}

/** One application with everything that belongs to it. */
async function repairAt(visit: Visit) {
  const { read } = visit.office;
  const repair = await repairById(read, visit.params['id'] ?? '');
  const loaded = await householdFor(visit, 'observation.read', repair.household);
  const round = await roundOf(read, loaded.row.no, repair.event) ?? common.refuse('not-found');
  const world = await worldOf(read, Number(round.no), repair.household);
  const event = world.picture.events.get(repair.event) ?? common.refuse('not-found');
  const what = happeningOf(world.compiled.standard, event.entry)?.label ?? '';
  const member = loaded.members.find(one => one.id === repair.member);
  return { repair, loaded, round, event, what, name: member === undefined ? '' : callOf(member), is: standingOf(repair.steps) };
}

async function showOne(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { repair, loaded, round, event, what, name, is } = await repairAt(visit);
  const { read } = visit.office;
  const leave = may(visit.actor, 'repair.decide', await decideSubject(read, repair));
  const last = visit.method === 'POST' ? visit.path.split('/').at(-1) : undefined;
  const modelOf = (form: Parameters<typeof formModel>[0], step: string) => formModel(form, { raw: last === step ? visit.raw : {}, faults: last === step ? trouble?.faults ?? [] : [] });
  const handed = repair.steps.some(one => one.step === 'handed');
  const decided = is === 'granted' || is === 'refused';
  return page('repairs/show', {
    title: `信用修复 ${titleOf(loaded)}`, heading: `信用修复：${what}`, tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded, '信用修复'), here: `/repairs/${repair.id}`, back: `/households/${repair.household}/repairs`,
    state: { ...looks[is], words: isOpen(is) ? `${standingWords[is]}，${dayWords(dueOf(repair))}前办` : standingWords[is] }, what, on: event.entry.day, thing: `/tellings/${round.id}/${repair.household}/${repair.event}`, breach: breaches[repair.class].label, name, appliedOn: repair.applied_on, words: repair.words, paper: `/evidence/${repair.evidence}`,
    cured: event.cured === undefined ? undefined : { on: event.cured.on, note: event.cured.note, photos: (event.cured.evidence ?? []).map(id => `/evidence/${id}`) },
    pledge: spoken(currentText('repair'), { office: await officeTitle(read), about: what }), pledgeHref: `/pledges/${repair.pledge}`,
    said: (await saidIn(read, Number(round.no), loaded.row.no)).get(`event:${repair.event}`) ?? [],
    trail: repair.steps.map(one => ({ icon: one.step === 'returned' || one.step === 'recalled' ? 'undo' : 'tick', kind: 'done', words: `${dayWords(one.day, 'full')}${steps[one.step]}${one.words === '' ? '' : `：${one.words}`}` })),
    canAccept: is === 'applied' && mayOn(visit, loaded, 'repair.decide'), canDecide: is === 'accepted' && leave === true, why: is === 'accepted' && leave !== true ? leave : undefined, recused: isOpen(is) ? await asideFrom(visit, 'repair.decide', householdSubject(loaded.key)) : undefined,
    canHand: decided && !handed && mayOn(visit, loaded, 'repair.apply'), canRecall: is === 'granted' && leave === true, papers: decided ? `/repairs/${repair.id}/papers` : undefined, rated: is === 'granted' && mayOn(visit, loaded, 'rating.read') ? `/ratings/${round.id}/${repair.household}` : undefined,
    past: is === 'granted' && mayOn(visit, loaded, 'repair.look-back') ? `/lookbacks/${round.id}/${repair.household}` : undefined,
    accept: modelOf(acceptForm, 'accept'), decide: modelOf(decideForm, 'decide'), hand: modelOf(handForm, 'hand'), recall: modelOf(recallForm, 'recall'),
  });
}

/** Decision and notice, two papers that are handed over together (两书同达). */
async function showPapers(visit: Visit): Promise<Reply> {
  const { repair, loaded, event, what, name, is } = await repairAt(visit);
  const { read } = visit.office;
  const decision = repair.steps.findLast(one => one.step === 'granted' || one.step === 'refused');
  if (decision === undefined || (is !== 'granted' && is !== 'refused')) return common.refuse('not-found');
  const [names, office] = [await placeNames(read, [loaded.row.village_no, loaded.row.group_no ?? 0]), await officeTitle(read)];
  return page('repairs/papers', {
    title: '信用修复文书', paper: 'a4', back: { label: '回到申请', href: `/repairs/${repair.id}` }, office, village: names.get(loaded.row.village_no)?.full ?? '', group: names.get(loaded.row.group_no ?? -1)?.name ?? '', name,
    what, on: event.entry.day, appliedOn: repair.applied_on, breach: breaches[repair.class].label, granted: decision.step === 'granted', decidedOn: decision.day, words: decision.words, cured: event.cured?.on,
  });
}

async function takeAccept(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const { whole, words } = taken(acceptForm, visit.raw);
  await acceptRepair(visit.office, visit.actor, { id, isWhole: whole === 'yes', words: words ?? '' });
  return seeOther(`/repairs/${id}`, whole === 'yes' ? '受理了。请没有记过、没有核实过这件事的同志决定。' : '退回了。告诉本人缺什么，补齐了马上可以再申请。');
}

async function takeDecide(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const { grants, words } = taken(decideForm, visit.raw);
  await decideRepair(visit.office, visit.actor, { id, grants: grants === 'yes', words });
  return seeOther(`/repairs/${id}`, grants === 'yes' ? '同意修复。从今天起不再算分、不再显示；打印两份文书，一起送到本人手里。' : '决定好了。打印决定书送到本人手里，上面写着不服怎么提。');
}

async function takeHand(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  await handPapers(visit.office, visit.actor, { id, ...taken(handForm, visit.raw) });
  return seeOther(`/repairs/${id}`, '送达登记好了。');
}

async function takeRecall(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  await recallRepair(visit.office, visit.actor, { id, ...taken(recallForm, visit.raw) });
  return seeOther(`/repairs/${id}`, '修复撤回了，这件事重新算到原来的期限为止。请告诉本人，本人可以提异议。');
}

export const repairRoutes: readonly Route[] = [
  get('/repairs', { power: 'observation.read', handle: showList }),
  get('/repairs/:id', { power: 'observation.read', handle: showOne }),
  get('/repairs/:id/papers', { power: 'observation.read', handle: showPapers }),
  post('/repairs/:id/accept', { power: 'repair.decide', handle: takeAccept, again: showOne }),
  post('/repairs/:id/decide', { power: 'repair.decide', handle: takeDecide, again: showOne }),
  post('/repairs/:id/hand', { power: 'repair.apply', handle: takeHand, again: showOne }),
  post('/repairs/:id/recall', { power: 'repair.decide', handle: takeRecall, again: showOne }),
];
