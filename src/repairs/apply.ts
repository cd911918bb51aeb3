import { actorId, type Actor } from '../access/actor.ts';
import { calendarNow } from '../calendar/queries.ts';
import { termsNow } from '../calendar/terms.ts';
import { consents } from '../consents/refusals.ts';
import { keepEvidence, type EvidenceSource } from '../households/evidence.ts';
import { callOf, isAdult } from '../households/household.ts';
import { changeable, loadHousehold, memberOf } from '../households/load.ts';
import { householdSubject } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import { happeningOf } from '../observations/checks.ts';
import { observations } from '../observations/refusals.ts';
import { worldOf, type World } from '../observations/world.ts';
import type { Office } from '../office.ts';
import { keptUntil, type PledgeWay } from '../pledges/pledge.ts';
import { currentText } from '../pledges/texts.ts';
import type { Day } from '../kit/time.ts';
import { inUnit } from '../store/unit.ts';
import { conditionsFor, dueDays, isOpen, standingOf, type Conditions } from './repair.ts';
import { repairsOf } from './queries.ts';
import { repairs } from './refusals.ts';

export interface Applying {
  /** Minted by the form: the same one sent twice is taken once. */
  readonly id: string; readonly round: number; readonly household: string; readonly event: string; readonly member: string;
  readonly words: string; readonly how: PledgeWay;
  /** Application and pledge stand on one sheet and are signed together. */
  readonly signature?: EvidenceSource | undefined;
}

/** Somebody asks that a thing which was put right be repaired: application and pledge are signed in one, the days to answer begin. */
export async function applyForRepair(office: Office, actor: Actor, given: Applying): Promise<void> {
  await inUnit(office, actor, [`household:${given.household}`], async unit => {
    const [world, loaded] = [await worldOf(unit.read, given.round, given.household), changeable(await loadHousehold(unit.read, given.household))];
    const subject = householdSubject(world.household);
    unit.require('repair.apply', subject);
    const before = await repairsOf(unit.read, { event: given.event });
    if (before.some(one => one.id === given.id)) return unit.nothingNew(undefined);
    const { breach, lacks } = repairable(world, given.event, unit.day);
    if (lacks.length > 0) repairs.refuse('repair-early', { why: lacks.join('；') });
    if (before.some(one => isOpen(standingOf(one.steps)))) repairs.refuse('repair-asked');
    const member = memberOf(loaded, given.member);
    if (member.relation !== 'head' && !isAdult(member.birth_year, unit.day)) consents.refuse('consent-of-minor', { who: callOf(member), field: 'member' });
    if (given.signature === undefined) return repairs.refuse('repair-unsigned', { field: 'signature' });
    const evidence = await keepEvidence(office, unit, { subject: given.household, kind: given.how === 'drawn' ? 'signature' : 'photo', source: given.signature });
    const [pledge, text] = [newId(), currentText('repair')];
    const signed = { salt: newId(), at: unit.at, by: actorId(actor) };
    unit.insert('pledges', { id: pledge, household: given.household, member: given.member, purpose: 'repair', text_version: text.version, event: given.event, signed_on: unit.day, kept_until: keptUntil(unit.day, text), how: given.how, open: 0, evidence, ...signed });
    unit.insert('repairs', { id: given.id, household: given.household, event: given.event, member: given.member, pledge, class: breach, applied_on: unit.day, ...dueDays(unit.day, await termsNow(unit.read), await calendarNow(unit.read)), words: given.words, evidence, ...signed, salt: newId() });
    unit.record({ act: 'repair.applied', power: 'repair.apply', subject });
    return undefined;
  });
}

/** What is wanting before one thing that takes points may be repaired. */
export function repairable({ picture, compiled }: Pick<World, 'picture' | 'compiled'>, id: string, day: Day): Conditions {
  const event = picture.events.get(id);
  if (event === undefined) return observations.refuse('event-unknown');
  if (event.voided !== undefined) observations.refuse('event-voided');
  const told = happeningOf(compiled.standard, event.entry);
  if (told?.isNegative !== true) return observations.refuse('event-unknown');
  return conditionsFor({ day: event.entry.day, span: event.entry.span, isCured: event.cured !== undefined }, told.item, day);
}
