import { actorId, type Actor } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import type { Office } from '../office.ts';
import { ancestorNo } from '../places/place.ts';
import { placeById, placeByNo, placeSubject } from '../places/queries.ts';
import { roundByNo } from '../rounds/round.ts';
import { standardRow } from '../standards/queries.ts';
import { standards } from '../standards/refusals.ts';
import { isOfRounds } from '../standards/standard.ts';
import { inUnit } from '../store/unit.ts';
import { countRated, dayOfRound } from './rated.ts';
import { simulations } from './refusals.ts';
import { mustCover, placesOfRound } from './round-places.ts';
import { keptStandard } from './sides.ts';
import { simulationById, type Simulation } from './simulation.ts';

/** `place` and `standard` by id and hash. */
export interface Asked { readonly round: number; readonly place: string; readonly standard: string; readonly note: string }

/** Sets down what is to be tried: a kept standard, adopted or not, on a round in a place. Nothing is counted yet; what is under way with the same question is answered again. */
export async function openSimulation(office: Office, actor: Actor, given: Asked): Promise<Simulation> {
  const id = await inUnit(office, actor, [`simulations:${given.round}`], async unit => {
    const round = await roundByNo(unit.read, given.round);
    const place = await placeById(unit.read, given.place);
    const subject = placeSubject(place);
    unit.require('simulation.run', subject);
    mustCover(round, place);
    const row = await standardRow(unit.read, given.standard);
    if (!isOfRounds(row.kind)) simulations.refuse('not-for-simulation');
    const county = await placeByNo(unit.read, ancestorNo(place.path, 'county') ?? place.no);
    const { place: own } = await keptStandard(unit.read, row.hash);
    if (row.county_no !== county.no && county.code?.startsWith(own.code) !== true) standards.refuse('standard-elsewhere', { place: own.name, county: county.name });
    const open: { id: string } | undefined = await unit.read('simulations').where({ round: round.no, place_no: place.no, standard: row.hash, phase: 'counting' }).first('id');
    if (open !== undefined) return unit.nothingNew(open.id);
    const total = await countRated(office.jobs, { round: round.no, villages: (await placesOfRound(unit.read, round, place.path, 'village')).map(village => village.no), today: unit.day });
    const day = await dayOfRound(unit.read, round.no);
    if (total === 0 || day === undefined) return simulations.refuse('nothing-to-simulate');
    const fresh = newId();
    unit.insert('simulations', {
      no: await unit.number('simulation'), id: fresh, round: round.no, place_no: place.no, standard: row.hash, day, note: given.note, phase: 'counting', total, done: 0, changed: 0, apart: 0,
      titles: '[]', hash: null, beat_at: unit.at, finished_at: null, at: unit.at, by: actorId(actor),
    });
    unit.record({ act: 'simulation.begun', power: 'simulation.run', subject });
    return fresh;
  });
  return simulationById(office.read, id);
}
