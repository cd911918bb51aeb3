import { may, reach } from '../access/may.ts';
import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import { calendarNow } from '../calendar/queries.ts';
import { workingDaysBetween } from '../kit/calendar.ts';
import { gradesOf } from '../panels/grades.ts';
import { placeNames } from '../places/queries.ts';
import { standingWords } from '../rounds/case.ts';
import { caseOf, currentRound, roundById, roundByNo, type Round } from '../rounds/round.ts';
import { saidIn } from '../rounds/statements.ts';
import { titleKinds } from '../titles/title.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { cameOf } from './came.ts';
import { answerObjection, answerSeat } from './answer.ts';
import { disputedById, disputedByNo, placeOf, type Disputed } from './disputed.ts';
import { answerIn, answeringModel } from './answering.ts';
import { checkOf } from './check.ts';
import { hallForm } from './form.ts';
import { lodgeObjection } from './lodge.ts';
import { isLook } from './look.ts';
import { disputedWords, lookWords, ratingTopic, ways, outcomes } from './objection.ts';
import { answererOf, appealOf, cameToCounty, objectionById, objectionsBelow, type ObjectionRow } from './queries.ts';
import { topicsAbout, topicWords } from './topic.ts';

async function index(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const answered = visit.query['show'] === 'answered';
  const rows = await objectionsBelow(read, reach(visit.actor, 'objection.read'), { answered, most: 500, households: reach(visit.actor, 'household.read') });
  const names = await placeNames(read, rows.map(row => row.place_no));
  const calendar = await calendarNow(read);
  return page('objections/index', {
    title: '异议', heading: answered ? '答复过的异议' : rows.length === 0 ? '现在没有等答复的异议' : `有 ${rows.length} 件异议等答复`, answered, canLodge: may(visit.actor, 'household.read', { id: 'office', paths: reach(visit.actor, 'household.read') }) === true,
    rows: rows.map(row => ({
      href: `/objections/${row.id}`, name: row.kind === 'household' ? row.head_name : titleKinds[row.kind], no: row.household_no === null ? '' : String(row.household_no).padStart(3, '0'), place: names.get(row.place_no)?.full ?? '',
      how: ways[row.how], isAppeal: row.appeals !== null, lodgedOn: row.lodged_on, dueOn: row.due_on, answeredOn: row.answered_on,
      outcome: row.outcome === null ? '' : outcomes[row.outcome], late: row.outcome === null && visit.day > row.due_on, left: row.outcome === null && visit.day <= row.due_on ? workingDaysBetween({ from: visit.day, to: row.due_on }, calendar) : 0,
    })),
  });
}

async function show(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { office: { read, secrets }, actor } = visit;
  const objection = await objectionById(read, visit.params['id'] ?? '');
  const disputed = await disputedByNo(read, objection.subject);
  await mayRead(visit, disputed, objection);
  const round = await roundByNo(read, objection.round);
  const one = await caseOf(read, round.no, objection.subject);
  const seat = await answerSeat({ read }, objection, disputed);
  const able = may(actor, seat.power, seat.subject);
  const appeal = await appealOf(read, objection.id);
  const words = isLook(objection.about) ? lookWords : disputedWords[disputed.kind];
  return page('objections/show', {
    title: `异议 ${disputed.name}`, heading: objection.outcome === null ? `${disputed.name}的异议，要在${dayWords(objection.due_on)}前答复` : `${disputed.name}的异议，已经答复`,
    crumbs: [{ label: '异议', href: '/objections' }, { label: await placeOf(read, disputed) }, { label: disputed.name }], due: objection.outcome === null ? { kind: visit.day > objection.due_on ? 'care' : 'moving', words: visit.day > objection.due_on ? '已经过了答复的日子' : `${dayWords(objection.due_on)}前答复` } : undefined,
    words: secrets.open(objection.words_sealed), who: objection.name_sealed === null ? '没有留名' : secrets.open(objection.name_sealed), contact: objection.contact_sealed === null ? '没有留' : secrets.open(objection.contact_sealed), how: ways[objection.how], topic: topicWords(await topicsAbout(read, round, disputed), objection.about), lodgedOn: objection.lodged_on, receipt: objection.receipt,
    beforeHref: objection.appeals === null ? undefined : `/objections/${objection.appeals}`, afterHref: appeal === undefined ? undefined : `/objections/${appeal.id}`,
    said: disputed.kind === 'household' ? (await saidIn(read, round.no, disputed.no)).get(objection.about) ?? [] : [], sayHref: disputed.kind === 'household' && !isLook(objection.about) && may(actor, 'statement.keep', disputed.subject) === true ? `/statements/${round.id}/${disputed.id}?about=${objection.about}` : undefined,
    it: words.it, upheld: words.upheld, standing: standingWords[one.standing], ...disputed.kind === 'household' ? await householdAside(visit, round, disputed) : titleAside(round, disputed),
    answered: objection.outcome === null || objection.answer_sealed === null ? undefined : { outcome: outcomes[objection.outcome], words: secrets.open(objection.answer_sealed), on: objection.answered_on, check: checkOf(secrets, objection) }, came: disputed.kind === 'household' && may(actor, 'rating.read', disputed.subject) === true ? await cameOf(read, objection, round) : undefined,
    letters: [{ label: objection.outcome === null ? '打印受理回执' : '打印答复，给提出人', href: `/objections/${objection.id}/letter` }, ...disputed.kind === 'household' && objection.outcome !== null ? [{ label: '打印答复，给本户', href: `/objections/${objection.id}/household-letter` }] : [], ...objection.checked_on === null ? [] : [{ label: '打印核查记录', href: `/objections/${objection.id}/record` }]],
    canAnswer: objection.outcome === null && able === true, why: objection.outcome !== null || able === true ? undefined : objection.bank === null ? able : `说的是银行给的数据，由${await answererOf(read, objection)}核查答复`, camera: true, action: `/objections/${objection.id}/answer`, form: answeringModel(visit, objection, trouble),
  });
}
const dayWords = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** What is between a household and its village or township is theirs; the county reads what has come up to it, and what is said of titles. */
export async function mayRead({ actor, office }: Visit, { kind, subject }: Disputed, objection?: ObjectionRow): Promise<void> {
  const leave = may(actor, 'objection.read', subject);
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  if (kind !== 'household' || may(actor, 'household.read', subject) === true) return;
  if (objection === undefined || !await cameToCounty(office.read, objection)) common.refuse('not-allowed', { why: '这一户的异议由村里和镇里办，没有到县里' });
}

async function householdAside({ office: { read }, actor }: Visit, round: Round, { no, id, subject }: Disputed) {
  const facts = may(actor, 'observation.read', subject) === true;
  const rating: { grade: number } | undefined = await read('current_ratings').where({ round: round.no, subject: no }).first('grade');
  return {
    mark: rating === undefined ? null : (await gradesOf(read, round.household_standard)).mark(rating.grade),
    links: [{ label: '为什么是这个等级', href: `/ratings/${round.id}/${id}` }, ...facts ? [{ label: '采集的内容', href: `/observations/${round.id}/${id}` }, { label: '全部经过', href: `/rounds/${round.id}/cases/${id}` }] : []],
  };
}
const titleAside = (round: Round, { id }: Disputed) =>
  ({ mark: undefined, links: [{ label: '每一条怎么算', href: `/ratings/${round.id}/places/${id}` }, { label: '申报的全部经过', href: `/titles/${round.id}/${id}` }] });

async function answer(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const { office } = visit;
  const objection = await objectionById(office.read, id);
  const { kind } = await disputedByNo(office.read, objection.subject);
  const { reopened } = await answerObjection(office, visit.actor, answerIn(visit, objection));
  const { it, upheld } = disputedWords[kind];
  return seeOther(`/objections/${id}`, isLook(objection.about) ? '答复好了。打印答复交给本人。' : reopened ? `答复好了。${upheld}。` : `答复好了。没有别的异议时，${it}接着往下走。`);
}

/** Somebody came to the hall or called: the household or the title is chosen on its page, the round is the one under way. */
async function showNew(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const asked = (name: string): string => visit.method === 'POST' ? typed(visit.raw, name) : visit.query[name] ?? '';
  if (asked('subject') === '') return seeOther('/households', { kind: 'sky', words: '先找到这一户，再在这一户的页面上登记异议。对信用村、信用乡镇的异议，在“村和镇”里登记。' });
  const disputed = await disputedById(read, asked('subject'));
  await mayRead(visit, disputed);
  const round = asked('round') === '' ? await currentRound(read, disputed.path) : await roundById(read, asked('round'));
  if (round === undefined) return common.refuse('not-found');
  const raw = visit.method === 'POST' ? visit.raw : { id: newId(), round: round.id, subject: disputed.id, how: 'hall', about: visit.query['about'] ?? ratingTopic };
  return page('objections/new', {
    title: '登记异议', heading: `登记对${disputed.name}的异议`, crumbs: [{ label: '异议', href: '/objections' }, { label: round.name }], form: formModel(hallForm(await topicsAbout(read, round, disputed)), { raw, faults: trouble?.faults ?? [] }),
    hidden: ['id', 'round', 'subject'].map(name => ({ name, value: typed(raw, name) })), ...disputedWords[disputed.kind],
  });
}

async function lodge(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const [round, disputed] = [await roundById(read, typed(visit.raw, 'round')), await disputedById(read, typed(visit.raw, 'subject'))];
  const { round: _round, subject: _subject, ...given } = taken(hallForm(await topicsAbout(read, round, disputed)), visit.raw);
  await mayRead(visit, disputed);
  const receipt = await lodgeObjection(visit.office, visit.actor, { ...given, round: round.no, subject: disputed.no, notice: null });
  const { it, others } = disputedWords[disputed.kind];
  return seeOther(`/objections/${given.id}`, `登记好了，受理号 ${receipt}，请抄给本人。${isLook(given.about) ? '由那家银行二十日内答复，评定照常。' : `${it}先停下，${others}。`}`);
}

export const objectionRoutes: readonly Route[] = [
  get('/objections', { power: 'objection.read', handle: index }),
  get('/objections/new', { power: 'objection.read', handle: showNew }),
  post('/objections', { power: 'objection.read', handle: lodge, again: showNew }),
  get('/objections/:id', { power: 'objection.read', handle: show }),
  post('/objections/:id/answer', { power: 'objection.read', handle: answer, again: show, uploads: { fields: ['photo'], mostBytes: limits.photoBytes } }),
];
