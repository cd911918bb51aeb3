/** Caps by calendar month, quarter and year, as positive hundredths; infinite where there is none. */
export interface PeriodCaps { readonly perMonth: number; readonly perQuarter: number; readonly perYear: number }

export interface PeriodSums {
  clear(): void;
  add(item: number, month: number, points: number): void;
  /** Sum of an item after its month, quarter and year caps, in that order. To be asked once: what was added is folded together on the way. */
  total(item: number, caps: PeriodCaps): number;
  /** Gives what an item has after its caps to a group; caps of longer periods than the group's would leave nothing to tell its periods by. */
  join(item: number, group: number, caps: PeriodCaps): void;
  /** Whether a cap bit in the last total or join. */
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
    join(item, group, { perMonth, perQuarter, perYear }) {
      sums.bit = false;
      cap(item, perMonth);
      if (perQuarter < Infinity) { fold(item, 3); cap(item, perQuarter); }
      if (perYear < Infinity) { fold(item, 12); cap(item, perYear); }
      for (let at = 0; at < size; at++) if (items[at] === item) items[at] = group;
      fold(group, 1);
    },
    total(item, { perMonth, perQuarter, perYear }) {
      sums.bit = false;
      cap(item, perMonth);
      fold(item, 3);
      cap(item, perQuarter);
      fold(item, 12);
      cap(item, perYear);
      let whole = 0;
      for (let at = 0; at < size; at++) if (items[at] === item) whole += points[at] ?? 0;
      return whole;
    },
  };
  const cap = (item: number, most: number): void => {
    for (let at = 0; at < size; at++) {
      const held = points[at] ?? 0;
      if (items[at] !== item || Math.abs(held) <= most) continue;
      points[at] = Math.sign(held) * most;
      sums.bit = true;
    }
  };
  /** The sums of an item whose months lie in one stretch of so many become one. */
  const fold = (item: number, length: number): void => {
    for (let at = 0; at < size; at++) {
      if (items[at] !== item) continue;
      const stretch = Math.floor((months[at] ?? 0) / length);
      for (let later = at + 1; later < size; later++) {
        if (items[later] !== item || Math.floor((months[later] ?? 0) / length) !== stretch) continue;
        points[at] = (points[at] ?? 0) + (points[later] ?? 0);
        items[later] = -1;
      }
    }
  };
  return sums;
}
