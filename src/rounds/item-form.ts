import { fault } from '../kit/faults.ts';
import { choice, text, wholeNumber } from '../kit/fields.ts';
import { form, type ValuesOf } from '../kit/form.ts';
import type { EventItem } from '../standards/kinds/event-item.ts';
import { openings, type LocalItems } from '../standards/local-items.ts';
import { legalLevels, type Standard } from '../standards/standard.ts';
import { sha256 } from '../store/trace.ts';

/** Told behind the name of every item that a village set, wherever it is read: on the form, the sheet, the result. */
export const ownMark = '（本村约定）';

/** What a village may add one of: an indicator the county left open, and which way it counts. */
export function waysOf(standard: Standard): readonly { readonly key: string; readonly label: string }[] {
  const open = openings(standard);
  return [
    ...open.filter(({ limits }) => limits.rewards > 0).map(({ indicator }) => ({ key: `${indicator.key}+`, label: `加分，算在“${indicator.title}”里` })),
    ...open.filter(({ limits }) => limits.deductions > 0).map(({ indicator }) => ({ key: `${indicator.key}-`, label: `减分，算在“${indicator.title}”里` })),
  ];
}

/** Bases that a deduction may rest on: a policy alone is none (国办发〔2020〕49 号). */
const basesFor = (standard: Standard): readonly { readonly key: string; readonly label: string }[] =>
  standard.legalBases.filter(basis => basis.level !== 'policy').map(basis => ({ key: basis.id, label: `《${basis.law}》${basis.article}（${legalLevels[basis.level]}）` }));

export const itemForm = (standard: Standard) => form({
  way: choice('加分还是减分', waysOf(standard)),
  label: text('什么事', { most: 40, hint: '一件看得见、说得清的事，如“参加村里清沟”。' }),
  points: text('一次几分', { most: 6, pattern: /^\d{1,3}(\.\d{1,2})?$/, say: '请填数字，最多两位小数。' }),
  perYear: text('一年最多几分', { optional: true, most: 6, pattern: /^\d{1,3}(\.\d{1,2})?$/, say: '请填数字，最多两位小数。' }),
  lifeMonths: wholeNumber('算多久', { least: 1, most: 60, unit: '个月' }),
  proof: text('凭什么算', { most: 120, lines: true, hint: '什么样的凭据才算；减分的写村规民约第几条。' }),
  legalBasis: choice('减分的依据', basesFor(standard), { optional: true, select: true, hint: '加分的不用选。' }),
});
export type ItemValues = ValuesOf<ReturnType<typeof itemForm>['fields']>;

/** The item that a filled form describes. The same words are the same thing in every village and year, so its key is made of them. */
export function itemOf(values: ItemValues): { readonly indicator: string; readonly item: EventItem } {
  const isLess = values.way.endsWith('-');
  const size = Number(values.points);
  if (size === 0) fault('points', 'value', '要写大于 0 的分。');
  return {
    indicator: values.way.slice(0, -1),
    item: {
      key: `own-${sha256(`${values.label}${isLess ? '-' : '+'}`).slice(0, 12)}`, label: `${values.label}${ownMark}`, points: isLess ? -size : size, lifeMonths: values.lifeMonths, proof: values.proof,
      ...values.perYear === undefined ? {} : { perYear: Number(values.perYear) }, ...values.legalBasis === undefined || !isLess ? {} : { legalBasis: [values.legalBasis] },
    },
  };
}

/** The list with one more item; an item of the same words stands in the place of the old one. */
export function withItem(list: readonly LocalItems[], { indicator, item }: { readonly indicator: string; readonly item: EventItem }): readonly LocalItems[] {
  const rest = withoutItem(list, item.key);
  return rest.some(each => each.indicator === indicator) ? rest.map(each => each.indicator === indicator ? { ...each, items: [...each.items, item] } : each) : [...rest, { indicator, items: [item] }];
}

export const withoutItem = (list: readonly LocalItems[], key: string): readonly LocalItems[] =>
  list.map(each => ({ ...each, items: each.items.filter(item => item.key !== key) })).filter(each => each.items.length > 0);
