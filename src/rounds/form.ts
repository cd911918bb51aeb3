import { form } from '../kit/form.ts';
import { choice, day, text, wholeNumber } from '../kit/fields.ts';
import { excuseOptions } from '../households/excuse.ts';
import type { Day } from '../kit/time.ts';
import type { StandardRow } from '../standards/queries.ts';

export interface Choices {
  readonly places: readonly { readonly key: string; readonly label: string }[];
  readonly household: readonly StandardRow[];
  readonly village: readonly StandardRow[];
  readonly township: readonly StandardRow[];
}

const standardField = (label: string, rows: readonly StandardRow[]) => choice(label, rows.map(row => ({ key: row.hash, label: `${row.title}，${row.year} 年 ${row.version} 版` })), { select: true });

export const openForm = (choices: Choices, today: Day) => form({
  place: choice('在哪里开', choices.places, { select: true }),
  year: wholeNumber('年度', { least: 2000, most: Number(today.slice(0, 4)) + 1 }),
  name: text('名称', { most: 40 }),
  household_standard: standardField('农户用哪份标准', choices.household),
  village_standard: standardField('村用哪份标准', choices.village),
  township_standard: standardField('乡镇用哪份标准', choices.township),
  collect_until: day('采集到哪天', { from: today }),
  village_days: wholeNumber('村公示几个工作日', { least: 1, most: 60, unit: '个工作日', hint: '贴出的那天不算' }),
  township_days: wholeNumber('镇公示几个工作日', { least: 1, most: 60, unit: '个工作日', hint: '贴出的那天不算' }),
  valid_until: day('评出的等级有效到哪天', { from: today }),
});

export const excuseForm = form({
  reason: choice('为什么不评', excuseOptions),
  words: text('说明', { optional: true, lines: true, most: 200, hint: '写事实：哪天、谁说的、有什么材料' }),
});
