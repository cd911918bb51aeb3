/** Months since year 0 of the day with this number (days since 1970-01-01), without making a Date: the rating of a county calls it millions of times. */
export function monthOf(dayNumber: number): number {
  civil(dayNumber);
  return year * 12 + month;
}

/** Whole months from one day to another; a month is complete on the same date of the next one. */
export function monthsBetween(from: number, to: number): number {
  const start = monthOf(from);
  const startDate = date;
  const end = monthOf(to);
  return end - start - (date < startDate ? 1 : 0);
}

export const yearOf = (dayNumber: number): number => Math.floor(monthOf(dayNumber) / 12);

let year = 0;
let month = 0;   // 0 January
let date = 0;

/** Days to year, month, date in the proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March. */
function civil(dayNumber: number): void {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153);
  date = ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  month = shiftedMonth < 10 ? shiftedMonth + 2 : shiftedMonth - 10;
  year = yearOfEra + era * 400 + (month <= 1 ? 1 : 0);
}
