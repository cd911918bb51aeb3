import { actorId, type Actor } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { gradesOf } from '../panels/grades.ts';
import { ancestorNo } from '../places/place.ts';
import { placeByNo } from '../places/queries.ts';
import { openBook } from '../ratings/book.ts';
import { stageRating } from '../ratings/rate-one.ts';
import { caseKeys } from '../ratings/run.ts';
import { certify } from '../rolls/certify.ts';
import { regrade } from '../rolls/regrade.ts';
import { hideIn } from '../rolls/hide.ts';
import { revoke } from '../rolls/revoke.ts';
import { mark, type Case } from '../rounds/mark.ts';
import { caseOf, roundStillOpen, type Round } from '../rounds/round.ts';
import { householdStandard } from '../standards/village-items.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { isHeardFirst, isOpen, waitsFor, type Change } from './award.ts';
import { changeById } from './queries.ts';
import { reckon, reckonHouseholds, type Reckoned } from './reckon.ts';
import { awards } from './refusals.ts';
import { mayBePrinted, powerTo, targetByNo, type Target } from './target.ts';

export interface Deciding { readonly id: string; readonly agreed: boolean; readonly words: string }

/** The chair agrees to what was put forward, or does not; whoever put it forward does not decide. Agreed, it is done at once: certificate, rolls, and the rating that it rests on. */
export async function decide(office: Office, actor: Actor, given: Deciding): Promise<void> {
  const before = await changeById(office.read, given.id);
  const target = await targetByNo(office.read, before.round, before.subject);
  await inUnit(office, actor, [`round:${before.round}`, `ratings:${before.round}`, ...caseKeys(before.round, { subject: target.no, id: target.id })], async unit => {
    const { power, subject } = powerTo('decide', target);
    unit.require(power, subject);
    const change = await changeById(unit.read, given.id);
    mayBeDecided(actor, change, unit.day);
    const round = await roundStillOpen(unit.read, change.round);
    if (given.agreed) await settle(office, unit, actor, round, target.kind, [await agreedOn(unit, change, await reckon({ read: unit.read, dialect: office.store.dialect }, round, target, unit.day))]);
    await mayBePrinted(unit.read, target, { words: given.words });
    unit.insert('award_steps', stepOf(unit, actor, change, given));
    unit.record({ act: given.agreed ? 'award.agreed' : 'award.declined', power, subject });
  });
}

/** Everything of a village that takes nothing from anybody and that the chair neither put forward nor stands aside from, in one act. Answers how many. */
export async function agreeAll(office: Office, actor: Actor, given: { readonly village: string; readonly changes: readonly string[] }): Promise<number> {
  const before = await Promise.all([...new Set(given.changes)].map(id => changeById(office.read, id)));
  const [first] = before;
  if (first === undefined) return awards.refuse('award-none');
  const targets = await Promise.all(before.map(one => targetByNo(office.read, one.round, one.subject)));
  await inUnit(office, actor, [`round:${first.round}`, `ratings:${first.round}`, ...targets.flatMap(target => caseKeys(first.round, { subject: target.no, id: target.id }))], async unit => {
    for (const target of targets) { const { power, subject } = powerTo('decide', target); unit.require(power, subject); }
    const round = await roundStillOpen(unit.read, first.round);
    const place = targets[0]?.place ?? common.refuse('not-found');
    if (place.id !== given.village || targets.some(target => target.kind !== 'household' || target.place.no !== place.no) || before.some(one => one.round !== first.round)) common.refuse('not-found');
    if (before.some(one => isHeardFirst(one.outcome))) awards.refuse('award-unheard');   // Those are looked at one by one.
    const found = new Map((await reckonHouseholds({ read: unit.read, dialect: office.store.dialect }, round, place, unit.day, targets.map(target => target.no))).map(one => [one.subject, one]));
    const agreed: Agreed[] = [];
    for (const { id, subject } of before) {
      const change = await changeById(unit.read, id);
      mayBeDecided(actor, change, unit.day);
      agreed.push(await agreedOn(unit, change, found.get(subject)));
      unit.insert('award_steps', stepOf(unit, actor, change, { agreed: true, words: '' }));
    }
    await settle(office, unit, actor, round, 'household', agreed);
    unit.require('case.approve', { id: place.id, paths: [place.path] });
    unit.record({ act: 'award.agreed', power: 'case.approve', subject: { id: place.id, paths: [place.path] } });
  });
  return before.length;
}

interface Agreed { readonly change: Change; readonly found: Reckoned; readonly one: Case }

function mayBeDecided(actor: Actor, change: Change, day: string): void {
  if (!isOpen(change)) awards.refuse('award-settled');
  if (change.by === actorId(actor)) awards.refuse('award-own');
  if (waitsFor(change, day) !== 'decision') awards.refuse('award-unheard');
}

/** What is agreed to is what was put forward: the record says the same today, and nobody objects. */
async function agreedOn(unit: Unit, change: Change, found: Reckoned | undefined): Promise<Agreed> {
  if (found === undefined) return awards.refuse('award-none');
  if (found.held > 0) awards.refuse('award-disputed');
  if (found.outcome !== change.outcome || found.score.points !== change.points || found.score.grade !== change.grade) awards.refuse('award-moved');
  return { change, found, one: await caseOf(unit.read, change.round, change.subject) };
}

const stepOf = (unit: Unit, actor: Actor, change: Pick<Change, 'id'>, { agreed, words }: Pick<Deciding, 'agreed' | 'words'>) =>
  ({ id: newId(), change: change.id, step: agreed ? 'agreed' : 'declined', day: unit.day, speak_until: null, words, salt: newId(), at: unit.at, by: actorId(actor) });

/** Unit-level: case, certificate and rolls of what was agreed to. A new grade is a new paper under a new number; what is kept goes on under the old one. */
async function settle(office: Office, unit: Unit, actor: Actor, round: Round, kind: Target['kind'], agreed: readonly Agreed[]): Promise<void> {
  const of = (...outcomes: readonly Change['outcome'][]): readonly Agreed[] => agreed.filter(({ change }) => outcomes.includes(change.outcome));
  const track = kind === 'household' ? 'household' : 'title';
  const body = (list: readonly Agreed[]) => { const own = new Map(list.map(({ change, one }) => [one.subject, change.outcome])); return (one: Case) => ({ outcome: own.get(one.subject) }); };
  const [stays, goes] = [of('keep', 'raise', 'lower'), of('cancel')];
  if (kind === 'household') await rateAnew(office, unit, round, agreed.filter(({ found }) => !found.isSame));
  mark(unit, stays.map(({ one }) => one), { mark: 'checked', track, body: body(stays) });
  mark(unit, goes.map(({ one }) => one), { mark: 'cancelled', track, body: body(goes) });
  const longer = of('keep').filter(({ change, found }) => change.valid_until > found.until);
  if (longer.length > 0) unit.change('certificates', longer.map(({ change }) => ({ no: change.certificate, valid_until: change.valid_until })));
  const moved = of('raise', 'lower', 'cancel');
  if (moved.length === 0) return;
  await revoke(unit, { round: round.no, subjects: moved.map(({ one }) => one.subject), why: 'checked' });
  if (kind !== 'household') { await hideIn(unit, round.no, moved.map(({ one }) => one.subject)); return; }
  const { rows } = await gradesOf(unit.read, await householdStandard(unit.read, round, moved[0]?.one.village ?? 0));
  const codeOf = ({ change }: Agreed): string | undefined => change.outcome === 'cancel' ? undefined : rows[change.grade]?.code;
  const regraded = of('raise', 'lower');
  if (regraded.length > 0) await certify(unit, actor, { round, place: await issuer(unit, regraded), results: regraded.map(each => ({ subject: each.one.subject, code: codeOf(each) ?? '', until: each.change.valid_until })) });
  await regrade(unit, { round: round.no, ranks: rows.map(row => row.code), moved: moved.map(each => ({ subject: each.one.subject, village: each.one.village, from: each.found.code, to: codeOf(each) })) });
}

/** The rating that a decision rests on is kept like any other, so that its reasons can be told and worked out again. */
async function rateAnew(office: Office, unit: Unit, round: Round, agreed: readonly Agreed[]): Promise<void> {
  const [first] = agreed;
  if (first === undefined) return;
  const book = await openBook(unit.read, await householdStandard(unit.read, round, first.one.village), unit.day);
  for (const { one } of agreed) await stageRating(office, unit, { book, one });
}

/** Numbers go on in the township whose roll named them. */
async function issuer(unit: Unit, agreed: readonly Agreed[]) {
  const village = await placeByNo(unit.read, agreed[0]?.one.village ?? 0);
  return placeByNo(unit.read, ancestorNo(village.path, 'township') ?? village.no);
}
