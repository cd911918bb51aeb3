import { actorId, type Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import { householdKeys, householdSubject, type HouseholdKey } from '../households/subject.ts';
import { newId } from '../kit/id.ts';
import { limits } from '../kit/limits.ts';
import { common } from '../kit/refusals.ts';
import type { Office } from '../office.ts';
import { caseColumns, type Case } from '../rounds/mark.ts';
import { rounds } from '../rounds/refusals.ts';
import { roundByNo, type Round } from '../rounds/round.ts';
import { loadCoding } from '../standards/dictionary.ts';
import { householdStandard } from '../standards/village-items.ts';
import { inUnit, type Unit } from '../store/unit.ts';
import { followCase } from './follow.ts';
import { isBuiltUpon, pictureOf, undoing } from './observation.ts';
import { observations } from './refusals.ts';
import { sheetsOf } from './sheet.ts';
import { stageSheet } from './stage.ts';
import { importSubject } from './import-subject.ts';
import { isSinceAward } from './since-award.ts';
import { closedByStanding } from './world.ts';

export interface TakenBack {
  readonly restored: number;
  /** Households that stay as they are: their values were changed since, or are locked by now. */
  readonly kept: readonly { readonly subject: number; readonly why: 'changed-since' | 'locked' }[];
}

interface ImportRow { readonly id: string; readonly kind: string; readonly round: number | null; readonly taken_back_at: string | null }

/** Takes a whole import back: every household gets a sheet that restores what stood before. Broken off, it goes on where it stopped. */
export async function takeBack(office: Office, actor: Actor, importId: string): Promise<TakenBack> {
  const row: ImportRow | undefined = await office.read('imports').where({ id: importId, kind: 'values' }).first('id', 'kind', 'round', 'taken_back_at');
  if (row === undefined || row.round === null) return observations.refuse('import-unknown');
  if (row.taken_back_at !== null) observations.refuse('import-taken-back');
  const round = await roundByNo(office.read, row.round);
  if (round.closed_on !== null) rounds.refuse('round-closed');
  const subjects: { subject: number }[] = await office.read('sheets').where({ round: round.no, batch: importId }).distinct('subject').orderBy('subject').select('subject');
  const keys = await householdKeys(office.read, subjects.map(each => each.subject));
  if (keys.some(key => may(actor, 'observation.load', householdSubject(key)) !== true)) common.refuse('not-allowed', { why: '这次导入有您片区以外的户' });
  const kept: TakenBack['kept'][number][] = [];
  let restored = 0;
  for (const part of partsOf(keys)) {
    const done = await inUnit(office, actor, part.map(key => `household:${key.id}`), unit => restorePart(unit, { round, importId, part }));
    restored += done.restored;
    kept.push(...done.kept);
  }
  await inUnit(office, actor, [`import:${importId}`], async unit => {
    const subject = importSubject(actor, importId, round);
    unit.require('observation.load', subject);
    unit.change('imports', { id: importId, taken_back_at: unit.at, taken_back_by: actorId(actor) });
    unit.record({ act: 'import.taken-back', power: 'observation.load', subject });
  });
  return { restored, kept };
}

/** One village a unit, so that each entry stands in its own place. */
function partsOf(keys: readonly HouseholdKey[]): readonly (readonly HouseholdKey[])[] {
  const parts: HouseholdKey[][] = [];
  for (const key of keys.toSorted((a, b) => a.village_no - b.village_no || a.no - b.no)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length < limits.householdsPerUnit && last[0]?.village_no === key.village_no) last.push(key); else parts.push([key]);
  }
  return parts;
}

async function restorePart(unit: Unit, { round, importId, part }: { readonly round: Round; readonly importId: string; readonly part: readonly HouseholdKey[] }): Promise<TakenBack> {
  const { coding } = await loadCoding(unit.read, await householdStandard(unit.read, round, part[0]?.village_no ?? -1));
  const nos = part.map(key => key.no);
  const marked: { subject: number; seq: number; source: string }[] = await unit.read('sheets').where({ round: round.no, batch: importId }).whereIn('subject', nos).select('subject', 'seq', 'source');
  const [sheets, rows] = await Promise.all([sheetsOf(unit.read, round.no, nos), unit.read('cases').where({ round: round.no }).whereIn('subject', nos).select<Case[]>(...caseColumns)]);
  const cases = new Map(rows.map(row => [row.subject, row]));
  const kept: TakenBack['kept'][number][] = [];
  const subject = { id: importId, paths: [part[0]?.path ?? round.path] };
  unit.require('observation.load', subject);
  let restored = 0;
  for (const key of part) {
    const own = sheets.get(key.no) ?? [];
    const standing = cases.get(key.no);
    const taken = new Set(marked.filter(each => each.subject === key.no && each.source === 'taken').map(each => each.seq));
    const seqs = marked.filter(each => each.subject === key.no && each.source !== 'taken').map(each => each.seq);
    if (taken.size > 0) continue;   // Restored before it broke off.
    if (standing === undefined || closedByStanding(round, standing, await isSinceAward(unit.read, { standing }, seqs)) !== undefined) { kept.push({ subject: key.no, why: 'locked' }); continue; }
    if (isBuiltUpon(own, seqs)) { kept.push({ subject: key.no, why: 'changed-since' }); continue; }
    const body = undoing(own, seqs, '这次导入已撤回');
    const staged = stageSheet(unit, { round: round.no, subject: key.no, coding, sheets: own, picture: pictureOf(own) }, { id: newId(), base: own.at(-1)?.seq ?? 0, body, source: 'taken', batch: importId });
    followCase(unit, standing, { standard: coding.standard, ...staged, signOffs: [] });
    restored++;
  }
  if (restored === 0) return unit.nothingNew({ restored, kept });
  unit.record({ act: 'observation.restored', power: 'observation.load', subject });
  return { restored, kept };
}
