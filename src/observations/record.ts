import { actorId, type Actor } from '../access/actor.ts';
import { mayBeRated } from '../consents/queries.ts';
import { Faults } from '../kit/faults.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import type { Fault } from '../kit/form.ts';
import { householdSubject } from '../households/subject.ts';
import { mustNameNoOther } from '../households/others-named.ts';
import { keepEvidence, type EvidenceSource } from '../households/evidence.ts';
import type { Office } from '../office.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import type { Standard, WrittenFact } from '../standards/standard.ts';
import { eventFaults, happeningOf, indicatorsOf, jointFaults, valueFaults, wantsEvidence } from './checks.ts';
import { followCase } from './follow.ts';
import { emptyBody, factsIn, isNotAsked, pictureOf, sameFact, type EventEntry, type Picture, type SheetBody } from './observation.ts';
import { observations } from './refusals.ts';
import type { SheetSource } from './sheet.ts';
import { isSinceAward } from './since-award.ts';
import { asTaken, never } from './span.ts';
import { stageSheet } from './stage.ts';
import { isAsked } from './wanted.ts';
import { lastSeq, openForFacts, worldOf, wroteDown, type World } from './world.ts';

export type Values = Readonly<Record<string, WrittenFact>>;

export interface Given {
  /** Minted by the form or the tablet: the same save sent twice is taken once. */
  readonly id: string;
  readonly round: number;
  readonly household: string;
  /** Number of the last sheet the author had before their eyes. */
  readonly base_seq: number;
  /** Or how to read them off a form, whose meaning depends on the standard and on what stands. */
  readonly values?: Values | ((world: World) => Promise<Values>);
  readonly events?: readonly EventEntry[];
  readonly voided?: readonly { readonly id: string; readonly why: string }[];
  /** Photos to keep, by indicator key or event id. */
  readonly photos?: readonly { readonly about: string; readonly source: EvidenceSource }[];
  /** Ids of photos of answers that shall no longer stand. */
  readonly removed?: readonly string[];
  readonly source: Extract<SheetSource, 'grid' | 'village' | 'paper'>;
}

/** What came of a save, what all sheets of the household now come to, and the standard that asks for them. */
export interface Outcome { readonly outcome: 'current' | 'repeated' | 'contested'; readonly seq: number; readonly contested: readonly string[]; readonly picture: Picture; readonly standard: Standard }

/** Takes down what somebody saw at one household. Different fields merge; the same field said differently by two people is kept twice and counts for nothing until it is settled. */
export async function recordSheet(office: Office, actor: Actor, given: Given): Promise<Outcome> {
  return inUnit(office, actor, [`household:${given.household}`], async unit => {
    const [world, isRatable] = await Promise.all([worldOf(unit.read, given.round, given.household), mayBeRated(unit.read, given.household, unit.day)]);
    const { standard } = world.compiled;
    const subject = householdSubject(world.household);
    unit.require('observation.record', subject);
    const values = typeof given.values === 'function' ? await given.values(world) : given.values ?? {};
    const sent = world.saved.get(given.id);
    if (sent !== undefined) return unit.nothingNew<Outcome>({ outcome: 'repeated', seq: sent, contested: [], picture: world.picture, standard });
    openForFacts(world, isRatable, await isDeed(unit, world, given, values));
    const news = changesIn(world, given, values);
    if (news === undefined) {
      const unchanged: Outcome = { outcome: 'repeated', seq: lastSeq(world), contested: [], picture: world.picture, standard };
      // Whoever came back into the round with a whole and signed sheet only has to be looked at again.
      if (followCase(unit, world.standing, { standard, picture: world.picture, sheets: world.sheets, signOffs: world.signOffs, changed: false }) === world.standing) return unit.nothingNew(unchanged);
      unit.record({ act: 'observation.recorded', power: 'observation.record', subject });
      return unchanged;
    }
    refuseOwnTold(world, news, actorId(actor));
    refuseFaults(world, news, unit.day);
    for (const event of news.events) if (happeningOf(standard, event)?.isNegative === true) await mustNameNoOther(unit.read, world.household, { note: event.note });   // It is printed on the letter.
    const evidence = await photosKept(office, unit, world, given);
    const staged = stageSheet(unit, { ...world, round: given.round, subject: world.household.no }, { id: given.id, base: given.base_seq, body: withPhotos(news, evidence), source: given.source, batch: null });
    followCase(unit, world.standing, { standard, ...staged, signOffs: world.signOffs });
    unit.record({ act: 'observation.recorded', power: 'observation.record', subject });
    return { outcome: staged.contested.length > 0 ? 'contested' : 'current', seq: staged.seq, contested: staged.contested, picture: staged.picture, standard };
  });
}

/** Nothing but something that happened, with its photo; or what was written down since the award, struck out. */
async function isDeed(unit: Unit, world: World, given: Given, values: Values): Promise<boolean> {
  const voided = given.voided ?? [];
  if (world.standing.standing !== 'published' || Object.keys(values).length + (given.removed?.length ?? 0) > 0 || (given.events?.length ?? 0) + voided.length === 0) return false;
  return voided.length === 0 || isSinceAward(unit.read, world, voided.map(({ id }) => world.picture.events.get(id)?.seq ?? 0));
}

/** A form sends all its fields: what stands as its author saw it is no change of theirs, even if somebody else changed it since. */
function changesIn(world: World, given: Given, told: Values): SheetBody | undefined {
  const seen = given.base_seq >= lastSeq(world) ? world.picture : pictureOf(world.sheets.filter(sheet => sheet.seq <= given.base_seq));
  const values = Object.fromEntries(Object.entries(told).filter(([key, fact]) => !stoodSo(seen, key, fact)));
  const events = (given.events ?? []).filter(event => !world.picture.events.has(event.id)).map(event => asTaken(world.compiled.standard, event));
  const voided = given.voided ?? [];
  for (const { id } of voided) {
    const event = world.picture.events.get(id);
    if (event === undefined) observations.refuse('event-unknown');
    if (event?.voided !== undefined) observations.refuse('event-voided');
  }
  const standing = new Set([...world.picture.photos.values()].flat());
  const removed = (given.removed ?? []).filter(id => standing.has(id));
  if (Object.keys(values).length === 0 && events.length === 0 && voided.length === 0 && removed.length === 0 && (given.photos ?? []).length === 0) return undefined;
  return { ...emptyBody, values, events, voided, removed };
}

function stoodSo(seen: Picture, key: string, fact: WrittenFact): boolean {
  const field = seen.fields.get(key);
  if (field === undefined) return isNotAsked(fact);
  // A contested field is no input of the form; whoever sends it means it.
  return field.kind === 'current' ? sameFact(field.stand.fact, fact) : isNotAsked(fact);
}

/** What somebody else confirmed and the person was told of is struck by somebody other than who wrote it down. */
function refuseOwnTold(world: World, { voided }: SheetBody, officer: string): void {
  const isTold = (id: string): boolean => { const span = world.picture.events.get(id)?.entry.span; return span !== undefined && span.from !== never; };
  if (voided.some(({ id }) => isTold(id) && wroteDown(world, id, officer))) observations.refuse('event-told');
}

function refuseFaults(world: World, news: SheetBody, day: string): void {
  const { standard } = world.compiled;
  const faults: Fault[] = [...valueFaults(standard, news.values, { day, isFile: false }), ...news.events.flatMap(event => eventFaults(standard, event, day))];
  if (faults.length === 0) faults.push(...jointFaults(standard, { ...factsIn(world.picture), ...news.values }));
  if (faults.length > 0) throw new Faults(faults);
}

async function photosKept(office: Office, unit: Parameters<typeof keepEvidence>[1], world: World, given: Given): Promise<ReadonlyMap<string, readonly string[]>> {
  const { standard } = world.compiled;
  const about = new Set((given.photos ?? []).map(photo => photo.about));
  for (const key of about) refuseUnasked(world, given, key);
  for (const event of given.events ?? []) {
    if (wantsEvidence(standard, event) && !about.has(event.id) && (event.evidence ?? []).length === 0) observations.refuse('evidence-wanted', { field: 'photo', what: happeningOf(standard, event)?.label });
  }
  const kept = new Map<string, string[]>();
  for (const photo of given.photos ?? []) {
    const id = await keepEvidence(office, unit, { subject: world.household.id, kind: 'photo', source: photo.source });
    kept.set(photo.about, [...kept.get(photo.about) ?? [], id]);
  }
  return kept;
}

/** A photo belongs to one of the events sent with it, or to a question that asks for photos. */
function refuseUnasked({ compiled, picture }: World, given: Given, about: string): void {
  if (given.events?.some(event => event.id === about) === true) return;
  const indicator = indicatorsOf(compiled.standard).get(about);
  if (indicator?.evidence !== true || !isAsked(indicator)) common.refuse('bad-request', { say: '这一项不用照片，请重新打开这一户再填。' });
  const count = (picture.photos.get(about) ?? []).filter(id => given.removed?.includes(id) !== true).length + (given.photos ?? []).filter(photo => photo.about === about).length;
  if (count > limits.photosPerAnswer) observations.refuse('photos-many', { what: indicator?.title, most: limits.photosPerAnswer });
}

function withPhotos(body: SheetBody, photos: ReadonlyMap<string, readonly string[]>): SheetBody {
  if (photos.size === 0) return body;
  const events = body.events.map(event => { const own = photos.get(event.id); return own === undefined ? event : { ...event, evidence: [...event.evidence ?? [], ...own] }; });
  const ids = new Set(body.events.map(event => event.id));
  return { ...body, events, evidence: Object.fromEntries([...photos].filter(([about]) => !ids.has(about))) };
}
