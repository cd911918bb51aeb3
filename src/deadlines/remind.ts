import { actorId, clockwork } from '../access/actor.ts';
import { calendarNow } from '../calendar/queries.ts';
import { addWorkingDays } from '../kit/calendar.ts';
import { today } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import type { Due, DueSource } from '../web/due.ts';
import { aboveOf, remindersOf } from './queries.ts';
import { dueSources } from './sources.ts';
import { ahead, isFurther, stepOn, type Step } from './steps.ts';

/** The clock's round of every morning: tells each due day the step it has come to. Answers how many were told. */
export async function remindAll(office: Office, stop?: AbortSignal): Promise<number> {
  let told = 0;
  for (const source of dueSources()) if (source.byItself !== true && stop?.aborted !== true) told += await remindOf(office, source, stop);
  return told;
}

async function remindOf(office: Office, source: DueSource, stop: AbortSignal | undefined): Promise<number> {
  const day = today(office.clock);
  const calendar = await calendarNow(office.read);
  const open = await source.list(office.read, { paths: ['/'], day, until: addWorkingDays(day, ahead, calendar) });
  const reached = open.flatMap(one => { const step = stepOn(one.due, day, calendar); return step === undefined ? [] : [{ ...one, step }]; });
  let told = 0;
  for (const [path, here] of Map.groupBy(reached, one => one.path)) {
    if (stop?.aborted === true) return told;
    told += await remindAt(office, { source: source.name, path, here });
  }
  return told;
}

interface Here { readonly source: string; readonly path: string; readonly here: readonly (Due & { readonly step: Step })[] }

/**
 * What was told is in the record, and is asked inside the unit that adds to it: a second run, a second process, a crash between
 * two places or a clock that was set back tell nothing twice. After missed nights only the step that was come to is told.
 */
async function remindAt(office: Office, { source, path, here }: Here): Promise<number> {
  return inUnit(office, clockwork, [`reminders:${path}`], async unit => {
    const subject = { id: source, paths: [path] };
    unit.require('deadline.remind', subject);
    const before = await remindersOf(unit.read, source, here.map(one => one.about));
    const fresh = here.filter(one => !before.some(told => told.about === one.about && told.due === one.due && !isFurther(one.step, told.step)));
    if (fresh.length === 0) return unit.nothingNew(0);
    unit.insert('reminders', fresh.map(({ about, due, step }) => ({ source, about, due, step, day: unit.day, path, above: aboveOf(path), at: unit.at, by: actorId(unit.actor) })));
    unit.record({ act: 'deadline.reminded', power: 'deadline.remind', subject });
    return fresh.length;
  });
}
