import { addMonths, type Day } from '../kit/time.ts';
import type { Standard } from '../standards/standard.ts';
import { happeningOf } from './checks.ts';
import type { EventEntry } from './observation.ts';

/** Between which days something counts: from the day after those in which the person could answer, until the day it was repaired, that day not included. */
export interface Span { readonly from: Day; readonly until?: Day }

/** The day on which what nobody was told of begins to count. */
export const never: Day = '9999-12-31';

/** What takes points counts nothing until somebody else has confirmed it and the person was told: as it is written down it only waits. */
export const asTaken = (standard: Standard, event: EventEntry): EventEntry =>
  event.span === undefined && happeningOf(standard, event)?.isNegative === true ? { ...event, span: { from: never } } : event;

/** Whether it waits to be confirmed and told. */
export const isWaiting = (event: EventEntry): boolean => event.span?.from === never;

/** How it stands with counting, in a word or two. */
export function spanWords({ span }: EventEntry, day: Day): { readonly icon: string; readonly kind: string; readonly words: string } {
  if (span === undefined) return { icon: 'clock', kind: '', words: '在算分' };
  if (span.from === never) return { icon: 'half', kind: 'moving', words: '还没核实、告知完，先不算分' };
  if (span.until !== undefined && span.until <= day) return { icon: 'tick', kind: 'done', words: '已经修复，不再算分' };
  return span.from > day ? { icon: 'half', kind: 'moving', words: `告知了，${span.from} 起才算分` } : { icon: 'clock', kind: '', words: '告知过，在算分' };
}

/** Whether it is shown no longer: repaired, or at the end of the longest time that its standard lets it count. The history keeps it. */
export function isOver(standard: Standard, event: EventEntry, day: Day): boolean {
  const told = happeningOf(standard, event);
  return told?.isNegative === true && (event.span?.until !== undefined && event.span.until <= day || addMonths(event.day, told.item.lifeMonths) <= day);
}
