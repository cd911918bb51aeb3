import type { ConditionsAround } from './conditions.ts';
import type { Cursor } from './cursor.ts';
import { publicPlaces } from './standard.ts';

/** Each public place once; a roll says how long it stands, a notice stands as long as its round says. */
export function checkPublication(rules: Cursor, around: ConditionsAround): void {
  if (rules.isAbsent) return;
  for (const rule of rules.list(1)) {
    rule.record(['board', 'who', 'shown', 'legalBasis'], ['months']);
    const board = rule.get('board').oneOf(Object.keys(publicPlaces));
    for (const key of ['who', 'shown']) rule.get(key).text(60);
    rule.get('months').months();
    if (board === 'roll' && rule.get('months').isAbsent) rule.fault('光荣榜没写最多挂多久', '写上 months，最多几个月');
    if (board === 'notice' && !rule.get('months').isAbsent) rule.get('months').fault('公示按开批次时定的工作日算，不用写几个月', '删去 months');
    if (!rule.get('legalBasis').isAbsent) rule.get('legalBasis').citing(around.legalBases, '依据');
  }
}
