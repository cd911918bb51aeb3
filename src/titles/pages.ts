import { may, reach } from '../access/may.ts';
import { form } from '../kit/form.ts';
import { text, wholeNumber } from '../kit/fields.ts';
import { taken } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import type { Place } from '../places/place.ts';
import { committeeRules } from '../panels/committee-rules.ts';
import { placeById, placeNames, placeSubject } from '../places/queries.ts';
import type { Explanation } from '../ratings/explain.ts';
import { ratingInForce } from '../ratings/queries.ts';
import { villageCounts } from '../ratings/shares.ts';
import { today } from '../ratings/today.ts';
import { tellWhy } from '../ratings/why.ts';
import { markWords, standingWords } from '../rounds/case.ts';
import { marksOf } from '../rounds/queries.ts';
import { reasonOf } from '../rounds/reason.ts';
import { roundById, type Round } from '../rounds/round.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { undecidedBelow } from './below.ts';
import { returnTitle, takeStep, titlePowers, titleSubject, undoStep } from './decide.ts';
import { titleNotices, waitsFor } from './notice.ts';
import { titleOf, titlesBelow, type Title } from './queries.ts';
import { isTitleStep, lastStep, nextStep, stepBy, steps, titleKinds, type TitleStep } from './title.ts';

const seenForm = form({ mark_seq: wholeNumber('进度') });
const returnForm = form({ mark_seq: wholeNumber('进度'), reason: text('退回的理由', { lines: true, most: 200, hint: '写明要再核什么' }) });

async function index(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const found = await titlesBelow(read, reach(visit.actor, 'round.read'), 2_000);
  const names = await placeNames(read, found.map(one => one.placeNo));
  const roundNames = new Map((await read('rounds').whereIn('no', [...new Set(found.map(one => one.round))]).select<{ no: number; name: string }[]>('no', 'name')).map(round => [round.no, round.name]));
  const noticeOf = await titleNotices(read, found, visit.day);
  const rows = found.map(one => {
    const step = nextStep(one.standing);
    const able = step !== undefined && waitsFor(one, step, noticeOf(one)) === undefined && one.credit === 1 && may(visit.actor, titlePowers[step], titleSubject(one.place, step)) === true;
    return {
      name: names.get(one.placeNo)?.full ?? one.place.name, roundName: roundNames.get(one.round) ?? '', kind: titleKinds[one.kind], standing: standingWords[one.standing], met: one.credit === 1, rated: one.credit !== null,
      href: `/titles/${one.roundId}/${one.place.id}`, mine: able, says: step === undefined ? '' : steps[step].says,
    };
  });
  const mine = rows.filter(row => row.mine);
  return page('titles/index', { title: '村和镇', heading: mine.length > 0 ? `有 ${mine.length} 个等您办` : '信用村和信用乡镇', mine, others: rows.filter(row => !row.mine) });
}

interface Open { readonly round: Round; readonly place: Place }
async function opened({ office, actor, params }: Visit): Promise<Open> {
  const [round, place] = [await roundById(office.read, params['round'] ?? ''), await placeById(office.read, params['place'] ?? '')];
  if ((place.kind !== 'village' && place.kind !== 'township') || !place.path.startsWith(round.path)) return common.refuse('not-found');
  const leave = may(actor, 'round.read', placeSubject(place));
  if (leave !== true) return common.refuse('not-allowed', { why: leave });
  return { round, place };
}
const titleUrl = ({ round, place }: Open): string => `/titles/${round.id}/${place.id}`;

async function show(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const open = await opened(visit);
  const { round, place } = open;
  const { read } = visit.office;
  const title = await titleOf(read, round.no, place.no);
  const name = (await placeNames(read, [place.no])).get(place.no)?.full ?? place.name;
  const step = nextStep(title.standing);
  const last = lastStep(title.standing);
  const able = (which: TitleStep): boolean => round.closed_on === null && may(visit.actor, titlePowers[which], titleSubject(place, which)) === true;
  const what = titleKinds[title.kind];
  const notice = (await titleNotices(read, [title], visit.day))(title);
  const below = step === undefined || title.credit !== 1 ? [] : await undecidedBelow(read, round, place);
  return page('titles/show', {
    title: `${what} ${place.name}`, heading: headingOf(place.name, what, title.credit, standingWords[title.standing]), crumbs: [{ label: '村和镇', href: '/titles' }, { label: round.name, href: `/rounds/${round.id}` }, { label: name }],
    what, standing: standingWords[title.standing], rated: title.credit !== null, met: title.credit === 1, sharesHref: `/ratings/${round.id}/places/${place.id}`, figures: await compared(visit, open, title), soFar: await soFar(visit, open),
    hangs: notice === undefined ? undefined : { until: notice.until, over: notice.over, left: notice.left, public: `${titleUrl(open)}/public`, print: `${titleUrl(open)}/print` }, held: title.held, changeHref: title.standing === 'published' && round.closed_on === null && may(visit.actor, 'title.review', titleSubject(place, 'review')) === true ? `/awards/propose/${round.id}/${place.id}` : undefined,
    objectHref: notice !== undefined && may(visit.actor, 'objection.read', placeSubject(place)) === true ? `/objections/new?subject=${place.id}&round=${round.id}` : undefined,
    below: below.slice(0, 12), belowMore: Math.max(0, below.length - 12), belowWhat: title.kind === 'village' ? '户' : '村',
    step: step !== undefined && able(step) ? { says: steps[step].says, action: `${titleUrl(open)}/${step}`, waits: waitsFor(title, step, notice), sit: step === 'apply' ? undefined : `/sittings/new?round=${round.id}&place=${place.id}&stage=title-${step}`, mustSit: step !== 'apply' && (await committeeRules(read)).titles.required } : undefined,
    toCome: step === undefined || able(step) || round.closed_on !== null ? undefined : { says: steps[step].says, by: stepBy(title.kind, step), waits: waitsFor(title, step, notice) },
    canReturn: (title.standing === 'applied' || title.standing === 'reviewed') && able('review'), returnAction: `${titleUrl(open)}/return`, undo: last !== undefined && able(last) ? { says: steps[last].says, action: `${titleUrl(open)}/undo` } : undefined,
    seq: title.mark_seq, form: formModel(returnForm, { raw: visit.raw, faults: trouble?.faults ?? [] }),
    trail: (await marksOf(read, round.no, title.subject)).map(one => { const reason = reasonOf(one); return { at: one.at, words: `${markWords[one.mark]}${reason === '' ? '' : `：${reason}`}`, name: one.who ?? '系统' }; }),
  });
}

function headingOf(place: string, what: string, credit: number | null, standing: string): string {
  if (credit === null) return `${place}：还没有算过${what}的占比`;
  return credit === 1 ? `${place}：达到${what}的标准，${standing}` : `${place}：离${what}还差一些`;
}

/** Each condition as it stood when the title was reckoned, on which an application rests, and as it would be today. */
async function compared({ office: { read }, day }: Visit, { round, place }: Open, title: Title) {
  const rating = await ratingInForce(read, round.no, title.subject);
  if (rating === undefined) return undefined;
  const [then, now] = await Promise.all([tellWhy(read, rating), today(read, round, place, day)]);
  const isApplied = lastStep(title.standing) !== undefined || title.standing === 'published';
  return {
    on: rating.day, isApplied, fallsShort: isApplied && now !== undefined && !now.isCredit,
    rows: then.conditions.map(condition => { const other = now?.conditions.find(one => one.key === condition.key); return { title: condition.title, then: told(condition), now: other === undefined ? '' : told(other), met: condition.verdict === 'holds', metNow: other?.verdict === 'holds' }; }),
  };
}

/** A share says itself whether it is met; a plain condition is told with its verdict. */
const told = ({ say, share, verdictWords }: Explanation['conditions'][number]): string => share === null ? `${say}，${verdictWords}` : say;

async function soFar({ office: { read } }: Visit, { round, place }: Open) {
  const count = place.kind === 'village' ? (await villageCounts(read, round.no, [place.no])).get(place.no) : undefined;
  return count === undefined || (count.ratedSoFar === count.rated && count.creditSoFar === count.credit) ? undefined : { rated: count.ratedSoFar, credit: count.creditSoFar };
}

async function step(visit: Visit): Promise<Reply> {
  const open = await opened(visit);
  const which = visit.params['step'] ?? '';
  if (!isTitleStep(which)) return common.refuse('not-found');
  await takeStep(visit.office, visit.actor, { ...open, ...taken(seenForm, visit.raw), step: which });
  return seeOther(titleUrl(open), { kind: 'done', words: `${open.place.name}${steps[which].says}好了，下一步以前可以撤回。` });
}

async function giveBack(visit: Visit): Promise<Reply> {
  const open = await opened(visit);
  const given = taken(returnForm, visit.raw);
  await returnTitle(visit.office, visit.actor, { ...open, ...given });
  return seeOther(titleUrl(open), `退回了：${given.reason}`);
}

async function undo(visit: Visit): Promise<Reply> {
  const open = await opened(visit);
  await undoStep(visit.office, visit.actor, { ...open, ...taken(seenForm, visit.raw) });
  return seeOther(titleUrl(open), '撤回了上一步。');
}

export const titleRoutes: readonly Route[] = [
  get('/titles', { power: 'round.read', handle: index }),
  get('/titles/:round/:place', { power: 'round.read', handle: show }),
  post('/titles/:round/:place/return', { power: 'title.review', handle: giveBack, again: show }),
  post('/titles/:round/:place/undo', { power: 'round.read', handle: undo, again: show }),
  post('/titles/:round/:place/:step', { power: 'round.read', handle: step, again: show }),
];
