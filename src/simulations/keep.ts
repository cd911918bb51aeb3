import type { Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import type { Office } from '../office.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import type { Row } from '../store/dialect.ts';
import { inUnit } from '../store/unit.ts';
import type { Cell } from './cell.ts';
import type { Simulation, TitleChange } from './simulation.ts';

const keysOf = (one: Simulation): readonly string[] => [`simulation:${one.id}`];
const subjectOf = async (office: Office, one: Simulation): Promise<Subject> => placeSubject(await placeByNo(office.read, one.place_no));

/** Still to be counted: nobody has dropped it meanwhile. */
export const isWanted = async ({ read }: Pick<Office, 'read'>, one: Simulation): Promise<boolean> => await read('simulations').where({ no: one.no, phase: 'counting' }).first('no') !== undefined;

/** Households whose result would be another, as they are found. */
export async function keepFlips(office: Office, actor: Actor, one: Simulation, flips: readonly Row[]): Promise<void> {
  if (flips.length === 0) return;
  const subject = await subjectOf(office, one);
  await inUnit(office, actor, keysOf(one), async unit => {
    unit.require('simulation.run', subject);
    if (!await isWanted(unit, one)) return unit.nothingNew(undefined);
    unit.insert('simulation_flips', flips);
    unit.record({ act: 'simulation.counted', power: 'simulation.run', subject });
    return undefined;
  });
}

export interface Result { readonly cells: readonly Cell[]; readonly titles: readonly TitleChange[]; readonly done: number; readonly changed: number; readonly apart: number; readonly hash: string }

/** The counts and the hash, in one moment: no page shows half a result. */
export async function finish(office: Office, actor: Actor, one: Simulation, { cells, titles, ...figures }: Result): Promise<void> {
  const subject = await subjectOf(office, one);
  await inUnit(office, actor, keysOf(one), async unit => {
    unit.require('simulation.run', subject);
    if (!await isWanted(unit, one)) return unit.nothingNew(undefined);
    unit.insert('simulation_cells', cells.map(cell => ({ simulation: one.no, ...cell })));
    unit.change('simulations', { no: one.no, phase: 'done', total: figures.done, ...figures, titles: JSON.stringify(titles), finished_at: unit.at, beat_at: unit.at });
    unit.record({ act: 'simulation.done', power: 'simulation.run', subject });
    return undefined;
  });
}

export async function giveUp(office: Office, actor: Actor, one: Simulation): Promise<void> {
  const subject = await subjectOf(office, one);
  await inUnit(office, actor, keysOf(one), async unit => {
    unit.require('simulation.run', subject);
    if (!await isWanted(unit, one)) return unit.nothingNew(undefined);
    unit.change('simulations', { no: one.no, phase: 'failed', finished_at: unit.at });
    unit.record({ act: 'simulation.failed', power: 'simulation.run', subject });
    return undefined;
  });
}

const rowsPerUnit = 10_000;

/** Takes away what was found so far, in short units: before it is counted anew, or because nobody wants it any more. */
export async function removeParts(office: Office, actor: Actor, one: Simulation): Promise<void> {
  const subject = await subjectOf(office, one);
  for (let isLeft = true; isLeft;) {
    isLeft = await inUnit(office, actor, keysOf(one), async unit => {
      unit.require('simulation.run', subject);
      const flips: Row[] = await unit.read('simulation_flips').where({ simulation: one.no }).limit(rowsPerUnit).select('simulation', 'subject');
      const cells: Row[] = flips.length > 0 ? [] : await unit.read('simulation_cells').where({ simulation: one.no }).limit(rowsPerUnit).select('simulation', 'village', 'group', 'type', 'elderly', 'before', 'after');
      if (flips.length + cells.length === 0) return unit.nothingNew(false);
      unit.remove('simulation_flips', flips);
      unit.remove('simulation_cells', cells);
      unit.record({ act: 'simulation.dropped', power: 'simulation.run', subject });
      return true;
    });
  }
}

/** Drops a scenario and all it found. */
export async function drop(office: Office, actor: Actor, one: Simulation): Promise<void> {
  const subject = await subjectOf(office, one);
  await inUnit(office, actor, keysOf(one), async unit => {
    unit.require('simulation.run', subject);
    if (await unit.read('simulations').where({ no: one.no }).first('no') === undefined) return unit.nothingNew(undefined);
    unit.remove('simulations', { no: one.no });
    unit.record({ act: 'simulation.dropped', power: 'simulation.run', subject });
    return undefined;
  });
  await removeParts(office, actor, one);
}
