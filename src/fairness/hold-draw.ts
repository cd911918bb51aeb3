import { actorId, type Actor } from '../access/actor.ts';
import type { Office } from '../office.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { roundStillOpen } from '../rounds/round.ts';
import { inUnit } from '../store/unit.ts';
import { drawn } from './lots.ts';
import { drawOf } from './queries.ts';
import { fairness } from './refusals.ts';

export interface Drawing { readonly id: string; readonly round: number; readonly village: number; readonly seed: string; readonly source: string }

/** Draws once who is seen again, among the households that somebody has called on by now, from a number that is public and that nobody chose. */
export async function holdDraw(office: Office, actor: Actor, given: Drawing): Promise<void> {
  await inUnit(office, actor, [`fair-checks:${given.round}:${given.village}`, `round:${given.round}`], async unit => {
    const [round, village] = [await roundStillOpen(unit.read, given.round), await placeByNo(unit.read, given.village)];
    const subject = placeSubject(village);
    unit.require('fairness.check', subject);
    const before = await drawOf(unit.read, round.no, village.no);
    if (before?.id === given.id) return unit.nothingNew(undefined);
    if (before !== undefined) fairness.refuse('draw-held');
    const rows: { no: number; household_no: number }[] = await unit.read('cases').join('households', 'households.no', 'cases.subject').where({ 'cases.round': round.no, 'cases.village': village.no }).whereNot('cases.standing', 'excused').whereNull('households.closed_on')
      .whereExists(unit.read('sheets').whereRaw('sheets.round = cases.round and sheets.subject = cases.subject').whereIn('sheets.source', ['grid', 'village']).select('sheets.seq')).select('households.no', 'households.household_no');
    if (rows.length === 0) fairness.refuse('draw-empty');
    const lots = new Set(drawn(given.seed, rows.map(row => row.household_no)));
    unit.insert('revisit_draws', { id: given.id, round: round.no, village: village.no, seed: given.seed, source: given.source, among: rows.length, drawn_on: unit.day, at: unit.at, by: actorId(actor) });
    unit.insert('revisit_lots', rows.filter(row => lots.has(row.household_no)).map(row => ({ draw: given.id, subject: row.no })));
    unit.record({ act: 'fairness.drawn', power: 'fairness.check', subject });
    return undefined;
  });
}
