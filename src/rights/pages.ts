import { may, reach } from '../access/may.ts';
import { callOf, numberText } from '../households/household.ts';
import { crumbsOf, householdFor, mayOn, titleOf, usesTablet } from '../households/visiting.ts';
import { taken } from '../kit/faults.ts';
import { limits } from '../kit/limits.ts';
import { officerNames } from '../people/queries.ts';
import { placeNames } from '../places/queries.ts';
import { asideFrom } from '../recusals/present.ts';
import { householdSubject } from '../households/subject.ts';
import { roundById } from '../rounds/round.ts';
import { formModel } from '../web/form-model.ts';
import { day as dayWords } from '../web/helpers.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { answerRight } from './answer.ts';
import { dropRight } from './drop.ts';
import { answerForm, handForm } from './form.ts';
import { handReply } from './hand.ts';
import { rightById, rightsAwaited, rightsToHand, type Located } from './queries.ts';
import { answerPower, identities, isAboutRound, isToHand, opensFile, rightKinds, standingOf, standingWords, type Right, type Step } from './right.ts';
import { answerSubject } from './seat.ts';
import { stateOf } from './state.ts';

/** What waits for an answer by due day, and what is answered and has not reached its person yet. */
async function showList(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const paths = reach(visit.actor, 'right.read');
  const [rows, answered] = await Promise.all([rightsAwaited(read, paths, limits.rowsPerPageMost), rightsToHand(read, paths, limits.rowsPerPageMost)]);
  const places = await placeNames(read, [...rows, ...answered].map(row => row.village_no));
  const lineOf = (row: Located) => ({ href: `/rights/${row.id}`, letter: `/rights/${row.id}/letter`, number: numberText(row.household_no), name: row.name, what: rightKinds[row.kind], place: places.get(row.village_no)?.full ?? '', state: stateOf(row, visit.day) });
  return page('rights/list', {
    title: '权益窗口', heading: rows.length + answered.length === 0 ? '没有等着办的请求' : `${rows.length} 件等答复，${answered.length} 件等送达`, tablet: usesTablet(visit), rows: rows.map(lineOf), answered: answered.map(lineOf),
    opens: visit.actor.kind === 'officer' && reach(visit.actor, 'right.open').length > 0,
  });
}

const trailWords: Readonly<Record<Step, string>> = { granted: '答复', partly: '答复', refused: '答复', dropped: '本人不要求了，撤下', handed: '答复送达' };

export async function rightAt(visit: Visit) {
  const right = await rightById(visit.office.read, visit.params['id'] ?? '');
  const loaded = await householdFor(visit, 'right.read', right.household);
  const member = loaded.members.find(one => one.id === right.member);
  const round = isAboutRound(right.kind) ? await roundById(visit.office.read, right.about) : undefined;
  return { right, loaded, round, name: member === undefined ? '' : callOf(member) };
}

async function showOne(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { right, loaded, round, name } = await rightAt(visit);
  const { read } = visit.office;
  const standing = standingOf(right);
  const power = answerPower(right.kind);
  const leave = may(visit.actor, power, await answerSubject(read, right));
  const mayAnswer = mayOn(visit, loaded, 'right.answer');
  const names = await officerNames(read, [right.by, ...right.complained_of === null ? [] : [right.complained_of], ...right.steps.map(one => one.by)]);
  const last = visit.method === 'POST' ? visit.path.split('/').at(-1) : undefined;
  const modelOf = (form: Parameters<typeof formModel>[0], step: string) => formModel(form, { raw: last === step ? visit.raw : {}, faults: last === step ? trouble?.faults ?? [] : [] });
  return page('rights/show', {
    title: `权益窗口 ${titleOf(loaded)}`, heading: `${name}：${rightKinds[right.kind]}`, tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded, '权益窗口'), here: `/rights/${right.id}`, back: mayOn(visit, loaded, 'right.open') ? `/households/${right.household}/rights` : '/rights',
    state: stateOf(right, visit.day), words: right.words, lodged: right.lodged_on, until: right.due_on, who: names.get(right.by) ?? '', identified: `${identities[right.identified]}${right.mandate === '' ? '' : `：${right.mandate}`}`, complained: right.complained_of === null ? undefined : names.get(right.complained_of) ?? '',
    letter: opensFile(right.kind) ? undefined : `/rights/${right.id}/letter`, report: opensFile(right.kind) && right.lodged_on === visit.day && right.by === (visit.actor.kind === 'officer' ? visit.actor.id : '') ? `/rights/${right.id}/report` : undefined,
    places: placesToLook(right, loaded.row.id, round?.id), forget: right.kind === 'delete' && standing === 'granted' && mayOn(visit, loaded, 'household.forget') ? `/households/${right.household}/forget` : undefined,
    trail: right.steps.map(one => ({ icon: one.step === 'dropped' ? 'undo' : 'tick', kind: 'done', words: `${dayWords(one.day, 'full')}${names.get(one.by) ?? ''}${trailWords[one.step]}${one.step === 'handed' || one.step === 'dropped' ? '' : `“${standingWords({ kind: right.kind, steps: [one] })}”`}${one.words === '' ? '' : `：${one.words}`}` })),
    canAnswer: standing === 'open' && mayAnswer && leave === true, why: standing === 'open' && mayAnswer && leave !== true ? leave : undefined, recused: standing === 'open' && mayAnswer ? await asideFrom(visit, 'right.answer', householdSubject(loaded.key)) : undefined,
    canDrop: standing === 'open' && mayOn(visit, loaded, 'right.open'), canHand: isToHand(right) && mayOn(visit, loaded, 'right.open'), answer: modelOf(answerForm(right.kind), 'answer'), hand: modelOf(handForm, 'hand'), reopens: right.kind === 'review',
  });
}

/** Where whoever answers looks and puts right: pages of other areas, each with its own leave. */
function placesToLook({ kind }: Right, household: string, round: string | undefined): readonly { readonly label: string; readonly href: string }[] {
  if (round !== undefined) return [{ label: '为什么是这个结果', href: `/ratings/${round}/${household}` }];
  return kind === 'correct' || kind === 'delete' ? [{ label: '这一户的登记', href: `/households/${household}` }] : [];
}

async function takeAnswer(visit: Visit): Promise<Reply> {
  const { right } = await rightAt(visit);
  const { outcome, words } = taken(answerForm(right.kind), visit.raw);
  await answerRight(visit.office, visit.actor, { id: right.id, outcome, words });
  return seeOther(`/rights/${right.id}`, '答复好了。打印出来，送到本人手里，再登记送达。');
}

async function takeDrop(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  await dropRight(visit.office, visit.actor, { id });
  return seeOther(`/rights/${id}`, '撤下了。本人随时可以再来。');
}

async function takeHand(visit: Visit): Promise<Reply> {
  const id = visit.params['id'] ?? '';
  await handReply(visit.office, visit.actor, { id, ...taken(handForm, visit.raw) });
  return seeOther(`/rights/${id}`, '送达登记好了。');
}

export const rightRoutes: readonly Route[] = [
  get('/rights', { power: 'right.read', handle: showList }),
  get('/rights/:id', { power: 'right.read', handle: showOne }),
  post('/rights/:id/answer', { power: 'right.answer', handle: takeAnswer, again: showOne }),
  post('/rights/:id/drop', { power: 'right.open', handle: takeDrop }),
  post('/rights/:id/hand', { power: 'right.open', handle: takeHand, again: showOne }),
];
