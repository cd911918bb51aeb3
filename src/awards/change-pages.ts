import { may } from '../access/may.ts';
import { termsNow } from '../calendar/terms.ts';
import { numberText } from '../households/household.ts';
import { fault, taken } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import { typed } from '../kit/form.ts';
import { gradesOf } from '../panels/grades.ts';
import { officerNames } from '../people/queries.ts';
import { officeTitle, placeNames } from '../places/queries.ts';
import { changedSince } from '../ratings/since-approved.ts';
import { asideFrom } from '../recusals/present.ts';
import { roundAt } from '../rounds/queries.ts';
import { roundByNo, type Round } from '../rounds/round.ts';
import { titleKinds } from '../titles/title.ts';
import { formModel } from '../web/form-model.ts';
import { day as dayWords } from '../web/helpers.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { endOf, invitationOf, isHeardFirst, isOpen, outcomeWords, waitsFor } from './award.ts';
import { decide } from './decide.ts';
import { decideForm, dropForm, hearForm, inviteForm, proposeForm } from './form.ts';
import { drop, hear, invite } from './hear.ts';
import { movedSince } from './moved.ts';
import { outcomeLine, stateOf, stepWords } from './present.ts';
import { propose } from './propose.ts';
import { changeById, changesOf } from './queries.ts';
import { reckon } from './reckon.ts';
import { awards } from './refusals.ts';
import { powerTo, targetById, targetByNo, type Target } from './target.ts';

const readingOf = ({ office }: Visit) => ({ read: office.read, dialect: office.store.dialect });

/** Who it is about, for somebody who may see it. */
async function faceOf(visit: Visit, target: Target) {
  const { read } = visit.office;
  const leave = may(visit.actor, 'award.read', { id: target.id, paths: [target.place.path] });
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  const row: { head_name: string; household_no: number } | undefined = target.kind === 'household' ? await read('households').where({ no: target.no }).first('head_name', 'household_no') : undefined;
  const full = (await placeNames(read, [target.place.no])).get(target.place.no)?.full ?? target.place.name;
  return { full, number: row === undefined ? '' : numberText(row.household_no), name: row === undefined ? full : `${row.head_name}户`, kindWords: target.kind === 'household' ? '信用户' : titleKinds[target.kind] };
}

async function grades(visit: Visit, round: Round, target: Target): Promise<(grade: number) => string> {
  if (target.kind !== 'household') return () => '';
  const { rows } = await gradesOf(visit.office.read, round.household_standard);
  return grade => rows[grade]?.code ?? '';
}

/** What the record gives today beside what the paper says; to be put forward, with words. */
async function showPropose(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const round = await roundAt(read, visit.params['round'] ?? '');
  const target = await targetById(read, round.no, visit.params['subject'] ?? '');
  const face = await faceOf(visit, target);
  const found = await reckon(readingOf(visit), round, target, visit.day) ?? awards.refuse('award-none');
  const open = (await changesOf(read, round.no, [target.no])).find(isOpen);
  if (open !== undefined) return seeOther(`/awards/${open.id}`);
  const codeOf = await grades(visit, round, target);
  const { power, subject } = powerTo('propose', target);
  const leave = may(visit.actor, power, subject);
  const [since] = target.kind === 'household' ? await changedSince(readingOf(visit), { round, day: visit.day, villages: [target.place.no], subject: target.no }) : [];
  return page('awards/propose', {
    title: `${face.number} ${face.name}`, heading: found.outcome === undefined ? `${face.name}：还缺项，算不出来` : `${face.name} ${outcomeLine(found.outcome, found.code, codeOf(found.score.grade))}`, crumbs: [{ label: '年审和变动', href: '/awards' }, { label: face.full }],
    ...face, certificate: found.certificate, until: found.until, held: found.held > 0, unclear: found.outcome === undefined, why: target.kind === 'household' ? `/ratings/${round.id}/${target.id}` : `/titles/${round.id}/${target.id}`,
    moved: await movedSince(readingOf(visit), round, target, visit.day), since: since?.words ?? [], isTitle: target.kind !== 'household', heardFirst: found.outcome !== undefined && isHeardFirst(found.outcome),
    can: leave === true && round.closed_on === null && found.outcome !== undefined && found.held === 0, whyNot: leave === true ? undefined : leave, recused: target.kind === 'household' ? await asideFrom(visit, power, subject) : undefined,
    action: `/awards/propose/${round.id}/${target.id}`, annual: visit.query['annual'] ?? typed(visit.raw, 'annual'), seen: found.outcome ?? '', what: found.outcome === undefined ? '' : outcomeWords[found.outcome], form: formModel(proposeForm(found.outcome ?? 'keep'), { raw: visit.raw, faults: trouble?.faults ?? [] }),
  });
}

async function takePropose(visit: Visit): Promise<Reply> {
  const round = await roundAt(visit.office.read, visit.params['round'] ?? '');
  const target = await targetById(visit.office.read, round.no, visit.params['subject'] ?? '');
  const found = await reckon(readingOf(visit), round, target, visit.day) ?? awards.refuse('award-none');
  const given = taken(proposeForm(found.outcome ?? 'keep'), visit.raw);
  const annual = typed(visit.raw, 'annual');
  const id = await propose(visit.office, visit.actor, { round: round.no, target: target.id, seen: given.seen, words: given.words ?? '', ...annual === '' ? {} : { annual } });
  return seeOther(`/awards/${id}`, isHeardFirst(given.seen) ? '提好了。打印通知，送到本人手里，听他怎么说。' : '提好了，等别的同志定。');
}

async function changeAt(visit: Visit) {
  const change = await changeById(visit.office.read, visit.params['id'] ?? '');
  const target = await targetByNo(visit.office.read, change.round, change.subject);
  return { change, target, round: await roundByNo(visit.office.read, change.round), face: await faceOf(visit, target) };
}

async function showChange(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const { change, target, round, face } = await changeAt(visit);
  const codeOf = await grades(visit, round, target);
  const certificate: { grade_code: string } | undefined = await read('certificates').where({ no: change.certificate }).first('grade_code');
  const names = await officerNames(read, [change.by, ...change.steps.map(one => one.by)]);
  const waits = waitsFor(change, visit.day);
  const leaveTo = (act: 'propose' | 'hear' | 'decide') => { const { power, subject } = powerTo(act, target); return may(visit.actor, power, subject); };
  const decides = leaveTo('decide');
  const isOwn = visit.actor.kind === 'officer' && change.by === visit.actor.id;
  const last = visit.method === 'POST' ? visit.path.split('/').at(-1) : undefined;
  const modelOf = (form: Parameters<typeof formModel>[0], step: string, first = {}) => formModel(form, { raw: last === step ? visit.raw : first, faults: last === step ? trouble?.faults ?? [] : [] });
  return page('awards/show', {
    title: `${face.number} ${face.name}`, heading: `${face.number} ${face.name} ${outcomeLine(change.outcome, certificate?.grade_code ?? '', codeOf(change.grade))}`, crumbs: [{ label: '年审和变动', href: '/awards' }, { label: face.full }], here: `/awards/${change.id}`,
    state: stateOf(change, visit.day, target.kind), words: change.words, who: names.get(change.by) ?? '', on: change.proposed_on, certificate: change.certificate, valid: change.valid_until, keeps: change.outcome === 'keep',
    why: target.kind === 'household' ? `/ratings/${round.id}/${target.id}` : `/titles/${round.id}/${target.id}`, moved: isOpen(change) ? await movedSince(readingOf(visit), round, target, visit.day) : [], isTitle: target.kind !== 'household',
    letter: isHeardFirst(change.outcome) || endOf(change)?.step === 'agreed' ? `/awards/${change.id}/letter` : undefined,
    trail: change.steps.map(one => ({ icon: one.step === 'dropped' ? 'undo' : 'tick', kind: 'done', words: `${dayWords(one.day, 'full')}${names.get(one.by) ?? ''}${stepWords[one.step]}${one.words === '' ? '' : `：${one.words}`}${one.speak_until === null ? '' : `，说意见到${dayWords(one.speak_until)}`}` })),
    canInvite: waits === 'invitation' && leaveTo('hear') === true, canHear: (waits === 'hearing' || waits === 'decision') && isHeardFirst(change.outcome) && leaveTo('hear') === true, canDecide: waits === 'decision' && decides === true && !isOwn, canDrop: isOpen(change) && leaveTo('propose') === true,
    own: waits === 'decision' && decides === true && isOwn, recused: target.kind === 'household' && waits === 'decision' ? await asideFrom(visit, 'case.approve', { id: target.id, paths: [target.place.path] }) : undefined,
    invite: modelOf(inviteForm, 'invite', { on: visit.day }), hear: modelOf(hearForm, 'hear'), decide: modelOf(decideForm, 'decide'), drop: modelOf(dropForm, 'drop'),
  });
}

/** Before the decision an invitation to speak, afterwards the decision; both say what one can do. */
async function printLetter(visit: Visit): Promise<Reply> {
  const { change, target, round, face } = await changeAt(visit);
  const codeOf = await grades(visit, round, target);
  const certificate: { grade_code: string; replaced_by: string | null; valid_until: string } | undefined = await visit.office.read('certificates').where({ no: change.certificate }).first('grade_code', 'replaced_by', 'valid_until');
  const end = endOf(change);
  return page('awards/letter', {
    title: end === undefined ? '听取意见通知' : '决定书', paper: 'a4-large', back: { label: '回到这一件', href: `/awards/${change.id}` }, ...face, isTitle: target.kind !== 'household', round: round.name, office: await officeTitle(visit.office.read),
    no: change.certificate, before: certificate?.grade_code ?? '', after: codeOf(change.grade), outcome: change.outcome, words: change.words, on: change.proposed_on, until: invitationOf(change)?.speak_until ?? undefined,
    moved: end === undefined ? await movedSince(readingOf(visit), round, target, visit.day) : [], days: (await termsNow(visit.office.read)).answer, said: change.steps.filter(one => one.step === 'heard').map(one => one.words),
    end: end === undefined || end.step === 'dropped' ? undefined : { agreed: end.step === 'agreed', on: end.day, words: end.words, next: certificate?.replaced_by ?? undefined, valid: change.outcome === 'keep' ? certificate?.valid_until ?? change.valid_until : change.valid_until }, today: visit.day,
  });
}

const back = (visit: Visit): string => `/awards/${visit.params['id'] ?? ''}`;

async function takeInvite(visit: Visit): Promise<Reply> {
  const until = await invite(visit.office, visit.actor, { id: visit.params['id'] ?? '', ...taken(inviteForm, visit.raw) });
  return seeOther(back(visit), `登记好了。本人可以说到${dayWords(until)}。`);
}
async function takeHear(visit: Visit): Promise<Reply> {
  await hear(visit.office, visit.actor, { id: visit.params['id'] ?? '', ...taken(hearForm, visit.raw) });
  return seeOther(back(visit), '记下了，可以定了。');
}
async function takeDecide(visit: Visit): Promise<Reply> {
  const { agreed, words = '' } = taken(decideForm, visit.raw);
  if (agreed === 'no' && words === '') fault('words', 'missing', '不同意的，写明理由。');
  await decide(visit.office, visit.actor, { id: visit.params['id'] ?? '', agreed: agreed === 'yes', words });
  return seeOther(back(visit), agreed === 'yes' ? '定好了，证书和光荣榜跟着改了。打印决定书，送到本人手里。' : '没有同意，保持原样。');
}
async function takeDrop(visit: Visit): Promise<Reply> {
  await drop(visit.office, visit.actor, { id: visit.params['id'] ?? '', ...taken(dropForm, visit.raw) });
  return seeOther(back(visit), '撤下了，要提可以再提。');
}

export const changeRoutes: readonly Route[] = [
  get('/awards/propose/:round/:subject', { power: 'award.read', handle: visit => showPropose(visit) }),
  post('/awards/propose/:round/:subject', { power: 'award.read', handle: takePropose, again: showPropose }),
  get('/awards/:id', { power: 'award.read', handle: visit => showChange(visit) }),
  get('/awards/:id/letter', { power: 'award.read', handle: printLetter }),
  post('/awards/:id/invite', { power: 'award.read', handle: takeInvite, again: showChange }),
  post('/awards/:id/hear', { power: 'award.read', handle: takeHear, again: showChange }),
  post('/awards/:id/decide', { power: 'award.read', handle: takeDecide, again: showChange }),
  post('/awards/:id/drop', { power: 'award.read', handle: takeDrop, again: showChange }),
];
