import { actorId, type Actor } from '../access/actor.ts';
import { isAside } from '../access/may.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { caseKeys } from '../ratings/run.ts';
import { roundStillOpen } from '../rounds/round.ts';
import { placeSubject } from '../places/queries.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { endOf, isOpen, type Outcome } from './award.ts';
import { annualById, changesOf, type Annual } from './queries.ts';
import { reckon, reckonHouseholds, type Reckoned } from './reckon.ts';
import { awards } from './refusals.ts';
import { mayBePrinted, powerTo, targetById } from './target.ts';

export interface Proposing { readonly round: number; readonly annual?: string | undefined; readonly target: string; /** What the page said would come of it. */ readonly seen: Outcome; readonly words: string }

/** Puts forward what the record gives today for one certificate; somebody else decides on it. */
export async function propose(office: Office, actor: Actor, given: Proposing): Promise<string> {
  const target = await targetById(office.read, given.round, given.target);
  return inUnit(office, actor, [`round:${given.round}`, ...caseKeys(given.round, { subject: target.no, id: target.id })], async unit => {
    const { power, subject } = powerTo('propose', target);
    unit.require(power, subject);
    const round = await roundStillOpen(unit.read, given.round);
    const annual = given.annual === undefined ? undefined : await annualById(unit.read, given.annual);
    const found = await reckon({ read: unit.read, dialect: office.store.dialect }, round, target, unit.day);
    if (found === undefined || annual !== undefined && (annual.round !== round.no || !target.path.startsWith(annual.path))) return awards.refuse('award-none');
    if (found.held > 0) awards.refuse('award-disputed');
    if (found.outcome === undefined) return awards.refuse('award-unclear');
    if ((await changesOf(unit.read, round.no, [target.no])).some(isOpen)) awards.refuse('award-proposed');
    if (found.outcome !== given.seen) common.refuse('changed-meanwhile');
    await mayBePrinted(unit.read, target, { words: given.words });
    const id = newId();
    unit.insert('award_changes', rowOf(unit, actor, { ...found, round: round.no, outcome: found.outcome }, { id, annual, words: given.words }));
    unit.record({ act: 'award.proposed', power, subject });
    return id;
  });
}

/** All of a village for whom nothing changed, in one act: they keep what they have. Who has an objection open, or from whom the officer stands aside, is left to be looked at alone. */
export async function proposeKept(office: Office, actor: Actor, given: { readonly annual: string; readonly village: string }): Promise<number> {
  const annual = await annualById(office.read, given.annual);
  const village = await targetById(office.read, annual.round, given.village);
  const before = await reckonHouseholds({ read: office.read, dialect: office.store.dialect }, await roundStillOpen(office.read, annual.round), village.place, annual.opened_on);
  return inUnit(office, actor, [`round:${annual.round}`, ...before.flatMap(one => caseKeys(annual.round, one))], async unit => {
    const subject = placeSubject(village.place);
    unit.require('award.propose', subject);
    if (village.kind !== 'village' || !village.place.path.startsWith(annual.path)) common.refuse('not-found');
    const round = await roundStillOpen(unit.read, annual.round);
    const known = new Set(before.map(one => one.subject));
    const found = (await reckonHouseholds({ read: unit.read, dialect: office.store.dialect }, round, village.place, unit.day, [...known])).filter(one => one.outcome === 'keep' && one.held === 0 && !isAside(actor, one.id));
    const seen = new Set((await changesOf(unit.read, round.no, found.map(one => one.subject))).filter(change => isOpen(change) || change.annual === annual.id && endOf(change)?.step !== 'dropped').map(change => change.subject));
    const kept = found.filter(one => !seen.has(one.subject));
    if (kept.length === 0) return awards.refuse('award-none');
    unit.insert('award_changes', kept.map(one => rowOf(unit, actor, { ...one, round: round.no, outcome: 'keep' }, { id: newId(), annual, words: '' })));
    unit.record({ act: 'award.proposed', power: 'award.propose', subject });
    return kept.length;
  });
}

interface Row { readonly id: string; readonly annual: Annual | undefined; readonly words: string }

/** What is kept in an annual check lasts until the day of the check; between two of them a new paper lasts as long as the old one. */
const rowOf = (unit: Unit, actor: Actor, { certificate, subject, score, until, round, outcome }: Reckoned & { readonly round: number; readonly outcome: Outcome }, { id, annual, words }: Row) => ({
  id, annual: annual?.id ?? null, round, subject, certificate, outcome, points: score.points, grade: score.grade, valid_until: annual === undefined || annual.valid_until < until ? until : annual.valid_until, words, proposed_on: unit.day,
  salt: newId(), at: unit.at, by: actorId(actor),
});
