import { itemsOf } from './facts.ts';
import type { EventItem } from './kinds/event-item.ts';
import { itemPoints } from './kinds/event-item.ts';
import type { Indicator } from './standard.ts';

/** One thing that can be written down: an item of an indicator, at one of its levels if it has any. Its key names it in forms, files and the dictionary. */
export interface Happening {
  readonly key: string;
  readonly label: string;
  readonly item: EventItem;
  /** Places among the indicator's items and the item's levels. */
  readonly at: number;
  readonly level?: number;
  /** What its amount is counted in; without one it has no amount. */
  readonly unit?: string;
  readonly isNegative: boolean;
}

const kept = new WeakMap<Indicator, readonly Happening[]>();

/** Everything that can happen under an indicator, in the order of its file. */
export function happeningsOf(indicator: Indicator | undefined): readonly Happening[] {
  if (indicator === undefined) return [];
  const known = kept.get(indicator);
  if (known !== undefined) return known;
  const made = itemsOf(indicator).flatMap((item, at): Happening[] => {
    const unit = unitOf(item);
    const own = { item, at, ...unit === undefined ? {} : { unit } };
    if (item.levels === undefined) return [{ ...own, key: item.key, label: item.label, isNegative: itemPoints(item).some(points => points < 0) }];
    return item.levels.map((level, n) => ({ ...own, key: `${item.key}.${level.key}`, label: `${item.label}（${level.label}）`, level: n, isNegative: level.points < 0 }));
  });
  kept.set(indicator, made);
  return made;
}

/** Whether putting it right changes what it takes. */
export const mattersCured = ({ cured, untilCured, factors }: EventItem): boolean => cured !== undefined || untilCured === true || factors?.some(factor => factor.by === 'yearsSinceCured') === true;

function unitOf(item: EventItem): string | undefined {
  const factor = item.factors?.find(each => each.by === 'amount');
  return item.each?.unit ?? item.ladder?.unit ?? item.tiers?.unit ?? (factor?.by === 'amount' ? factor.unit : undefined);
}
