import { may, reach } from '../access/may.ts';
import { actorId } from '../access/actor.ts';
import { householdSubject } from '../households/subject.ts';
import { crumbsOf, usesTablet } from '../households/visiting.ts';
import { termsNow } from '../calendar/terms.ts';
import { taken } from '../kit/faults.ts';
import { limits } from '../kit/limits.ts';
import { addMonths } from '../kit/time.ts';
import { caseAt } from '../observations/case-at.ts';
import { heading } from '../observations/present.ts';
import { observations } from '../observations/refusals.ts';
import { never } from '../observations/span.ts';
import { placeNames } from '../places/queries.ts';
import { asideFrom } from '../recusals/present.ts';
import { saidIn } from '../rounds/statements.ts';
import { formModel } from '../web/form-model.ts';
import { day as dayWords } from '../web/helpers.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { confirmEvent, confirmSubject } from './confirm.ts';
import { confirmForm, recallForm, tellForm } from './form.ts';
import { letterRoutes } from './letter-pages.ts';
import { wordsOf } from './present.ts';
import { isUntold, namesOf, tellingsOf, waitingBelow, type Waiting } from './queries.ts';
import { tellPerson } from './tell.ts';
import { reached, steps, tellingWays, toldIn, type Reached, type Telling, type TellingWay } from './telling.ts';
import { takeBackTelling } from './untell.ts';

/** What takes points and does not count yet, by what is to be done next. */
async function showList(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const list = await waitingBelow(read, reach(visit.actor, 'observation.read'), visit.day, limits.rowsPerPageMost);
  const places = await placeNames(read, list.map(one => one.village));
  const me = actorId(visit.actor);
  const lines = (wanted: (one: Waiting) => boolean) => list.filter(wanted).map(one => ({ href: hrefOf(one), number: one.number, name: one.name, place: places.get(one.village)?.full ?? '', what: one.happening.label, on: one.day, from: one.counts_from, own: one.by === me, letter: one.confirmed ? `${hrefOf(one)}/letter` : undefined }));
  const [recorded, confirmed, answering] = [lines(one => isUntold(one) && !one.confirmed), lines(one => isUntold(one) && one.confirmed), lines(one => !isUntold(one))];
  return page('tellings/list', {
    title: '减分的事', heading: list.length === 0 ? '没有等着办的减分的事' : `${list.length} 件减分的事还不算分`, tablet: usesTablet(visit), days: (await termsNow(read)).answer, whole: list.length < limits.rowsPerPageMost,
    groups: [
      { title: '等别人核实', says: '谁记的谁不能核实；核实以前不算分', rows: recorded, letters: undefined },
      { title: '核实了，等告知本人', says: '打印告知书送到，登记哪一天、交给了谁', rows: confirmed, letters: confirmed.length === 0 ? undefined : '/tellings/letters' },
      { title: '告知了，本人可以说明', says: '期限过了才算分', rows: answering, letters: undefined },
    ].filter(group => group.rows.length > 0),
  });
}

export const hrefOf = ({ roundId, household, event }: { readonly roundId: string; readonly household: string; readonly event: string }): string => `/tellings/${roundId}/${household}/${event}`;

async function eventAt(visit: Visit) {
  const at = await caseAt(visit, 'observation.read');
  const state = at.world.picture.events.get(visit.params['event'] ?? '') ?? observations.refuse('event-unknown');
  return { at, state, href: hrefOf({ roundId: at.world.round.id, household: at.loaded.row.id, event: state.entry.id }) };
}

async function showOne(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { at, state, href } = await eventAt(visit);
  const { read } = visit.office;
  const { entry } = state;
  const told = wordsOf(at, entry);
  const done = await tellingsOf(read, entry.id);
  const names = await namesOf(read, done);
  const confirmed = done.find(one => one.step === 'confirmed');
  const is = reached(entry.span, confirmed !== undefined, { never, day: visit.day });
  const leave = may(visit.actor, 'telling.confirm', await confirmSubject(read, at.world, entry.id));
  const mayTell = may(visit.actor, 'telling.give', householdSubject(at.loaded.key)) === true;
  const open = state.voided === undefined;
  const posted = visit.method === 'POST' ? visit.path.split('/').at(-1) : undefined;
  const modelOf = (form: Parameters<typeof formModel>[0], step: string, first: Record<string, string>) => formModel(form, { raw: posted === step ? visit.raw : first, faults: posted === step ? trouble?.faults ?? [] : [] });
  return page('tellings/show', {
    title: `${told.what} ${heading(at).name}`, heading: told.what, tablet: usesTablet(visit), crumbs: await crumbsOf(visit, at.loaded, '减分的事'), href, back: `${at.href}/check`,
    ...told, ...state.voided === undefined ? { state: stateMarks[is], more: is === 'answering' ? `告知了，${dayWords(entry.span?.from ?? '', 'full')}起才算分，这以前本人可以说明、提异议。` : is === 'counts' && entry.span !== undefined ? `告知过了，从${dayWords(entry.span.from, 'full')}起算。` : undefined } : { state: { icon: 'undo', kind: '', words: '撤掉了' }, more: state.voided.why },
    until: addMonths(entry.day, told.lifeMonths), ended: addMonths(entry.day, told.lifeMonths) <= visit.day,
    trail: done.map(one => trailOf(one, names.get(one.by) ?? '')), said: (await saidIn(read, at.world.round.no, at.world.household.no)).get(`event:${entry.id}`) ?? [],
    toConfirm: open && is === 'recorded' && leave === true, confirmWhy: open && is === 'recorded' && leave !== true ? leave : undefined, recused: open && is === 'recorded' ? await asideFrom(visit, 'telling.confirm', householdSubject(at.loaded.key)) : undefined, proofWanted: (entry.evidence ?? []).length === 0,
    toTell: open && is === 'confirmed' && mayTell, toSay: open && may(visit.actor, 'statement.keep', householdSubject(at.loaded.key)) === true ? `/statements/${at.world.round.id}/${at.loaded.row.id}?about=event:${entry.id}` : undefined, letter: open && confirmed !== undefined ? `${href}/letter` : undefined,
    toRecall: open && may(visit.actor, is === 'counts' ? 'telling.confirm' : 'telling.recall', householdSubject(at.loaded.key)) === true && (is === 'answering' || is === 'counts') && toldIn(done) !== undefined && !(is === 'counts' && visit.actor.kind === 'officer' && toldIn(done)?.by === visit.actor.id), recall: modelOf(recallForm, 'recall', {}),
    repair: open && is === 'counts' ? `/households/${at.loaded.row.id}/repairs` : undefined, cure: open && is === 'counts' && state.cured === undefined && at.closed === undefined && at.mayRecord ? `${at.href}/events/${entry.id}/cure` : undefined,
    confirm: modelOf(confirmForm, 'confirm', {}), tell: modelOf(tellForm(confirmed?.day ?? visit.day, visit.day), 'tell', { on: visit.day, how: 'handed' }),
    photoFault: trouble?.code === 'telling-unproved' ? trouble.words : undefined,
  });
}

const stateMarks: Readonly<Record<Reached, { readonly icon: string; readonly kind: string; readonly words: string }>> = {
  recorded: { icon: 'half', kind: 'moving', words: '等核实，先不算分' }, confirmed: { icon: 'half', kind: 'moving', words: '核实了，等告知，先不算分' }, answering: { icon: 'half', kind: 'moving', words: '先不算分' },
  counts: { icon: 'clock', kind: '', words: '在算分' }, repaired: { icon: 'tick', kind: 'done', words: '已经修复，不再算' },
};

const trailOf = (one: Telling, who: string) => ({
  icon: one.step === 'recalled' ? 'undo' : 'tick', kind: 'done', photo: one.evidence === null ? undefined : `/evidence/${one.evidence}`,
  words: `${dayWords(one.day, 'full')}${steps[one.step]}${one.step === 'told' ? `：${tellingWays[one.how as TellingWay]}${one.words === '' ? '' : `（${one.words}）`}` : `：${one.words}`}，${who}经手`,
});

const given = (visit: Visit, at: Awaited<ReturnType<typeof caseAt>>) => ({ round: at.world.round.no, household: at.loaded.row.id, event: visit.params['event'] ?? '' });
const photosIn = (visit: Visit) => visit.files.map(file => ({ path: file.path }));

async function takeConfirm(visit: Visit): Promise<Reply> {
  const { at, href } = await eventAt(visit);
  const { holds, words } = taken(confirmForm, visit.raw);
  await confirmEvent(visit.office, visit.actor, { ...given(visit, at), holds: holds === 'yes', words, photos: photosIn(visit) });
  return seeOther(holds === 'yes' ? href : '/tellings', holds === 'yes' ? '核实好了。打印告知书，送到本人手里，再登记告知。' : `撤掉了，原因也记下了。${heading(at).name}不会因为这件事减分。`);
}

async function takeTell(visit: Visit): Promise<Reply> {
  const { at, href } = await eventAt(visit);
  const values = taken(tellForm('2000-01-01', visit.day), visit.raw);
  const from = await tellPerson(visit.office, visit.actor, { ...given(visit, at), on: values.on, how: values.how, words: values.words ?? '', photo: photosIn(visit)[0] });
  return seeOther(href, `登记好了。从${dayWords(from, 'full')}起才算分，这以前本人可以说明、提异议。`);
}

async function takeRecall(visit: Visit): Promise<Reply> {
  const { at, href } = await eventAt(visit);
  await takeBackTelling(visit.office, visit.actor, { ...given(visit, at), words: taken(recallForm, visit.raw).words });
  return seeOther(href, '撤回了，先不算分。真正告知本人以后，再登记哪一天、交给了谁。');
}

const uploads = { fields: ['photo'], mostBytes: limits.photoBytes };
export const tellingRoutes: readonly Route[] = [
  get('/tellings', { power: 'observation.read', handle: showList }),
  ...letterRoutes,
  get('/tellings/:round/:household/:event', { power: 'observation.read', handle: showOne }),
  post('/tellings/:round/:household/:event/confirm', { power: 'telling.confirm', handle: takeConfirm, again: showOne, uploads }),
  post('/tellings/:round/:household/:event/recall', { power: 'telling.recall', handle: takeRecall, again: showOne }),
  post('/tellings/:round/:household/:event/tell', { power: 'telling.give', handle: takeTell, again: showOne, uploads }),
];
