import { addMonths, dayFromNumber, dayNumber } from '../../kit/time.ts';

/** The earliest day that so many months later has not yet come round: an event of that day still counts today, one of the day before does not. */
export function firstDayBack(months: number, today: number): number {
  let day = dayNumber(addMonths(dayFromNumber(today), -months)) - 3;   // Short months move the date by three days at most.
  while (dayNumber(addMonths(dayFromNumber(day), months)) <= today) day++;
  return day;
}
