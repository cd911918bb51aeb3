import { amongs, levels } from '../aggregate.ts';
import { eventCount } from './rules.ts';
import { bounds, either, flag, key, list, oneOf, record, ref, text, told, type Schema } from './shapes.ts';

/** A claim about one member of the level below. */
export const memberCondition: Schema = either(
  record({ grade: text(20) }),
  record({ credit: flag }),
  record({ total: record({}, bounds) }),
  record({ indicator: key, is: either({ type: 'boolean' }, key, list(key, 1)) }),
  record({ indicator: key }, bounds),
  record({ all: list(ref('memberCondition'), 1) }),
  record({ any: list(ref('memberCondition'), 1) }),
  record({ not: ref('memberCondition') }),
);

const level = oneOf(...Object.keys(levels));
const among = oneOf(...Object.keys(amongs));

/** A figure counted from the level below. */
export const aggregate: Schema = told('counted from the level below', either(
  record({ count: level }, { among, where: ref('memberCondition') }),
  record({ sum: level, value: either(oneOf('total', 'openObjections'), record({ indicator: key }), eventCount) }, { times: key, among, where: ref('memberCondition'), unknown: oneOf('leaveOut', 'ask') }),
  record({ former: key }),
));
