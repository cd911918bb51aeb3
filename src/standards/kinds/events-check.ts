import type { Cursor } from '../cursor.ts';
import type { Around } from './kind.ts';

const caps = ['perEvent', 'perMonth', 'perQuarter', 'perYear', 'atAll'] as const;

export function checkEvents(rule: Cursor, around: Around): void {
  rule.record(['kind', 'start', 'floor', 'cap', 'pick', 'items']);
  const [start, floor, cap] = [rule.get('start').points(), rule.get('floor').points(), rule.get('cap').points()];
  if (start !== undefined && floor !== undefined && cap !== undefined && !(floor <= start && start <= cap)) rule.get('start').fault('起始分不在保底和封顶之间', '让 floor ≤ start ≤ cap');
  rule.get('pick').oneOf(['all', 'best', 'heaviest']);
  const seen = new Set<string>();
  for (const item of rule.get('items').list(1)) checkItem(item, around, seen);
}

function checkItem(item: Cursor, around: Around, seen: Set<string>): void {
  item.record(['key', 'label', 'points', 'lifeMonths'], ['each', 'ladder', 'tiers', 'legalBasis', ...caps]);
  const key = item.get('key').key();
  if (key !== undefined && seen.has(key)) item.get('key').fault(`“${key}”写了两次`, '每个事项的 key 不能相同');
  if (key !== undefined) seen.add(key);
  item.get('label').text(60);
  const points = item.get('points').points();
  item.get('lifeMonths').months();
  for (const cap of caps) item.get(cap).number({ least: 0, most: 10_000, places: 2 });
  const each = item.get('each');
  if (!each.isAbsent && each.record(['amount', 'unit', 'sum']) !== undefined) {
    each.get('amount').number({ least: 0.01, most: 1e7, places: 2 });
    each.get('unit').text(10);
    each.get('sum').flag();
  }
  const ladder = item.get('ladder');
  if (!ladder.isAbsent && ladder.record(['unit', 'rungs']) !== undefined) {
    ladder.get('unit').text(10);
    for (const rung of ladder.get('rungs').list(1)) {
      rung.record(['atLeast', 'points']);
      rung.get('atLeast').number({ least: 0, most: 1e7, places: 2 });
      rung.get('points').points();
    }
  }
  const tiers = item.get('tiers');
  if (!tiers.isAbsent && tiers.record(['unit', 'ranges']) !== undefined) checkTiers(tiers);
  if ([ladder, each, tiers].filter(way => !way.isAbsent).length > 1) item.fault('每多少（each）、阶梯（ladder）、分段累计（tiers）不能一起用', '留下其中一个');
  const isSummed = !ladder.isAbsent || !tiers.isAbsent || each.get('sum').value === true;
  if (isSummed) for (const cap of caps.slice(0, 4)) if (!item.get(cap).isAbsent) item.get(cap).fault('累计的事项不能按次、月、季、年封顶', '改用 atAll');
  if (!item.get('legalBasis').isAbsent) item.get('legalBasis').citing(around.legalBases, '依据');
  if (points === 0 && ladder.isAbsent && tiers.isAbsent) item.get('points').fault('0 分的事项不起作用', '写上加减的分，或者删去');
}

/** Ranges follow one another; only the last may be without end. */
function checkTiers(tiers: Cursor): void {
  tiers.get('unit').text(10);
  const ranges = tiers.get('ranges').list(1);
  let before = 0;
  ranges.forEach((range, at) => {
    range.record(['every', 'points'], ['upTo']);
    range.get('every').number({ least: 0.01, most: 1e7, places: 2 });
    range.get('points').points();
    const upTo = range.get('upTo').number({ least: 0.01, most: 1e7, places: 2 });
    if (upTo === undefined && range.get('upTo').isAbsent && at < ranges.length - 1) range.fault('只有最后一段可以没有终点', '写上 upTo');
    if (upTo !== undefined && upTo <= before) range.get('upTo').fault('这一段的终点不比前一段大', `要大于 ${before}`);
    before = upTo ?? before;
  });
}
