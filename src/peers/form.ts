import { choice, day, wholeNumber } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import type { Day } from '../kit/time.ts';

export const conveneForm = ({ today, least, most }: { readonly today: Day; readonly least: number; readonly most: number }) => form({
  count: wholeNumber('几个人评', { least, most, unit: '人', hint: least === most ? '' : `这个组有 ${most} 位评议员；少于 ${most} 位的，由系统抽签` }),
  until: day('哪天前收齐', { from: today }),
});

export const paperForm = (people: readonly { readonly key: string; readonly label: string }[]) => form({ officer: choice('哪一位用纸评', people, { select: true }) });
