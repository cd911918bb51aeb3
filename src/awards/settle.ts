import { gradesOf } from '../panels/grades.ts';
import type { Office } from '../office.ts';
import { ancestorNo } from '../places/place.ts';
import { placeByNo } from '../places/queries.ts';
import { openBook } from '../ratings/book.ts';
import { stageRating } from '../ratings/rate-one.ts';
import { certify } from '../rolls/certify.ts';
import { hideIn } from '../rolls/hide.ts';
import { regrade } from '../rolls/regrade.ts';
import { revoke } from '../rolls/revoke.ts';
import { mark, type Case } from '../rounds/mark.ts';
import type { Round } from '../rounds/round.ts';
import { householdStandard } from '../standards/village-items.ts';
import type { Unit } from '../store/unit.ts';
import type { Change } from './award.ts';
import type { Reckoned } from './reckon.ts';
import type { Target } from './target.ts';

/** What is agreed to: what was put forward, what the record says, and the case as it stands. */
export interface Agreed { readonly change: Change; readonly found: Reckoned; readonly one: Case }

/** Unit-level: case, certificate and rolls of what was agreed to. A new grade is a new paper under a new number; what is kept goes on under the old one. */
export async function settle(office: Office, unit: Unit, round: Round, kind: Target['kind'], agreed: readonly Agreed[]): Promise<void> {
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
  if (regraded.length > 0) await certify(unit, unit.actor, { round, place: await issuer(unit, regraded), results: regraded.map(each => ({ subject: each.one.subject, code: codeOf(each) ?? '', until: each.change.valid_until })) });
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
