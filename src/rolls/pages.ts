import { may, reach } from '../access/may.ts';
import { taken } from '../kit/faults.ts';
import { text } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { common } from '../kit/refusals.ts';
import { mayPublish } from '../consents/queries.ts';
import { numberText } from '../households/household.ts';
import { householdFaces } from '../households/queries.ts';
import { placeById, placeNames, placesBelow, placeSubject } from '../places/queries.ts';
import type { Place } from '../places/place.ts';
import { changedSince } from '../ratings/since-approved.ts';
import { roundById, roundsOver, type Round } from '../rounds/round.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { publishable } from './approved.ts';
import { publish } from './publish.ts';
import { namedOn, rollsAt, type Roll } from './queries.ts';
import { creditOf } from './roll.ts';
import { withdrawRoll } from './withdraw.ts';

const withdrawForm = form({ reason: text('为什么撤下', { lines: true, most: 200, hint: '会写在公开的页面上，请写明白，不写个人的事。' }) });

/** Rolls of the officer's places: what can be published now, what is out, what to print. */
async function show(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const { read } = visit.office;
  const places = await placesOf(visit);
  const blocks: Awaited<ReturnType<typeof blockOf>>[] = [];
  for (const place of places) {
    const rolls = await rollsAt(read, place);
    for (const round of (await roundsOver(read, place.path)).slice(0, 3)) blocks.push(await blockOf(visit, place, round, rolls.find(roll => roll.round === round.no && roll.place_no === place.no)));
  }
  return page('rolls/manage', {
    title: '光荣榜', heading: blocks.some(block => block.canWithdraw || block.canPublish) ? '光荣榜：发布、打印、撤下' : '光荣榜：看和打印', blocks, isEmpty: blocks.length === 0, villages: await villagesOf(visit, places),
    form: formModel(withdrawForm, trouble === undefined ? {} : { raw: visit.raw, faults: trouble.faults }),
  });
}

/** Where the officer's powers over rolls lie: townships and counties, or for printing only the villages. */
async function placesOf(visit: Visit): Promise<readonly Place[]> {
  const paths = [...new Set([...reach(visit.actor, 'roll.publish'), ...reach(visit.actor, 'certificate.print')])];
  const rows: Place[] = [];
  for (const path of paths.filter(one => one !== '/')) {
    const own = await visit.office.read('places').where({ path }).whereIn('kind', ['county', 'township']).first('id');
    if (own !== undefined) rows.push(await placeById(visit.office.read, String((own as { id: string }).id)));
  }
  return rows;
}

async function villagesOf(visit: Visit, places: readonly Place[]): Promise<readonly object[]> {
  const paths = places.length > 0 ? places.map(place => place.path) : reach(visit.actor, 'certificate.print');
  const villages = (await Promise.all(paths.filter(path => path !== '/').map(path => placesBelow(visit.office.read, path, 'village')))).flat();
  const [rolls, rounds, names] = await Promise.all([rollsAt(visit.office.read, { path: '/' }), visit.office.read('rounds').join('places', 'places.no', 'rounds.place_no').distinct<{ path: string }[]>('places.path'), placeNames(visit.office.read, villages.map(village => village.no))]);
  const inForce = rolls.filter(roll => roll.withdrawn_reason === null);
  const namedAt = await namedOn(visit.office.read, inForce);
  const isWide = new Set(villages.map(village => village.parent_no)).size > 1;
  return villages.filter(village => rounds.some(round => village.path.startsWith(round.path))).map(village => {
    const roll = inForce.find(one => one.figures.villages.some(figures => figures.no === village.no));
    const figures = roll?.figures.villages.find(one => one.no === village.no);
    return { id: village.id, name: isWide ? names.get(village.no)?.full ?? village.name : village.name, year: roll?.year, round: roll?.round, credit: figures === undefined ? undefined : creditOf(figures), named: roll === undefined ? undefined : namedAt({ round: roll.round, no: village.no }) };
  });
}

async function blockOf(visit: Visit, place: Place, round: Round, roll: Roll | undefined) {
  const waiting = await publishable(visit.office.read, round, place);
  const households = waiting.filter(one => one.kind === 'household').map(one => one.subject);
  const consented = await mayPublish(visit.office.read, households, visit.day);
  return {
    since: await sinceApproved(visit, place, round), place: place.name, placeId: place.id, round: round.id, name: round.name, year: round.year,
    waiting: waiting.length, named: consented.size + waiting.length - households.length, unnamed: households.length - consented.size, canPublish: waiting.length > 0 && may(visit.actor, 'roll.publish', placeSubject(place)) === true,
    roll: roll === undefined ? undefined : { id: roll.id, publishedOn: roll.published_on, validUntil: roll.valid_until, withdrawn: roll.withdrawn_reason, credit: roll.figures.villages.reduce((sum, village) => sum + creditOf(village), 0) },
    canWithdraw: roll !== undefined && roll.withdrawn_reason === null && may(visit.actor, 'roll.publish', placeSubject(place)) === true,
  };
}

/** Households on the roll or about to be, whose ground has moved since they were approved. Names are for whoever looks after them. */
async function sinceApproved({ office, actor, day }: Visit, place: Place, round: Round) {
  if (may(actor, 'household.read', placeSubject(place)) !== true) return undefined;
  const villages = await placesBelow(office.read, place.path, 'village');
  const found = await changedSince({ read: office.read, dialect: office.store.dialect }, { round, day, villages: villages.map(village => village.no) });
  const faces = await householdFaces(office.read, found.map(one => one.subject));
  const nameOf = (subject: number): string => villages.find(village => village.no === faces.get(subject)?.village_no)?.name ?? '';
  return found.length === 0 ? undefined : { list: found.slice(0, sinceShown).map(one => ({ no: numberText(one.household_no), head: one.head_name, place: nameOf(one.subject), words: one.words, href: `/ratings/${round.id}/${one.id}` })), more: Math.max(0, found.length - sinceShown) };
}
const sinceShown = 20;

async function save(visit: Visit): Promise<Reply> {
  const [round, place] = await Promise.all([roundById(visit.office.read, String(visit.raw['round'] ?? '')), placeById(visit.office.read, String(visit.raw['place'] ?? ''))]);
  const done = await publish(visit.office, visit.actor, { round, place });
  return seeOther('/rolls', { kind: 'done', words: `光荣榜已经发布：列名 ${done.named} 个，另有 ${done.unnamed} 户没有同意公布，只计数。`, way: { label: '看公开的页面', href: `/board/${place.id}` } });
}

async function takeDown(visit: Visit): Promise<Reply> {
  const { reason } = taken(withdrawForm, visit.raw);
  await withdrawRoll(visit.office, visit.actor, { roll: visit.params['roll'] ?? common.refuse('not-found'), reason });
  return seeOther('/rolls', '这张榜已经撤下，公开页面上写明了原因。改好以后可以重新发布。');
}

export const manageRoutes: readonly Route[] = [
  get('/rolls', { power: 'certificate.print', handle: visit => show(visit) }),
  post('/rolls', { power: 'roll.publish', handle: save }),
  post('/rolls/:roll/withdrawal', { power: 'roll.publish', handle: takeDown, again: show }),
];
