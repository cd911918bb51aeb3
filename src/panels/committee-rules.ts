import type { Knex } from 'knex';
import { panels } from './refusals.ts';

/** What a committee decides; each has its own rules for sitting. */
export const decided = { village: '村初评', township: '镇审核', approval: '镇批准', titles: '信用村、信用乡镇的审核和命名' } as const;
export type Decided = keyof typeof decided;
export const decidedNames = Object.keys(decided) as readonly Decided[];

/** Of the members who must have come. More than half is what 村民委员会组织法 asks of those who decide together. */
export const shares = { half: '过半数', 'two-thirds': '三分之二以上' } as const;
export type Share = keyof typeof shares;

export interface CommitteeRule {
  /** Nothing is decided without a sitting whose minutes were confirmed. */
  readonly required: boolean;
  readonly share: Share;
  /** How many members confirm the minutes with their PIN, the chair among them; never more than came. */
  readonly confirms: number;
}

/** A village of three officers may go without; whoever sits must be more than half. */
export const unlessSet: CommitteeRule = { required: false, share: 'half', confirms: 2 };
export const ruleSetting = (what: Decided): string => `committee.${what}`;

export async function committeeRules(read: Knex): Promise<Readonly<Record<Decided, CommitteeRule>>> {
  const rows: { name: string; value: string }[] = await read('settings').whereIn('name', decidedNames.map(ruleSetting)).select('name', 'value');
  const of = (what: Decided): CommitteeRule => { const row = rows.find(one => one.name === ruleSetting(what)); return row === undefined ? unlessSet : JSON.parse(row.value) as CommitteeRule; };
  return { village: of('village'), township: of('township'), approval: of('approval'), titles: of('titles') };
}

/** Whoever decides alone is told that this office decides in a sitting. */
export async function mustNotNeedSitting(read: Knex, what: Decided, href: string): Promise<void> {
  if ((await committeeRules(read))[what].required) panels.refuse('sitting-needed', { what: decided[what], href });
}
