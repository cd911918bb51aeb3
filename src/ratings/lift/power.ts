import { mattersCured } from '../../standards/happening.ts';
import { isSummed, itemPoints, type EventItem } from '../../standards/kinds/event-item.ts';
import type { Indicator, Option, Power, Source } from '../../standards/standard.ts';
import { topicsIn } from '../../standards/topics.ts';

/** Nobody is advised to risk life or body, to inform on others, or to "find" things, whatever a standard gives for it. */
const unfit = /抢险|救灾|救人|救火|灭火|扑火|防汛|抗洪|见义勇为|制止|追逃|献血|骨髓|器官|遗体|举报|检举|揭发|捡到|拾金|拾到|失物/;
const givingMoney = /捐款|捐钱|捐资|捐赠|捐助|善款|带来资金/;
const byOthers: readonly Source[] = ['bank', 'bureau', 'computed', 'reviewers'];

/**
 * What a household can do about a fact, or about one option or item of it. The standard says so; where it does not, deeds can be done at once and nothing
 * else is suggested: a steadier income or another address is no advice that anybody wants from an office. Blocked topics (the legal gate's own list) and what is
 * dangerous or shameful are never within anybody's power, whatever the standard says.
 */
export function powerOf(indicator: Indicator, part?: Option | EventItem): Power {
  if (byOthers.includes(indicator.source) || isUnfit(indicator.title) || part !== undefined && isUnfit(part.label)) return 'never';
  const said = part?.withinPower ?? indicator.withinPower;
  if (said !== undefined) return said;
  return indicator.type === 'events' && (part === undefined || !isMoney(part)) ? 'now' : 'never';
}

/** Counted in yuan, or worded as a gift of money: allowed only where the standard says so, and then last of all. */
export const isMoney = (item: Option | EventItem): boolean => givingMoney.test(item.label) || 'lifeMonths' in item && unitOf(item as EventItem)?.includes('元') === true;
/** What the amount of an item is counted in. */
export const unitOf = (item: EventItem): string | undefined => item.each?.unit ?? item.ladder?.unit ?? item.tiers?.unit;

/** Worth doing: it can only give, never take. */
export const isGood = (item: EventItem): boolean => itemPoints(item).every(points => points >= 0) && itemPoints(item).some(points => points > 0);
/** Putting it right changes what it takes. */
export const isCurable = (item: EventItem): boolean =>
  !isSummed(item) && itemPoints(item).some(points => points < 0) && mattersCured(item);

const isUnfit = (label: string): boolean => unfit.test(label) || topicsIn(label).length > 0;
