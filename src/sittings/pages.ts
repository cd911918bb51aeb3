import { actorId } from '../access/actor.ts';
import { reach } from '../access/may.ts';
import { taken } from '../kit/faults.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import { committeeRules, shares } from '../panels/committee-rules.ts';
import { whoHasPin } from '../people/pin.ts';
import { officerNames } from '../people/queries.ts';
import { placeById, placeNames } from '../places/queries.ts';
import { roundById } from '../rounds/round.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { benchFor } from './bench.ts';
import { stillWanted } from './confirm.ts';
import { convene } from './convene.ts';
import { choicesOf, conveneForm, pinForm, rollForm } from './form.ts';
import { sittingsAt } from './load.ts';
import { sittingsBelow } from './queries.ts';
import { linesShown, minutesShown } from './lines.ts';
import { minutesOf } from './minutes.ts';
import { docketHref, headOf, itemLine, mayAct, mayLook, sittingFor, stateMark } from './present.ts';
import { unfinished } from './settle.ts';
import { ballots, isSittingStage, isUnderWay, kinds, quorumOf, type SittingStage } from './sitting.ts';

async function index(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const found = (await sittingsBelow(read, reach(visit.actor, 'sitting.read'), limits.rowsPerPageMost)).filter(one => mayLook(visit, one.stage, one.place));
  const names = await placeNames(read, found.map(one => one.place_no));
  const rows = found.map(one => ({
    name: names.get(one.place_no)?.full ?? one.place.name, says: kinds[one.stage].says, on: one.day, venue: one.venue, round: one.round_name, href: `/sittings/${one.id}`, state: stateMark(one.state), mine: isUnderWay(one.state) && mayAct(visit, one.stage, one.place),
  }));
  const mine = rows.filter(row => row.mine);
  return page('sittings/index', { title: '会议', heading: mine.length > 0 ? `有 ${mine.length} 个会没开完` : '评定会', mine, others: rows.filter(row => !row.mine) });
}

async function asked(visit: Visit) {
  const { office: { read }, query } = visit;
  const stage = query['stage'] ?? '';
  if (!isSittingStage(stage)) return common.refuse('not-found');
  const [round, place] = [await roundById(read, query['round'] ?? ''), await placeById(read, query['place'] ?? '')];
  if (!place.path.startsWith(round.path)) return common.refuse('not-found');
  if (!mayAct(visit, stage, place)) common.refuse('not-allowed', { why: '这一步不由您的岗位来定' });
  return { round, place, stage };
}
const newUrl = (round: string, place: string, stage: SittingStage): string => `/sittings/new?round=${round}&place=${place}&stage=${stage}`;

async function showNew(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { round, place, stage } = await asked(visit);
  const { read } = visit.office;
  const open = (await sittingsAt(read, { round: round.no, places: [place.no] })).find(one => one.stage === stage && isUnderWay(one.state));
  if (open !== undefined && trouble === undefined) return seeOther(`/sittings/${open.id}`);
  const bench = await benchFor(read, { stage, place, day: visit.day });
  const rule = (await committeeRules(read))[kinds[stage].decided];
  const me = actorId(visit.actor);
  const known = { day: visit.day, venue: '', chair: bench.members.find(one => one.isChair)?.officer ?? (bench.members.some(one => one.officer === me) ? me : ''), ballot: 'open' };
  const name = (await placeNames(read, [place.no])).get(place.no)?.full ?? place.name;
  return page('sittings/new', {
    title: `开会：${name}${kinds[stage].says}`, heading: `开会议定：${name}${kinds[stage].says}`, crumbs: [{ label: '会议', href: '/sittings' }, { label: name, href: docketHref(stage, round.id, place.id) }],
    committee: `${bench.place.name}${bench.name}`, members: bench.members.map(one => one.name), quorum: quorumOf(bench.members.length, rule.share), share: shares[rule.share], confirms: Math.min(rule.confirms, bench.members.length),
    action: newUrl(round.id, place.id, stage), back: docketHref(stage, round.id, place.id),
    form: formModel(conveneForm(choicesOf(bench.members), visit.day), { raw: visit.method === 'POST' ? visit.raw : known, faults: trouble?.faults ?? [] }),
  });
}

async function saveNew(visit: Visit): Promise<Reply> {
  const at = await asked(visit);
  const { members } = await benchFor(visit.office.read, { ...at, day: visit.day });
  const id = await convene(visit.office, visit.actor, { ...at, ...taken(conveneForm(choicesOf(members), visit.day), visit.raw) });
  return seeOther(`/sittings/${id}`, '会定好了。人到齐以后，在这里点名、开会。');
}

/** The sitting as it stands: roll call, votes, confirmation, what it came to. */
export async function show(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const whole = await sittingFor(visit);
  const { sitting, seats, present, items, quorum, confirmed } = whole;
  const head = await headOf(visit, whole);
  const [pins, by] = [await whoHasPin(visit.office.read, seats.map(seat => seat.officer)), await officerNames(visit.office.read, [sitting.by])];
  const acts = mayAct(visit, sitting.stage, whole.place);
  const raw = visit.method === 'POST' ? visit.raw : { present: present.map(seat => seat.officer), chair: sitting.chair };
  const wanted = stillWanted(whole, confirmed);
  const waiting = present.filter(seat => !confirmed.includes(seat.officer));
  return page('sittings/show', {
    title: `${head.name}${head.says}会`, heading: headingOf(whole, head), ...head, state: sitting.state, mark: stateMark(sitting.state), day: sitting.day, venue: sitting.venue, ballot: ballots[sitting.ballot], isSecret: sitting.ballot === 'secret', by: by.get(sitting.by) ?? '',
    chair: seats.find(seat => seat.officer === sitting.chair)?.name ?? '', quorum, members: seats.length, acts, canAnew: sitting.state === 'voting' && !items.some(item => item.votes.size > 0) && !seats.some(seat => seat.voted),
    seats: seats.map(seat => ({ id: seat.officer, name: seat.name, isChair: seat.officer === sitting.chair, present: seat.present, voted: seat.voted, confirmed: confirmed.includes(seat.officer), noPin: !pins.has(seat.officer) })),
rollForm: formModel(rollForm(choicesOf(seats)), { raw, faults: trouble?.faults ?? [] }),
    items: items.map(item => itemLine(whole, item)), results: sitting.state === 'done' ? linesShown(sitting.stage, (await minutesOf(visit.office.read, sitting.id)).lines) : [], left: unfinished(whole).length, voted: present.filter(seat => seat.voted).length, came: present.length, absent: seats.filter(seat => !seat.present).map(seat => seat.name),
    wanted: wanted.count, wantedChair: wanted.chair, pinForm: formModel(pinForm(choicesOf(waiting)), { raw: { officer: visit.raw['officer'] ?? '' }, faults: trouble?.faults ?? [] }), waiting: waiting.length,
  });
}

function headingOf({ sitting, items }: Awaited<ReturnType<typeof sittingFor>>, { name, says }: { readonly name: string; readonly says: string }): string {
  const what = `${name} ${says}会`;
  if (sitting.state === 'called') return `${what}：先点名`;
  if (sitting.state === 'voting') return `${what}：${items.length} 项要表决`;
  return sitting.state === 'confirming' ? `${what}：请委员确认` : `${what}：${sitting.state === 'done' ? '开完了' : '取消了'}`;
}

/** 会议纪要, as it was confirmed. */
async function printMinutes(visit: Visit): Promise<Reply> {
  const { sitting } = await sittingFor(visit);
  const kept = await minutesOf(visit.office.read, sitting.id);
  return page('sittings/minutes', {
    title: `会议纪要 ${kept.minutes.about}${kinds[sitting.stage].says}`, paper: 'a4', back: { label: '回到会议', href: `/sittings/${sitting.id}` }, isTitle: kinds[sitting.stage].step.of === 'title', ...minutesShown(sitting.stage, kept),
  });
}

export const sittingRoutes: readonly Route[] = [
  get('/sittings', { power: 'sitting.read', handle: index }),
  get('/sittings/new', { power: 'sitting.hold', handle: showNew }),
  post('/sittings/new', { power: 'sitting.hold', handle: saveNew, again: showNew }),
  get('/sittings/:id', { power: 'sitting.read', handle: show }),
  get('/sittings/:id/minutes', { power: 'sitting.read', handle: printMinutes }),
];
