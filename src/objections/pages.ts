import { may, reach } from '../access/may.ts';
import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { calendarNow } from '../calendar/queries.ts';
import { workingDaysBetween } from '../kit/calendar.ts';
import { householdKey, householdKeys, householdSubject } from '../households/subject.ts';
import { gradesOf } from '../panels/grades.ts';
import { placeNames } from '../places/queries.ts';
import { standingWords } from '../rounds/case.ts';
import { caseOf, currentRound, roundById, roundByNo } from '../rounds/round.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { answerObjection, answerSubject } from './answer.ts';
import { answerForm, hallForm } from './form.ts';
import { lodgeObjection } from './lodge.ts';
import { ratingTopic, ways, outcomes } from './objection.ts';
import { objectionById, objectionsBelow } from './queries.ts';
import { topicsOf, topicWords } from './topic.ts';

async function index(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const answered = visit.query['show'] === 'answered';
  const rows = await objectionsBelow(read, reach(visit.actor, 'objection.read'), { answered, most: 500 });
  const names = await placeNames(read, rows.map(row => row.village_no));
  const calendar = await calendarNow(read);
  return page('objections/index', {
    title: '异议', heading: answered ? '答复过的异议' : rows.length === 0 ? '现在没有等答复的异议' : `有 ${rows.length} 件异议等答复`, answered, canLodge: may(visit.actor, 'objection.read', { id: 'office', paths: reach(visit.actor, 'objection.read') }) === true,
    rows: rows.map(row => ({
      href: `/objections/${row.id}`, head: row.head_name, no: String(row.household_no).padStart(3, '0'), place: names.get(row.village_no)?.full ?? '', how: ways[row.how], lodgedOn: row.lodged_on, dueOn: row.due_on, answeredOn: row.answered_on,
      outcome: row.outcome === null ? '' : outcomes[row.outcome], late: row.outcome === null && visit.day > row.due_on, left: row.outcome === null && visit.day <= row.due_on ? workingDaysBetween({ from: visit.day, to: row.due_on }, calendar) : 0,
    })),
  });
}

async function show(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { office: { read, secrets }, actor } = visit;
  const objection = await objectionById(read, visit.params['id'] ?? '');
  const household = (await householdKeys(read, [objection.subject]))[0] ?? common.refuse('not-found');
  const leave = may(actor, 'objection.read', householdSubject(household));
  if (leave !== true) return common.refuse('not-allowed', { why: leave });
  const round = await roundByNo(read, objection.round);
  const one = await caseOf(read, round.no, objection.subject);
  const told: { head_name: string; household_no: number } | undefined = await read('households').where({ id: household.id }).first('head_name', 'household_no');
  const rating: { grade: number; points: number } | undefined = await read('current_ratings').where({ round: round.no, subject: objection.subject }).first('grade', 'points');
  const place = (await placeNames(read, [household.village_no])).get(household.village_no)?.full ?? '';
  const able = may(actor, 'objection.answer', await answerSubject({ read }, objection, household));
  return page('objections/show', {
    title: `异议 ${told?.head_name ?? ''}`, heading: objection.outcome === null ? `${told?.head_name ?? ''}户的异议，要在${dayWords(objection.due_on)}前答复` : `${told?.head_name ?? ''}户的异议，已经答复`,
    crumbs: [{ label: '异议', href: '/objections' }, { label: place }, { label: told?.head_name ?? '' }], due: objection.outcome === null ? { kind: visit.day > objection.due_on ? 'care' : 'moving', words: visit.day > objection.due_on ? '已经过了答复的日子' : `${dayWords(objection.due_on)}前答复` } : undefined,
    words: secrets.open(objection.words_sealed), who: objection.name_sealed === null ? '没有留名' : secrets.open(objection.name_sealed), contact: objection.contact_sealed === null ? '没有留' : secrets.open(objection.contact_sealed), how: ways[objection.how], topic: topicWords(await topicsOf(read, round), objection.about), lodgedOn: objection.lodged_on, receipt: objection.receipt,
    standing: standingWords[one.standing], mark: rating === undefined ? null : (await gradesOf(read, round.household_standard)).mark(rating.grade), whyHref: `/ratings/${round.id}/${household.id}`, factsHref: `/observations/${round.id}/${household.id}`, caseHref: `/rounds/${round.id}/cases/${household.id}`,
    answered: objection.outcome === null || objection.answer_sealed === null ? undefined : { outcome: outcomes[objection.outcome], words: secrets.open(objection.answer_sealed), on: objection.answered_on },
    canAnswer: objection.outcome === null && able === true, why: objection.outcome === null && able !== true ? able : undefined, action: `/objections/${objection.id}/answer`, form: formModel(answerForm, { raw: visit.raw, faults: trouble?.faults ?? [] }),
  });
}
const dayWords = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

async function answer(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const { reopened } = await answerObjection(visit.office, visit.actor, { id, ...taken(answerForm, visit.raw) });
  return seeOther(`/objections/${id}`, reopened ? '答复好了。这一户回到采集，核实以后重新算分、重新公示。' : '答复好了。没有别的异议时，这一户接着往下走。');
}

/** Somebody came to the hall or called: the household is chosen on its page, the round is the one under way. */
async function showNew(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const wanted = visit.method === 'POST' ? typed(visit.raw, 'household') : visit.query['household'] ?? '';
  if (wanted === '') return seeOther('/households', { kind: 'sky', words: '先找到这一户，再在这一户的页面上登记异议。' });
  const household = await householdKey(read, wanted);
  const leave = may(visit.actor, 'objection.read', householdSubject(household));
  if (leave !== true) return common.refuse('not-allowed', { why: leave });
  const asked = visit.method === 'POST' ? typed(visit.raw, 'round') : visit.query['round'] ?? '';
  const round = asked === '' ? await currentRound(read, household.path) : await roundById(read, asked);
  if (round === undefined) return common.refuse('not-found');
  const told: { head_name: string } | undefined = await read('households').where({ id: household.id }).first('head_name');
  const raw = visit.method === 'POST' ? visit.raw : { id: newId(), round: round.id, household: household.id, how: 'hall', about: ratingTopic };
  return page('objections/new', {
    title: '登记异议', heading: `登记对${told?.head_name ?? ''}户的异议`, crumbs: [{ label: '异议', href: '/objections' }, { label: round.name }], form: formModel(hallForm(await topicsOf(read, round)), { raw, faults: trouble?.faults ?? [] }),
    hidden: ['id', 'round', 'household'].map(name => ({ name, value: typed(raw, name) })),
  });
}

async function lodge(visit: Visit): Promise<Reply> {
  const round = await roundById(visit.office.read, typed(visit.raw, 'round'));
  const { round: _round, household: id, ...given } = taken(hallForm(await topicsOf(visit.office.read, round)), visit.raw);
  const household = await householdKey(visit.office.read, id);
  const leave = may(visit.actor, 'objection.read', householdSubject(household));
  if (leave !== true) return common.refuse('not-allowed', { why: leave });
  const receipt = await lodgeObjection(visit.office, visit.actor, { ...given, round: round.no, subject: household.no, notice: null });
  return seeOther(`/objections/${given.id}`, `登记好了，受理号 ${receipt}，请抄给本人。这一户先停下，别的户照常。`);
}

export const objectionRoutes: readonly Route[] = [
  get('/objections', { power: 'objection.read', handle: index }),
  get('/objections/new', { power: 'objection.read', handle: showNew }),
  post('/objections', { power: 'objection.read', handle: lodge, again: showNew }),
  get('/objections/:id', { power: 'objection.read', handle: show }),
  post('/objections/:id/answer', { power: 'objection.answer', handle: answer, again: show }),
];
