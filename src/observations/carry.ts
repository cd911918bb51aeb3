import { actorId } from '../access/actor.ts';
import { newId } from '../kit/id.ts';
import { addMonths, type Day } from '../kit/time.ts';
import type { CaseFollower } from '../rounds/follow-cases.ts';
import { loadCoding } from '../standards/dictionary.ts';
import type { EventItem } from '../standards/kinds/event-item.ts';
import type { Standard } from '../standards/standard.ts';
import type { Row } from '../store/dialect.ts';
import type { Unit } from '../store/unit.ts';
import { happeningOf } from './checks.ts';
import { keptEvent } from './codes.ts';
import { emptyBody, eventsIn, pictureOf, type EventEntry } from './observation.ts';
import { bodyText, sheetsOf } from './sheet.ts';

/** Which events of the round before still count in the new one: known to its standard, and alive on the day (an honour 36 months, a deduction 12). */
export const alive = (standard: Standard, events: readonly EventEntry[], day: Day): readonly EventEntry[] =>
  events.filter(event => { const told = happeningOf(standard, event); return told !== undefined && addMonths(event.day, told.item.lifeMonths) > day && reaches(told.item, event, day); });

/** What counts in its own year or round alone stays behind with it, unless it goes on until it is put right: then the cure ends it. */
function reaches({ window, untilCured }: EventItem, { day: on, cured }: EventEntry, day: Day): boolean {
  if (window === undefined || untilCured === true && cured === undefined) return true;
  return window === 'year' && on.slice(0, 4) === day.slice(0, 4);   // A round that is opened in autumn may still look at this year's.
}

/**
 * What somebody did does not end with the year's round: it is written into the new one as its first sheet. So a rating still rests on
 * the sheets of its own round alone, and an event can be seen and voided where it counts. What these rounds carried on is carried again.
 */
export const eventsFollowCases: CaseFollower = {
  async admitted(unit, { no: round, previous_no: before, household_standard }, subjects) {
    if (before === null) return;
    const held = await withEvents(unit, before, subjects);
    if (held.length === 0) return;
    const [{ compiled, coding }, sheets] = [await loadCoding(unit.read, household_standard), await sheetsOf(unit.read, before, held)];
    const [told, kept]: [Row[], Row[]] = [[], []];
    for (const [subject, own] of sheets) {
      const events = alive(compiled.standard, eventsIn(pictureOf(own)), unit.day);
      if (events.length === 0) continue;
      told.push({ round, subject, seq: 1, id: newId(), source: 'carried', base_seq: 0, body: bodyText({ ...emptyBody, events }), batch: null, salt: newId(), at: unit.at, by: actorId(unit.actor) });
      for (const event of events) kept.push({ round, subject, ...keptEvent(coding, event), sheet: 1, voided: null });
    }
    if (told.length === 0) return;
    unit.insert('sheets', told);
    unit.change('cases', told.map(({ subject = null }) => ({ round, subject, sheet: 1 })));
    unit.insert('events', kept);
  },
};

async function withEvents(unit: Unit, round: number, subjects: readonly number[]): Promise<readonly number[]> {
  const found: number[] = [];
  for (let at = 0; at < subjects.length; at += 2_000) {
    const rows: { subject: number }[] = await unit.read('events').where({ round }).whereIn('subject', subjects.slice(at, at + 2_000)).whereNull('voided').distinct('subject').select('subject');
    for (const row of rows) found.push(Number(row.subject));
  }
  return found;
}
