import { conditionKeys, type Condition } from '../../standards/conditions.ts';
import { deriveParts } from '../../standards/derive.ts';
import { partsOf } from '../../standards/kinds.ts';
import type { Standard } from '../../standards/standard.ts';

const kept = new WeakMap<Standard, ReadonlySet<string>>();

/** Indicators that something else looks at: a condition, a derived number, a multiplier. Changing one may help without points of its own, or harm elsewhere. */
export function watchedIn(standard: Standard): ReadonlySet<string> {
  const known = kept.get(standard);
  if (known !== undefined) return known;
  const keys = new Set<string>();
  const add = (list: readonly string[]): void => { for (const key of list) keys.add(key); };
  for (const { scoring, derive } of standard.indicators) {
    if (scoring !== undefined) add(partsOf(scoring));
    if (scoring?.kind === 'product') add(scoring.factors.map(factor => factor.by));
    if (scoring?.kind === 'events') add(scoring.items.flatMap(item => item.times === undefined ? [] : [item.times.indicator]));
    if (derive !== undefined) add('events' in derive ? [derive.events] : deriveParts(derive));
  }
  for (const veto of standard.vetoes) add([...conditionKeys(veto.when), ...veto.repair === undefined ? [] : conditionKeys(veto.repair.when)]);
  for (const type of standard.types ?? []) add(conditionKeys(type.when));
  for (const each of standard.preconditions) add(conditionKeys(each.holds));
  for (const grade of standard.grades) for (const each of grade.requires ?? []) add(conditionKeys(each.holds));
  kept.set(standard, keys);
  return keys;
}

/** Every condition of a standard, wherever it stands. */
export function conditionsIn(standard: Standard): readonly Condition[] {
  return [
    ...standard.vetoes.flatMap(veto => [veto.when, ...veto.repair === undefined ? [] : [veto.repair.when]]),
    ...(standard.types ?? []).map(type => type.when), ...standard.preconditions.map(each => each.holds),
    ...standard.grades.flatMap(grade => (grade.requires ?? []).map(each => each.holds)),
  ];
}
