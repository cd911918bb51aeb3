import type { Actor } from '../access/actor.ts';
import { Faults } from '../kit/faults.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import type { Place } from '../places/place.ts';
import { rounds } from '../rounds/refusals.ts';
import { roundByNo, type Round } from '../rounds/round.ts';
import { loadCoding } from '../standards/dictionary.ts';
import type { WrittenFact } from '../standards/standard.ts';
import { subjectOfPlace } from '../subjects/subject.ts';
import { inUnit } from '../store/unit.ts';
import { valueFaults } from './checks.ts';
import { emptyBody, factsIn, pictureOf, sameFact } from './observation.ts';
import { sheetById, sheetsOf } from './sheet.ts';
import { stageSheet } from './stage.ts';

export interface Totals {
  /** Minted by the form or the file: the same sent twice is taken once. */
  readonly id: string;
  readonly round: number;
  readonly place: number;
  readonly values: Readonly<Record<string, WrittenFact>>;
  readonly batch?: string;
}

/** The standard by which a village or township is rated in a round. */
export const standardOf = (round: Round, place: Pick<Place, 'kind'>): string => place.kind === 'village' ? round.village_standard : round.township_standard;

/** Takes down what the bank or an office tells of a whole village or township: sums, never a household's loan. A correction is another sheet. */
export async function recordTotals(office: Office, actor: Actor, given: Totals): Promise<{ readonly seq: number }> {
  const [round, place] = await Promise.all([roundByNo(office.read, given.round), placeByNo(office.read, given.place)]);
  if (place.kind !== 'village' && place.kind !== 'township') common.refuse('not-found');
  return inUnit(office, actor, [`household:${place.id}`], async unit => {
    const subject = placeSubject(place);
    unit.require('observation.load', subject);
    if (!place.path.startsWith(round.path)) common.refuse('not-found');
    if (round.closed_on !== null) rounds.refuse('round-closed');
    const sent = await sheetById(unit.read, round.no, given.id);
    if (sent !== undefined) return unit.nothingNew({ seq: sent.seq });
    const { no } = await subjectOfPlace(unit.read, place.no);
    const { compiled, coding } = await loadCoding(unit.read, standardOf(round, place));
    const told = Object.fromEntries(Object.entries(given.values).filter(([key]) => compiled.standard.indicators.some(indicator => indicator.key === key && indicator.source !== 'computed')));
    const sheets = (await sheetsOf(unit.read, round.no, [no])).get(no) ?? [];
    const picture = pictureOf(sheets);
    const known = factsIn(picture);
    const news = Object.fromEntries(Object.entries(told).filter(([key, fact]) => !sameFact(known[key], fact)));
    if (Object.keys(news).length === 0) return unit.nothingNew({ seq: sheets.at(-1)?.seq ?? 0 });
    const faults = valueFaults(compiled.standard, news, { day: unit.day, isFile: true });
    if (faults.length > 0) throw new Faults(faults);
    const { seq } = stageSheet(unit, { round: round.no, subject: no, coding, sheets, picture }, { id: given.id, base: sheets.at(-1)?.seq ?? 0, body: { ...emptyBody, values: news }, source: 'bank', batch: given.batch ?? null });
    unit.record({ act: 'observation.totals-recorded', power: 'observation.load', subject });
    return { seq };
  });
}

