const dayMs = 86_400_000;
const lengthOf = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/**
 * The earliest day that so many months later has not yet come round: an event of that day still counts today, one of the day before does not.
 * A date that a short month lacks falls on its last day, so on the last day of a month everything up to the end of the month so long ago has come round.
 */
export function firstDayBack(months: number, today: number): number {
  const now = new Date(today * dayMs);
  const [year, month, date] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const length = lengthOf(year, month - months);
  return Date.UTC(year, month - months, 1) / dayMs + (date === lengthOf(year, month) ? length : Math.min(date, length));
}
