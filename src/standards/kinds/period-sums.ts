/** Caps by calendar month, quarter and year, as positive hundredths; infinite where there is none. */
export interface PeriodCaps { readonly perMonth: number; readonly perQuarter: number; readonly perYear: number }

export interface PeriodSums {
  clear(): void;
  add(item: number, month: number, points: number): void;
  /** Sum of an item after its month, quarter and year caps, in that order. */
  total(item: number, caps: PeriodCaps): number;
  /** Whether a cap bit in the last total. */
  bit: boolean;
}

/** Scratch space that is kept between subjects. Sums of a period do not depend on the order in which its events came. */
export function periodSums(): PeriodSums {
  const items: number[] = [];
  const months: number[] = [];
  const points: number[] = [];
  let size = 0;
  const sums: PeriodSums = {
    bit: false,
    clear() { size = 0; sums.bit = false; },
    add(item, month, gain) {
      for (let at = 0; at < size; at++) {
        if (items[at] === item && months[at] === month) { points[at] = (points[at] ?? 0) + gain; return; }
      }
      items[size] = item; months[size] = month; points[size] = gain; size++;
    },
    total(item, caps) {
      sums.bit = false;
      let level = [] as { period: number; points: number }[];
      for (let at = 0; at < size; at++) if (items[at] === item) level.push({ period: months[at] ?? 0, points: points[at] ?? 0 });
      level = rolled(capped(level, caps.perMonth), 3);
      level = rolled(capped(level, caps.perQuarter), 4);
      let whole = 0;
      for (const year of capped(level, caps.perYear)) whole += year.points;
      return whole;
    },
  };
  const capped = (level: { period: number; points: number }[], cap: number): { period: number; points: number }[] => {
    for (const each of level) {
      if (each.points > cap) { each.points = cap; sums.bit = true; }
      if (each.points < -cap) { each.points = -cap; sums.bit = true; }
    }
    return level;
  };
  return sums;
}

function rolled(level: readonly { period: number; points: number }[], size: number): { period: number; points: number }[] {
  const up: { period: number; points: number }[] = [];
  for (const each of level) {
    const period = Math.floor(each.period / size);
    const held = up.find(known => known.period === period);
    if (held === undefined) up.push({ period, points: each.points });
    else held.points += each.points;
  }
  return up;
}
