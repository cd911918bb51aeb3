import { actorId, type Officer } from '../access/actor.ts';
import { holds, may, reach } from '../access/may.ts';
import { numberText } from '../households/household.ts';
import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { addDays } from '../kit/time.ts';
import { officerNames } from '../people/queries.ts';
import { below } from '../places/below.ts';
import type { Place } from '../places/place.ts';
import { placeByNo, placeColumns, placeNames } from '../places/queries.ts';
import { ancestorNo } from '../places/place.ts';
import { currentRound, roundByNo, type Round } from '../rounds/round.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { closeReview } from './close.ts';
import { convene } from './convene.ts';
import { conveneForm, paperForm } from './form.ts';
import { mostPasses, spreadWords, type Review } from './peer.ts';
import { evaluatorsOf, ownReviews, resultsOf, reviewsOf, seatsOf } from './queries.ts';
import { peers } from './refusals.ts';
import { onPaper } from './save.ts';
import { groupSubject, indicatorsOf, isOpen, scopeOf } from './scope.ts';
import { sumsOf } from './statistics.ts';

const groupsMost = 200;
const passWords = ['', '第一轮', '第二轮', '第三轮'];

/** What is asked of the reader as an evaluator, and how far the groups are for whoever holds the reviews or keys sheets in. */
async function showList(visit: Visit): Promise<Reply> {
  const { actor, office: { read } } = visit;
  const own = await ownReviews(read, actorId(actor));
  const names = await placeNames(read, own.map(one => one.group_no));
  const groups = await groupsFor(visit);
  return page('peers/list', {
    title: '背靠背评议', heading: own.length > 0 ? `${own.length} 个组等您评` : '背靠背评议',
    own: own.filter(one => one.how === 'tablet').map(one => ({ href: `/peers/${one.id}/sheet`, place: names.get(one.group_no)?.full ?? '', pass: passWords[one.pass], until: one.until, isDone: one.done_at !== null })),
    groups, judges: holds(actor, 'peer.judge'), convenes: holds(actor, 'peer.convene') && actor.kind === 'officer',
  });
}

async function groupsFor(visit: Visit) {
  const { actor, office: { read } } = visit;
  const paths = [...reach(actor, 'peer.convene'), ...reach(actor, 'peer.key')];
  if (actor.kind !== 'officer' || paths.length === 0) return [];
  const groups: Place[] = await read('places').where('kind', 'group').whereNull('until').where(below(paths, 'path')).orderBy('path').limit(groupsMost).select(...placeColumns);
  const lines = [];
  for (const [village, some] of Map.groupBy(groups, one => ancestorNo(one.path, 'village') ?? 0)) {
    const round = await roundAt(visit, some[0]);
    if (round === undefined || (await indicatorsOf(read, round, village)).length === 0) continue;
    const [reviews, names] = [await reviewsOf(read, round.no, some.map(one => one.no)), await placeNames(read, some.map(one => one.no))];
    for (const group of some) lines.push(await groupLine(visit, { group, round, name: names.get(group.no)?.full ?? group.name, last: reviews.find(one => one.group_no === group.no) }));
  }
  return lines;
}

async function groupLine(visit: Visit, { group, round, name, last }: { readonly group: Place; readonly round: Round; readonly name: string; readonly last: Review | undefined }) {
  const seats = last === undefined ? [] : await seatsOf(visit.office.read, [last.id]);
  const convenes = may(visit.actor, 'peer.convene', groupSubject(group)) === true;
  const state = last === undefined ? { icon: 'calendar', kind: '', words: '还没开始' } : last.closed_on === null ? { icon: 'half', kind: 'moving', words: `${passWords[last.pass] ?? ''}，${seats.length} 人里交了 ${seats.filter(one => one.done_at !== null).length} 人` } : { icon: 'tick', kind: 'good', words: `${passWords[last.pass] ?? ''}评完了` };
  return {
    name, state, href: last === undefined || !convenes ? undefined : `/peers/${last.id}`, begin: last === undefined && convenes ? `/peers/new?round=${round.no}&group=${group.no}` : undefined,
    papers: last === undefined || last.closed_on !== null ? [] : seats.filter(one => one.how === 'paper' && may(visit.actor, 'peer.key', groupSubject(group)) === true).map(one => ({ no: one.no, href: `/peers/${last.id}/key/${one.no}` })),
  };
}

const roundAt = async (visit: Visit, group: Place | undefined): Promise<Round | undefined> => {
  const round = group === undefined ? undefined : await currentRound(visit.office.read, group.path);
  return round === undefined || round.closed_on !== null ? undefined : round;
};

async function asked(visit: Visit) {
  const { read } = visit.office;
  const from = visit.method === 'POST' ? visit.raw : visit.query;
  const [round, group] = [await roundByNo(read, Number(typed(from, 'round')) || 0), await placeByNo(read, Number(typed(from, 'group')) || 0)];
  if (group.kind !== 'group' || !group.path.startsWith(round.path)) common.refuse('not-found');
  if (may(visit.actor, 'peer.convene', groupSubject(group)) !== true) common.refuse('not-allowed', { why: '不在您的村' });
  const village_no = ancestorNo(group.path, 'village') ?? 0;
  const [indicators, able, [last]] = await Promise.all([indicatorsOf(read, round, village_no), evaluatorsOf(read, { group_no: group.no, village_no }, visit.day), reviewsOf(read, round.no, [group.no])]);
  const least = Math.max(0, ...indicators.map(one => one.judged?.least ?? 0));
  return { round, group, indicators, able, least, last };
}

async function showNew(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { round, group, indicators, able, least, last } = await asked(visit);
  const names = await placeNames(visit.office.read, [group.no]);
  const raw = visit.method === 'POST' ? visit.raw : { count: String(able.length), until: addDays(visit.day, 7) };
  return page('peers/new', {
    title: '开始评议', heading: `${names.get(group.no)?.full ?? ''}：${passWords[(last?.pass ?? 0) + 1] ?? ''}背靠背评议`, crumbs: [{ label: '背靠背评议', href: '/peers' }, { label: '开始' }], id: typed(visit.raw, 'id') || newId(), round: round.no, group: group.no,
    questions: indicators.map(one => one.title), people: able.map(one => one.name), few: able.length < least ? least : undefined, again: last !== undefined, form: formModel(conveneForm({ today: visit.day, least, most: Math.max(least, able.length) }), { raw, faults: trouble?.faults ?? [] }),
  });
}

async function begin(visit: Visit): Promise<Reply> {
  const { round, group, able, least } = await asked(visit);
  if (able.length < least) peers.refuse('peer-few', { least, have: able.length });
  const { id } = await convene(visit.office, visit.actor, { id: typed(visit.raw, 'id') || newId(), round: round.no, group: group.no, ...taken(conveneForm({ today: visit.day, least, most: able.length }), visit.raw) });
  return seeOther(`/peers/${id}`, '评议开始了。评议员登录以后就能看到，各评各的。');
}

/** How many have finished; after the end, how far the answers were apart. Who answered what is nowhere. */
async function showOne(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const scope = await scopeOf(read, visit.params['id'] ?? '');
  if (may(visit.actor, 'peer.convene', groupSubject(scope.group)) !== true) common.refuse('not-allowed', { why: '不在您的村' });
  const { review, group, indicators } = scope;
  const [seats, results, [last], places] = await Promise.all([seatsOf(read, [review.id]), resultsOf(read, review.id), reviewsOf(read, review.round, [review.group_no]), placeNames(read, [group.no])]);
  const names = await officerNames(read, seats.map(one => one.officer));
  const households: { no: number; household_no: number; head_name: string }[] = results.length === 0 ? [] : await read('households').whereIn('no', [...new Set(results.map(one => one.subject))]).orderBy('household_no').select('no', 'household_no', 'head_name');
  const rows = households.map(one => ({ number: numberText(one.household_no), name: one.head_name, lines: results.filter(result => result.subject === one.no).flatMap(result => { const indicator = indicators.find(each => each.key === result.indicator); return indicator === undefined ? [] : [{ title: indicator.title, words: spreadWords(indicator, result), open: isOpen(indicator, result) }]; }) }));
  const open = rows.filter(row => row.lines.some(line => line.open)).length;
  const done = seats.filter(one => one.done_at !== null).length;
  const movable = seats.filter(one => one.how === 'tablet' && one.done_at === null);
  return page('peers/show', {
    title: '背靠背评议', heading: `${places.get(group.no)?.full ?? ''}：${passWords[review.pass] ?? ''}`, crumbs: [{ label: '背靠背评议', href: '/peers' }, { label: passWords[review.pass] ?? '' }], here: `/peers/${review.id}`, isOver: review.closed_on !== null, until: review.until, closed: review.closed_on, seed: review.id,
    seats: seats.map(one => ({ name: names.get(one.officer) ?? '', how: one.how === 'paper' ? '用纸评，要两位同志各录一遍' : one.done_at === null ? '还没交' : '交了', done: one.done_at !== null })).sort((a, b) => a.name < b.name ? -1 : 1),
    done, left: seats.length - done - seats.filter(one => one.how === 'paper').length, households: scope.households.length, papers: seats.filter(one => one.how === 'paper').map(one => ({ no: one.no, href: `/peers/${review.id}/key/${one.no}` })), print: seats.some(one => one.how === 'paper') ? `/peers/${review.id}/papers` : undefined,
    paper: movable.length === 0 ? undefined : formModel(paperForm(movable.map(one => ({ key: one.officer, label: names.get(one.officer) ?? '' })).sort((a, b) => a.label < b.label ? -1 : 1)), { raw: visit.method === 'POST' ? visit.raw : {}, faults: trouble?.faults ?? [] }),
    rows, open, again: review.closed_on !== null && last?.id === review.id && open > 0 && review.pass < mostPasses ? `/peers/new?round=${review.round}&group=${review.group_no}` : undefined,
  });
}

async function end(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const values = await closeReview(visit.office, visit.actor, id);
  return seeOther(`/peers/${id}`, values === 0 ? '评议结束了。人数不够的，没有结果，不会编一个。' : `评议结束了，${values} 个结果记进了各户。`);
}

async function usePaper(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  const seats = await seatsOf(visit.office.read, [id]);
  const { officer } = taken(paperForm(seats.map(one => ({ key: one.officer, label: '' }))), visit.raw);
  await onPaper(visit.office, visit.actor, { review: id, officer });
  return seeOther(`/peers/${id}`, '这一位改用纸评。打印评议表，收回来由两位同志各录一遍。');
}

/** Sums over evaluators, for the auditor alone. */
async function showSums(visit: Visit): Promise<Reply> {
  const sums = await sumsOf(visit.office.read, visit.office.secrets, reach(visit.actor as Officer, 'peer.watch'));
  const share = (part: number, whole: number): string => whole === 0 ? '—' : `${Math.round(part * 100 / whole)}%`;
  return page('peers/sums', {
    title: '评议员统计', heading: '评议员统计', crumbs: [{ label: '台账', href: '/ledger' }, { label: '评议员统计' }],
    rows: sums.map(one => ({ name: one.name, place: one.place, shown: one.shown, answers: one.answers + one.unclear, unclear: share(one.unclear, one.answers + one.unclear), alike: share(one.alike, one.alike + one.above + one.below), above: share(one.above, one.alike + one.above + one.below), below: share(one.below, one.alike + one.above + one.below) })),
  });
}

export const peerRoutes: readonly Route[] = [
  get('/peers', { power: 'peer.read', handle: showList }),
  get('/peers/new', { power: 'peer.convene', handle: showNew }),
  post('/peers/new', { power: 'peer.convene', handle: begin, again: showNew }),
  get('/peers/sums', { power: 'peer.watch', handle: showSums }),
  get('/peers/:id', { power: 'peer.convene', handle: showOne }),
  post('/peers/:id/end', { power: 'peer.convene', handle: end, again: showOne }),
  post('/peers/:id/paper', { power: 'peer.convene', handle: usePaper, again: showOne }),
];
