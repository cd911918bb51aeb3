import { termsNow } from '../calendar/terms.ts';
import { callOf, isAdult } from '../households/household.ts';
import type { Loaded } from '../households/load.ts';
import { crumbsOf, householdFor, mayOn, titleOf, usesTablet } from '../households/visiting.ts';
import { taken } from '../kit/faults.ts';
import { typed } from '../kit/form.ts';
import { isId, newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import type { Day } from '../kit/time.ts';
import { caseAt, type At } from '../observations/case-at.ts';
import { happeningOf } from '../observations/checks.ts';
import { isOver } from '../observations/span.ts';
import { worldOf } from '../observations/world.ts';
import { officeTitle, placeNames } from '../places/queries.ts';
import { signatureIn } from '../pledges/signature.ts';
import { currentText, spoken } from '../pledges/texts.ts';
import { currentRound } from '../rounds/round.ts';
import { breaches } from '../standards/breach.ts';
import { formModel } from '../web/form-model.ts';
import { page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { applyForRepair, repairable } from './apply.ts';
import { applyForm, stateForm } from './form.ts';
import { repairsOf, stateItemsOf } from './queries.ts';
import { platformHrefs, platforms, standingOf, standingWords, stateStandings } from './repair.ts';
import { keepStateItem } from './see-state.ts';

const adultsOf = (loaded: Loaded, day: Day) => loaded.living.filter(member => member.relation === 'head' || isAdult(member.birth_year, day)).map(member => ({ key: member.id, label: callOf(member) }));

/** What a household can have repaired here, what it asked for, and how the items of state platforms stand, which are repaired there. */
async function showHousehold(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const loaded = await householdFor(visit, 'observation.read');
  const { read } = visit.office;
  const people = adultsOf(loaded, visit.day);
  const asked = await repairsOf(read, { household: loaded.row.id });
  const nameOf = (id: string): string => { const member = loaded.members.find(one => one.id === id); return member === undefined ? '' : callOf(member); };
  const canKeep = loaded.row.closed_on === null && people.length > 0 && mayOn(visit, loaded, 'repair.apply');
  return page('repairs/household', {
    title: `信用修复：${titleOf(loaded)}`, heading: '信用修复', tablet: usesTablet(visit), crumbs: await crumbsOf(visit, loaded, '信用修复'), base: `/households/${loaded.row.id}`, canKeep,
    things: await thingsOf(visit, loaded, canKeep), past: mayOn(visit, loaded, 'repair.look-back') ? await pastOf(visit, loaded) : undefined, asked: asked.map(one => ({ href: `/repairs/${one.id}`, on: one.applied_on, words: standingWords[standingOf(one.steps)] })),
    state: (await stateItemsOf(read, loaded.row.id)).map(one => ({ name: nameOf(one.member), platform: platforms[one.platform], words: stateStandings[one.standing], on: one.seen_on })),
    ways: Object.entries(platformHrefs).map(([key, href]) => ({ href, label: platforms[key as keyof typeof platforms] })),
    form: formModel(stateForm(people, visit.day), { raw: visit.method === 'POST' ? visit.raw : { seen_on: visit.day, platform: 'creditchina', member: people.length === 1 ? people[0]?.key ?? '' : '' }, faults: trouble?.faults ?? [] }),
  });
}

/** Where what is shown no longer may be looked up with a reason: in the last round that the household was in. */
async function pastOf({ office }: Visit, { row }: Loaded): Promise<string | undefined> {
  const last: { id: string } | undefined = await office.read('cases').join('rounds', 'rounds.no', 'cases.round').where('cases.subject', row.no).orderBy('rounds.no', 'desc').first('rounds.id');
  return last === undefined ? undefined : `/lookbacks/${last.id}/${row.id}`;
}

/** What takes points in the round under way, with what is wanting before each may be repaired. */
async function thingsOf(visit: Visit, loaded: Loaded, canKeep: boolean) {
  const { read } = visit.office;
  const round = await currentRound(read, loaded.key.path);
  const isIn = round !== undefined && await read('cases').where({ round: round.no, subject: loaded.row.no }).first('subject') !== undefined;
  if (round === undefined || !isIn) return [];
  const world = await worldOf(read, round.no, loaded.row.id);
  return [...world.picture.events.values()].filter(({ entry, voided }) => voided === undefined && happeningOf(world.compiled.standard, entry)?.isNegative === true && !isOver(world.compiled.standard, entry, visit.day)).map(({ entry }) => {
    const { breach, ends, lacks } = repairable(world, entry.id, visit.day);
    return { what: happeningOf(world.compiled.standard, entry)?.label ?? '', on: entry.day, breach: breaches[breach].label, ends, lacks: lacks.join('；'), href: `/tellings/${round.id}/${loaded.row.id}/${entry.id}`, apply: canKeep && lacks.length === 0 ? `/repairs/new/${round.id}/${loaded.row.id}/${entry.id}` : undefined };
  });
}

async function saveState(visit: Visit): Promise<Reply> {
  const loaded = await householdFor(visit, 'observation.read');
  const { member, platform, standing, seen_on } = taken(stateForm(adultsOf(loaded, visit.day), visit.day), visit.raw);
  await keepStateItem(visit.office, visit.actor, { household: loaded.row.id, member, platform, standing, seenOn: seen_on });
  return seeOther(`/households/${loaded.row.id}/repairs`, '记下了。只记状态，内容和修复都在那边办。');
}

function thingAt(at: At, event: string, day: Day) {
  const conditions = repairable(at.world, event, day);
  const entry = at.world.picture.events.get(event)?.entry;
  const told = entry === undefined ? undefined : happeningOf(at.world.compiled.standard, entry);
  const cured = at.world.picture.events.get(event)?.cured;
  return { ...conditions, label: told?.label ?? '', on: entry?.day ?? day, note: entry?.note ?? '', cured };
}

async function showApply(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const at = await caseAt(visit, 'observation.read');
  const thing = thingAt(at, visit.params['event'] ?? '', visit.day);
  const people = adultsOf(at.loaded, visit.day);
  const office = await officeTitle(visit.office.read);
  const here = `/repairs/new/${at.world.round.id}/${at.loaded.row.id}/${visit.params['event'] ?? ''}`;
  return page('repairs/new', {
    title: `申请信用修复 ${titleOf(at.loaded)}`, heading: '申请信用修复', tablet: usesTablet(visit), crumbs: await crumbsOf(visit, at.loaded, '信用修复'), here, back: `/households/${at.loaded.row.id}/repairs`, id: newId(),
    what: thing.label, on: thing.on, breach: breaches[thing.breach].label, lacks: thing.lacks, cured: thing.cured === undefined ? undefined : { on: thing.cured.on, note: thing.cured.note, photos: (thing.cured.evidence ?? []).map(id => `/evidence/${id}`) },
    terms: await termsNow(visit.office.read), paragraphs: spoken(currentText('repair'), { office, about: thing.label }),
    form: formModel(applyForm(people), { raw: visit.method === 'POST' ? visit.raw : { how: usesTablet(visit) ? 'drawn' : 'paper', member: people.length === 1 ? people[0]?.key ?? '' : '' }, faults: trouble?.faults ?? [] }), signatureFault: trouble?.code === 'repair-unsigned' ? trouble.words : undefined,
  });
}

async function saveApply(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'observation.read');
  const { member, words, how } = taken(applyForm(adultsOf(at.loaded, visit.day)), visit.raw);
  const asked = typed(visit.raw, 'id');
  const id = isId(asked) ? asked : newId();
  await applyForRepair(visit.office, visit.actor, { id, round: at.world.round.no, household: at.loaded.row.id, event: visit.params['event'] ?? '', member, words, how, signature: signatureIn(visit) });
  const { accept, decide } = await termsNow(visit.office.read);
  return seeOther(`/repairs/${id}`, `登记好了。${accept} 个工作日内受理，受理后 ${decide} 个工作日内决定。`);
}

/** 修复申请书 with the pledge on one sheet, to be signed once. */
async function showSheet(visit: Visit): Promise<Reply> {
  const at = await caseAt(visit, 'observation.read');
  const { read } = visit.office;
  const event = visit.params['event'] ?? '';
  const thing = thingAt(at, event, visit.day);
  const [office, names] = [await officeTitle(read), await placeNames(read, [at.loaded.row.village_no, at.loaded.row.group_no ?? 0])];
  return page('repairs/sheet', {
    title: '信用修复申请书', paper: 'a4', back: { label: '回到申请', href: `/repairs/new/${at.world.round.id}/${at.loaded.row.id}/${event}` }, office, village: names.get(at.loaded.row.village_no)?.full ?? '', group: names.get(at.loaded.row.group_no ?? -1)?.name ?? '',
    head: at.loaded.row.head_name, what: thing.label, on: thing.on, breach: breaches[thing.breach].label, cured: thing.cured === undefined ? undefined : { on: thing.cured.on, note: thing.cured.note }, text: currentText('repair'), paragraphs: spoken(currentText('repair'), { office, about: thing.label }),
  });
}

export const householdRoutes: readonly Route[] = [
  get('/households/:id/repairs', { power: 'observation.read', handle: showHousehold }),
  post('/households/:id/repairs', { power: 'repair.apply', handle: saveState, again: showHousehold }),
  get('/repairs/new/:round/:household/:event', { power: 'observation.read', handle: showApply }),
  post('/repairs/new/:round/:household/:event', { power: 'repair.apply', handle: saveApply, again: showApply, uploads: { fields: ['paper'], mostBytes: limits.photoBytes } }),
  get('/repairs/new/:round/:household/:event/sheet', { power: 'observation.read', handle: showSheet }),
];
