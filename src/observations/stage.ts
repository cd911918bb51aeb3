import { actorId } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import type { Coding } from '../standards/dictionary.ts';
import type { Row } from '../store/dialect.ts';
import type { Unit } from '../store/unit.ts';
import { keptEvent, keptFact } from './codes.ts';
import { contestedIn, isSameEvent, pictureOf, toldNow, type FieldState, type Picture, type Sheet, type SheetBody } from './observation.ts';
import { bodyText, type SheetSource } from './sheet.ts';

export interface Incoming { readonly id: string; readonly base: number; readonly body: SheetBody; readonly source: SheetSource; readonly batch: string | null }
export interface Where { readonly round: number; readonly subject: number; readonly coding: Coding; readonly sheets: readonly Sheet[]; readonly picture: Picture }
export interface Staged { readonly seq: number; readonly picture: Picture; readonly sheets: readonly Sheet[]; readonly changed: boolean; readonly contested: readonly string[] }

/**
 * Unit-level: appends one sheet and keeps the compact tables in step with what all sheets now come to.
 * The tables are never reckoned from each other: both pictures come from the sheets, and the difference is written.
 */
export function stageSheet(unit: Unit, where: Where, incoming: Incoming): Staged {
  const { round, subject } = where;
  const seq = (where.sheets.at(-1)?.seq ?? 0) + 1;
  const by = actorId(unit.actor);
  const sheet: Sheet = { ...incoming.body, seq, base: incoming.base, by, source: incoming.source, at: unit.at };
  const sheets = [...where.sheets, sheet];
  const picture = pictureOf(sheets);
  unit.insert('sheets', { round, subject, seq, id: incoming.id, source: incoming.source, base_seq: incoming.base, body: bodyText(incoming.body), batch: incoming.batch, salt: newId(), at: unit.at, by });
  unit.change('cases', { round, subject, sheet: seq });
  const told = new Set([...Object.keys(incoming.body.values), ...Object.keys(incoming.body.contests)]);
  stageValues(unit, where, picture, told);
  stageEvents(unit, where, picture, seq);
  const contested = contestedIn(picture).filter(key => told.has(key));
  return { seq, picture, sheets, contested, changed: hasChanged(where.picture, picture) };
}

function stageValues(unit: Unit, { round, subject, coding, picture: before }: Where, after: Picture, told: ReadonlySet<string>): void {
  const values: Row[] = [];
  const gone: Row[] = [];
  const contests: Row[] = [];
  const settled: Row[] = [];
  coding.standard.indicators.forEach(({ key }, slot) => {
    if (!told.has(key)) return;
    const [was, is] = [before.fields.get(key), after.fields.get(key)];
    if (was === is) return;
    const indicator = coding.numbers[slot] ?? -1;
    const kept = is?.kind === 'current' ? keptFact(coding, slot, is.stand.fact) : undefined;
    if (kept !== undefined && is?.kind === 'current') values.push({ round, subject, ...kept, sheet: is.stand.seq });
    else if (was?.kind === 'current') gone.push({ round, subject, indicator });
    if (is?.kind === 'contested') contests.push({ round, subject, indicator, theirs: is.theirs.seq, ours: is.ours.seq, at: unit.at });
    else if (was?.kind === 'contested') settled.push({ round, subject, indicator });
  });
  if (values.length > 0) unit.put('current_values', values);
  if (gone.length > 0) unit.remove('current_values', gone);
  if (contests.length > 0) unit.put('contests', contests);
  if (settled.length > 0) unit.remove('contests', settled);
}

function stageEvents(unit: Unit, { round, subject, coding, picture: before }: Where, after: Picture, seq: number): void {
  const rows: Row[] = [];
  for (const [id, event] of after.events) {
    if (isSameEvent(before.events.get(id), event)) continue;
    rows.push({ round, subject, ...keptEvent(coding, toldNow(event)), sheet: event.seq, voided: event.voided === undefined ? null : seq });
  }
  if (rows.length > 0) unit.put('events', rows);
}

function hasChanged(before: Picture, after: Picture): boolean {
  if (before.fields.size !== after.fields.size || before.events.size !== after.events.size) return true;
  for (const [key, field] of after.fields) if (!isSame(before.fields.get(key), field)) return true;
  for (const [id, event] of after.events) if (!isSameEvent(before.events.get(id), event)) return true;
  return false;
}

const isSame = (one: FieldState | undefined, other: FieldState): boolean =>
  one === other || one?.kind === 'current' && other.kind === 'current' && one.stand.seq === other.stand.seq;
