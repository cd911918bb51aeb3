import { householdKey } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import { roundByNo } from '../rounds/round.ts';
import type { Unit } from '../store/unit.ts';
import { followCase } from './follow.ts';
import { emptyBody } from './observation.ts';
import type { Span } from './span.ts';
import { stageSheet } from './stage.ts';
import { lastSeq, worldOf } from './world.ts';

/**
 * Unit-level: from now on an event counts between other days, in every round in which it stands, for what was carried along is one and the same thing.
 * A case that is decided keeps its result; one still under way is reckoned anew.
 */
export async function stageSpan(unit: Unit, given: { readonly household: string; readonly event: string; readonly span: Span }): Promise<void> {
  const { no } = await householdKey(unit.read, given.household);
  const rows: { round: number }[] = await unit.read('events').where({ subject: no, id: given.event }).whereNull('voided').orderBy('round').select('round');
  for (const { round } of rows) {
    const world = await worldOf(unit.read, Number(round), given.household);
    const staged = stageSheet(unit, { ...world, round: Number(round), subject: world.household.no }, { id: newId(), base: lastSeq(world), body: { ...emptyBody, spans: [{ id: given.event, ...given.span }] }, source: 'process', batch: null });
    if ((await roundByNo(unit.read, Number(round))).closed_on === null) followCase(unit, world.standing, { standard: world.compiled.standard, ...staged, signOffs: world.signOffs });
  }
}
