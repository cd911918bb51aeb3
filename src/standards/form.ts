import { form } from '../kit/form.ts';
import { choice, day, money, text, wholeNumber } from '../kit/fields.ts';
import type { Day } from '../kit/time.ts';
import type { Place } from '../places/place.ts';

/** Counties as options; with one there is nothing to choose, and pages hide the field. */
const countyField = (counties: readonly Place[]) => choice('县区', counties.map(county => ({ key: String(county.no), label: county.name })), { select: true });

export const importForm = (counties: readonly Place[]) => form({ county: countyField(counties), preset: text('现成的标准', { optional: true }) });

export const adoptForm = (counties: readonly Place[], today: Day) => form({
  county: countyField(counties),
  day: day('从哪天起用', { hint: `今天是 ${today}` }),
  filing_no: text('备案文号', { hint: '县里发文或者备案的编号' }),
  note: text('会议纪要', { optional: true, most: 200, hint: '哪次会议通过的，纪要的编号' }),
  simulation: text('依据的模拟', { optional: true, most: 64, hint: '模拟页面上的那串字，记进会议纪要，整段抄来' }),
  basis: text('书面依据', { optional: true, lines: true, hint: '标准里有一般不该采集的内容时才要填' }),
});

export const retireForm = (counties: readonly Place[]) => form({
  county: countyField(counties),
  day: day('从哪天起停用'),
  note: text('为什么停用', { most: 200 }),
});

export const baseForm = (counties: readonly Place[], year: number) => form({
  county: countyField(counties),
  year: wholeNumber('年度', { least: 2000, most: year + 1 }),
  name: text('名称', { most: 40, hint: '例如：农村居民人均可支配收入' }),
  value: money('数值', { mostYuan: 100_000_000 }),
  unit: text('单位', { most: 10, hint: '例如：元' }),
});
