import { actorId } from '../access/actor.ts';
import { may } from '../access/may.ts';
import { numberText } from '../households/household.ts';
import { common } from '../kit/refusals.ts';
import { Faults } from '../kit/faults.ts';
import { officeTitle, placeNames } from '../places/queries.ts';
import { parseSheet, questionOf } from '../observations/sheet-form.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { officerNames } from '../people/queries.ts';
import { keyedBy, ownAnswers, type Answers } from './answers.ts';
import { spreadWords, type Seat } from './peer.ts';
import { seatsOf } from './queries.ts';
import { peers } from './refusals.ts';
import { handIn, isWhole, keyAnswers, saveAnswers } from './save.ts';
import { askedFor, groupSubject, scopeOf, type Asked, type Scope } from './scope.ts';

interface Sheet { readonly scope: Scope; readonly seat: Seat; readonly asked: readonly Asked[]; readonly told: ReadonlyMap<number, Answers>; readonly here: string; readonly place: string }

/** The reader's own sheet, and nobody else's. */
async function ownSheet(visit: Visit): Promise<Sheet> {
  const { office: { read, secrets }, actor } = visit;
  const scope = await scopeOf(read, visit.params['id'] ?? '');
  const seat = (await seatsOf(read, [scope.review.id])).find(one => one.officer === actorId(actor) && one.how === 'tablet') ?? common.refuse('not-allowed', { why: '这次评议没有您的席位' });
  if (scope.review.closed_on !== null) peers.refuse('peer-over');
  return { scope, seat, asked: askedFor(scope, actor), told: await ownAnswers(read, secrets, { review: scope.review.id, no: seat.no }), here: `/peers/${scope.review.id}/sheet`, place: await placeOf(visit, scope) };
}

/** A sheet on paper, as far as the reader keyed it in. */
async function paperSheet(visit: Visit): Promise<Sheet & { readonly differing: ReadonlySet<number>; readonly others: number }> {
  const { office: { read, secrets }, actor } = visit;
  const scope = await scopeOf(read, visit.params['id'] ?? '');
  const no = Number(visit.params['no']);
  const seat = (await seatsOf(read, [scope.review.id])).find(one => one.no === no && one.how === 'paper') ?? common.refuse('not-found');
  const leave = may(actor, 'peer.key', { ...groupSubject(scope.group), barred: [{ officer: seat.officer, why: '这张纸是您写的，请别的同志录入' }] });
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  if (scope.review.closed_on !== null) peers.refuse('peer-over');
  const keyed = await keyedBy(read, secrets, { review: scope.review.id, no }, actorId(actor));
  if (keyed.slot === undefined) peers.refuse('peer-keyed');
  return { scope, seat, asked: scope.households, told: keyed.own, here: `/peers/${scope.review.id}/key/${no}`, place: await placeOf(visit, scope), differing: keyed.differing, others: keyed.others };
}

const placeOf = async (visit: Visit, { group }: Scope): Promise<string> => (await placeNames(visit.office.read, [group.no])).get(group.no)?.full ?? '';
const crumbs = (sheet: Sheet, last: string) => [{ label: '背靠背评议', href: '/peers' }, { label: sheet.place, href: sheet.here }, { label: last }];
const rowsOf = ({ asked, told, here }: Sheet, differing: ReadonlySet<number> = new Set()) => asked.map(one => ({ href: `${here}/${one.id}`, number: numberText(one.household_no), name: one.head_name, isDone: isWhole(one, told.get(one.no)), differs: differing.has(one.no) }));

async function showSheet(visit: Visit): Promise<Reply> {
  const sheet = await ownSheet(visit);
  const rows = rowsOf(sheet);
  const done = rows.filter(row => row.isDone).length;
  return page('peers/sheet', {
    title: '我的评议表', heading: `${sheet.place}，${rows.length} 户`, crumbs: [{ label: '背靠背评议', href: '/peers' }, { label: sheet.place }], here: sheet.here, rows, done, isHandedIn: sheet.seat.done_at !== null, ready: done === rows.length, next: rows.find(row => !row.isDone)?.href,
    until: sheet.scope.review.until, away: sheet.scope.households.length - sheet.asked.length,
  });
}

function household(visit: Visit, sheet: Sheet, trouble: Trouble | undefined, extra: { readonly save: string; readonly note: string }): Reply {
  const one = sheet.asked.find(each => each.id === visit.params['household']) ?? peers.refuse('peer-not-asked');
  const at = sheet.asked.indexOf(one);
  const raw = visit.method === 'POST' ? visit.raw : undefined;
  const questions = one.questions.map(indicator => {
    const before = sheet.scope.before.find(result => result.subject === one.no && result.indicator === indicator.key);
    const question = questionOf({ ...indicator, withoutDontKnow: false, evidence: false }, { now: sheet.told.get(one.no)?.[indicator.key], before: undefined, photos: [], raw, faults: trouble?.faults ?? [], day: visit.day });
    const range = indicator.options === undefined && indicator.least !== undefined && indicator.most !== undefined ? `${indicator.least} 到 ${indicator.most}${indicator.unit ?? ''}` : undefined;
    return { ...question, hint: [range, before === undefined ? indicator.hint : `上一轮：${spreadWords(indicator, before)}。再想一想，各评各的。`].filter(words => words !== undefined).join('。') || undefined };
  });
  return page('peers/household', { title: `${numberText(one.household_no)} ${one.head_name}`, number: numberText(one.household_no), name: one.head_name, crumbs: crumbs(sheet, `${numberText(one.household_no)} ${one.head_name}`), place: `第 ${at + 1} 户，共 ${sheet.asked.length} 户`, action: `${sheet.here}/${one.id}`, questions, faults: questions.flatMap(question => question.fault === undefined ? [] : [{ id: question.id, label: question.label, say: question.fault }]), ...extra });
}

const showHousehold = async (visit: Visit, trouble?: Trouble): Promise<Reply> => household(visit, await ownSheet(visit), trouble, { save: '存下，下一户', note: '只有您自己看得到这一户您选了什么。评完大家一起算，算出来也看不到谁选了什么。' });
const showKeying = async (visit: Visit, trouble?: Trouble): Promise<Reply> => household(visit, await paperSheet(visit), trouble, { save: '录好，下一户', note: '照纸上写的录，不改、不猜。纸上空着或看不清的，选“不清楚”。' });

function valuesIn(visit: Visit, sheet: Sheet): Answers {
  const one = sheet.asked.find(each => each.id === visit.params['household']) ?? peers.refuse('peer-not-asked');
  const { values, faults } = parseSheet([{ key: 'b1', title: '', questions: one.questions.map(indicator => ({ ...indicator, withoutDontKnow: false })) }], visit.raw, visit.day);
  if (faults.length > 0) throw new Faults([...faults]);
  return values;
}

const onward = (sheet: Sheet, household: string): string => {
  const at = sheet.asked.findIndex(one => one.id === household);
  const next = [...sheet.asked.slice(at + 1), ...sheet.asked.slice(0, at)].find(one => !isWhole(one, sheet.told.get(one.no)));
  return next === undefined ? sheet.here : `${sheet.here}/${next.id}`;
};

async function saveHousehold(visit: Visit): Promise<Reply> {
  const sheet = await ownSheet(visit);
  const id = visit.params['household'] ?? '';
  await saveAnswers(visit.office, visit.actor, { review: sheet.scope.review.id, household: id, values: valuesIn(visit, sheet) });
  const to = onward(sheet, id);
  return seeOther(to, to === sheet.here ? '都评完了，看一遍，交上去。' : '存下了。');
}

async function saveKeying(visit: Visit): Promise<Reply> {
  const sheet = await paperSheet(visit);
  const id = visit.params['household'] ?? '';
  await keyAnswers(visit.office, visit.actor, { review: sheet.scope.review.id, no: sheet.seat.no, household: id, values: valuesIn(visit, sheet) });
  const to = onward(sheet, id);
  return seeOther(to, to === sheet.here ? '这张纸录完了。' : '录好了。');
}

const handing = (isDone: boolean) => async (visit: Visit): Promise<Reply> => {
  await handIn(visit.office, visit.actor, { review: visit.params['id'] ?? '', isDone });
  return seeOther(`/peers/${visit.params['id'] ?? ''}/sheet`, isDone ? '交上去了。结束以前，还可以拿回来改。' : '拿回来了，改好再交。');
};

async function showKeyed(visit: Visit): Promise<Reply> {
  const sheet = await paperSheet(visit);
  const rows = rowsOf(sheet, sheet.differing);
  return page('peers/key', { title: `录入 ${sheet.seat.no} 号纸`, heading: `${sheet.place}：录入 ${sheet.seat.no} 号纸`, crumbs: [{ label: '背靠背评议', href: '/peers' }, { label: `${sheet.seat.no} 号纸` }], rows, done: rows.filter(row => row.isDone).length, others: sheet.others, differing: rows.filter(row => row.differs).length, next: rows.find(row => !row.isDone)?.href });
}

/** The sheets to write on: the name on a strip that is torn off, then the number alone. */
async function showPapers(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const scope = await scopeOf(read, visit.params['id'] ?? '');
  if (may(visit.actor, 'peer.convene', groupSubject(scope.group)) !== true) common.refuse('not-allowed', { why: '不在您的村' });
  const seats = (await seatsOf(read, [scope.review.id])).filter(one => one.how === 'paper');
  const aside: { officer: string; household: string }[] = await read('recusals').leftJoin('recusal_ends', 'recusal_ends.recusal', 'recusals.id').whereNull('recusal_ends.recusal').whereIn('officer', seats.map(one => one.officer)).distinct('officer', 'household');
  const [names, place, office] = [await officerNames(read, seats.map(one => one.officer)), await placeOf(visit, scope), await officeTitle(read)];
  return page('peers/papers', {
    title: '背靠背评议表', paper: 'a4', back: { label: '回到这次评议', href: `/peers/${scope.review.id}` }, place, office, until: scope.review.until,
    sheets: seats.map(seat => ({
      no: seat.no, name: names.get(seat.officer) ?? '', questions: scope.indicators.map(one => ({ title: one.title, ways: one.type === 'choice' ? (one.options ?? []).map(option => option.label).join('、') : one.type === 'flag' ? '是、不是' : `${one.least ?? ''}–${one.most ?? ''}${one.unit ?? ''}` })),
      rows: scope.households.filter(one => !aside.some(each => each.officer === seat.officer && each.household === one.id)).map(one => ({ number: numberText(one.household_no), name: one.head_name, cells: scope.indicators.map(indicator => one.questions.includes(indicator)) })),
    })),
  });
}

export const sheetRoutes: readonly Route[] = [
  get('/peers/:id/sheet', { power: 'peer.judge', handle: showSheet }),
  post('/peers/:id/sheet/hand-in', { power: 'peer.judge', handle: handing(true), again: showSheet }),
  post('/peers/:id/sheet/take-back', { power: 'peer.judge', handle: handing(false), again: showSheet }),
  get('/peers/:id/sheet/:household', { power: 'peer.judge', handle: showHousehold }),
  post('/peers/:id/sheet/:household', { power: 'peer.judge', handle: saveHousehold, again: showHousehold }),
  get('/peers/:id/papers', { power: 'peer.convene', handle: showPapers }),
  get('/peers/:id/key/:no', { power: 'peer.key', handle: showKeyed }),
  get('/peers/:id/key/:no/:household', { power: 'peer.key', handle: showKeying }),
  post('/peers/:id/key/:no/:household', { power: 'peer.key', handle: saveKeying, again: showKeying }),
];
