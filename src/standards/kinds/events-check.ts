import type { Cursor } from '../cursor.ts';
import { isRecord } from '../cursor.ts';
import { powers } from '../standard.ts';
import { eventFactors, itemCaps } from './event-item.ts';
import { checkFactorBands, checkFactorTable, checkTimes } from './factor.ts';
import type { Around } from './kind.ts';
import { checkTiers } from './tiers.ts';

export function checkEvents(rule: Cursor, around: Around): void {
  rule.record(['kind', 'start', 'floor', 'cap', 'pick', 'items'], ['groups', 'local']);
  const [start, floor, cap] = [rule.get('start').points(), rule.get('floor').points(), rule.get('cap').points()];
  if (start !== undefined && floor !== undefined && cap !== undefined && !(floor <= start && start <= cap)) rule.get('start').fault('起始分不在保底和封顶之间', '让 floor ≤ start ≤ cap');
  const pick = rule.get('pick').oneOf(['all', 'best', 'heaviest']);
  const groups = checkGroups(rule.get('groups'));
  const longest = longestCaps(rule.get('groups').value);
  if (groups.length > 0 && pick !== 'all') rule.get('groups').fault('只算一件的时候不用分组', '改成 pick: all，或者删去 groups');
  const local = rule.get('local');
  if (!local.isAbsent && local.record(['rewards', 'deductions', 'largest'], ['withApproval']) !== undefined) {
    for (const key of ['rewards', 'deductions']) local.get(key).number({ least: 0, most: 100 });
    const largest = local.get('largest').number({ least: 0, most: 10_000, places: 2 });
    const approved = local.get('withApproval').number({ least: 0, most: 10_000, places: 2 });
    if (largest !== undefined && approved !== undefined && approved <= largest) local.get('withApproval').fault('镇里同意才能定的，不比村里自己能定的大', `要大于 ${largest}，或者删去这一行`);
  }
  const seen = new Set<string>();
  for (const item of rule.get('items').list(local.isAbsent ? 1 : 0)) checkItem(item, around, seen, groups, longest);
}

function checkGroups(groups: Cursor): readonly string[] {
  return groups.list(1).flatMap(group => {
    const isTogether = isRecord(group.value) && group.value['pick'] === 'together';
    group.record(isTogether ? ['key', 'pick', 'per', 'cap'] : ['key', 'pick', 'per']);
    group.get('pick').oneOf(['best', 'heaviest', 'together']);
    group.get('per').oneOf(isTogether ? together : ['day', ...together]);
    if (isTogether) group.get('cap').number({ least: 0, most: 10_000, places: 2 });
    const key = group.get('key').key();
    return key === undefined ? [] : [key];
  });
}

const together = ['month', 'quarter', 'year', 'all'] as const;
const longer: readonly (typeof itemCaps)[number][] = ['perMonth', 'perQuarter', 'perYear', 'atAll'];

/** Caps that an item may not have in a group capped together, by the group: those of longer periods, which leave no sum by the group's. */
export function longestCaps(groups: unknown): ReadonlyMap<string, readonly (typeof itemCaps)[number][]> {
  return new Map((Array.isArray(groups) ? groups : []).flatMap(group => isRecord(group) && group['pick'] === 'together'
    ? [[String(group['key']), longer.slice(together.findIndex(per => per === group['per']) + 1)] as const] : []));
}

/** One item; a village's own are checked by the same rules. */
export function checkItem(item: Cursor, around: Around, seen: Set<string>, groups: readonly string[], tooLong: ReturnType<typeof longestCaps>): void {
  item.record(['key', 'label', 'points', 'lifeMonths'],
    ['levels', 'each', 'ladder', 'tiers', 'times', 'factors', 'repeats', 'namedOnly', 'cured', 'group', 'window', 'untilCured', 'legalBasis', 'withinPower', 'proof', ...itemCaps]);
  const key = item.get('key').key();
  if (key !== undefined && seen.has(key)) item.get('key').fault(`“${key}”写了两次`, '每个事项的 key 不能相同');
  if (key !== undefined) seen.add(key);
  item.get('label').text(60);
  item.get('proof').text();
  item.get('withinPower').oneOf(Object.keys(powers));
  const points = item.get('points').points();
  item.get('lifeMonths').months();
  for (const cap of itemCaps) item.get(cap).number({ least: 0, most: 10_000, places: 2 });
  const ways = [checkLevels(item.get('levels')), checkLadder(item.get('ladder')), checkEach(item.get('each')), checkRanges(item.get('tiers'))].filter(Boolean).length;
  if (ways > 1) item.fault('按级别（levels）、每多少（each）、阶梯（ladder）、分段累计（tiers）不能一起用', '留下其中一个');
  checkTogether(item);
  checkMultipliers(item, around);
  checkLife(item);
  if (!item.get('group').isAbsent) {
    const group = item.get('group').text();
    if (group !== undefined && !groups.includes(group)) item.get('group').unknown('分组', group, groups, `在 groups 里写好它：${groups.join('、')}`);
    for (const cap of tooLong.get(group ?? '') ?? []) if (!item.get(cap).isAbsent) item.get(cap).fault('合起来封顶的时间比这个短，两个不能一起用', '删去这一行，或者让这一组按更长的时间合起来封顶');
  }
  if (!item.get('legalBasis').isAbsent) item.get('legalBasis').citing(around.legalBases, '依据');
  const hasOwn = ['levels', 'ladder', 'tiers'].some(way => !item.get(way).isAbsent);
  if (points === 0 && !hasOwn && item.get('cured').isAbsent && !around.isCounted(around.indicator['key'], key)) item.get('points').fault('0 分的事项不起作用', '写上加减的分，或者让一项推算（derive）来数它，或者删去');
}

function checkLevels(levels: Cursor): boolean {
  if (levels.isAbsent) return false;
  const seen = new Set<string>();
  for (const level of levels.list(1)) {
    level.record(['key', 'label', 'points']);
    const key = level.get('key').key();
    if (key !== undefined && seen.has(key)) level.get('key').fault(`“${key}”写了两次`, '每个级别的 key 不能相同');
    if (key !== undefined) seen.add(key);
    level.get('label').text(40);
    level.get('points').points();
  }
  return true;
}

function checkEach(each: Cursor): boolean {
  if (each.isAbsent || each.record(['amount', 'unit', 'sum']) === undefined) return !each.isAbsent;
  each.get('amount').number({ least: 0.01, most: 1e7, places: 2 });
  each.get('unit').text(10);
  each.get('sum').flag();
  return true;
}

function checkLadder(ladder: Cursor): boolean {
  if (ladder.isAbsent || ladder.record(['unit', 'rungs']) === undefined) return !ladder.isAbsent;
  ladder.get('unit').text(10);
  for (const rung of ladder.get('rungs').list(1)) {
    rung.record(['atLeast', 'points']);
    rung.get('atLeast').number({ least: 0, most: 1e7, places: 2 });
    rung.get('points').points();
  }
  return true;
}

function checkRanges(tiers: Cursor): boolean {
  if (tiers.isAbsent || tiers.record(['unit', 'ranges']) === undefined) return !tiers.isAbsent;
  tiers.get('unit').text(10);
  checkTiers(tiers.get('ranges'), 2);
  return true;
}

/** What is counted in sum has no single events to cap, multiply or replace. */
function checkTogether(item: Cursor): void {
  const isSum = !item.get('ladder').isAbsent || !item.get('tiers').isAbsent || item.get('each').get('sum').value === true;
  if (!isSum) return;
  for (const key of [...itemCaps.slice(0, 4), 'times', 'factors', 'repeats', 'cured', 'group']) {
    if (!item.get(key).isAbsent) item.get(key).fault('累计的事项没有单独的一次，不能用这个', '封顶用 atAll，别的删去');
  }
}

function checkMultipliers(item: Cursor, around: Around): void {
  const times = item.get('times');
  if (!times.isAbsent && times.record(['indicator', 'missing']) !== undefined) {
    const key = times.get('indicator').text();
    if (key !== undefined && around.typeOf(key) !== 'whole') times.get('indicator').fault(`“${key}”不是整数指标`, '写一个整数指标的 key，如家里几口人');
    times.get('missing').number({ least: 0, most: 1_000 });
  }
  for (const each of item.get('repeats').list(1)) each.number({ least: 0, most: 100 });
  for (const factor of item.get('factors').list(1)) checkFactor(factor, item);
  item.get('namedOnly').flag();
  item.get('cured').points();
}

function checkFactor(factor: Cursor, item: Cursor): void {
  const by = factor.get('by').oneOf(eventFactors);
  if (by === undefined) { factor.record(['by']); return; }
  if (by === 'level') {
    factor.record(['by', 'levels']);
    const levels = item.get('levels').value;
    const keys = Array.isArray(levels) ? levels.filter(isRecord).map(level => String(level['key'])) : [];
    if (keys.length === 0) factor.get('by').fault('这个事项没有级别', '写上 levels，或者换一张表');
    else checkFactorTable(factor.get('levels'), keys);
    return;
  }
  factor.record(['by', 'bands', ...by === 'amount' ? ['unit'] : by === 'yearsSinceCured' ? ['open'] : []]);
  factor.get('unit').text(10);
  checkTimes(factor.get('open'));
  checkFactorBands(factor.get('bands'), { scale: by === 'amount' ? 100 : 1, least: 0 });
}

function checkLife(item: Cursor): void {
  const window = item.get('window').oneOf(['year', 'round']);
  if (item.get('untilCured').flag() === true && window === undefined) item.get('untilCured').fault('没有写只算哪一段，也就没有超出那一段的', '写上 window: year 或 window: round，或者删去这一行');
}
