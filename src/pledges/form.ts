import { checks, choice, day, text } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import type { Day } from '../kit/time.ts';
import { offered, openWords, purposes, type Purpose } from './texts.ts';
import { outcomes, pledgeWays, type Outcome, type PledgeWay } from './pledge.ts';

const options = <K extends string>(words: Readonly<Record<K, string>>, keys: readonly K[] = Object.keys(words) as K[]) => keys.map(key => ({ key, label: words[key] }));

export const signForm = (people: readonly { readonly key: string; readonly label: string }[], today: Day) => form({
  member: choice('谁的承诺', people),
  purpose: choice<Purpose>('哪一种承诺', options(purposes, offered)),
  signed_on: day('签字的日期', { to: today }),
  open: checks('公开不公开', [{ key: 'yes', label: '本人同意公开' }], { optional: true, hint: openWords }),
  how: choice('怎么签的', options<PledgeWay>(pledgeWays)),
});

export const reportForm = form({
  outcome: choice('做到没有', options<Outcome>(outcomes)),
  words: text('怎么看出来的', { most: limits.textCharacters, lines: true, hint: '什么时候、看到什么；要有照片或材料' }),
});

export const settleForm = form({
  agrees: choice('核定', [{ key: 'yes', label: '同意报的情况' }, { key: 'no', label: '不同意，承诺接着履行' }]),
  words: text('为什么', { most: limits.textCharacters, lines: true }),
});
