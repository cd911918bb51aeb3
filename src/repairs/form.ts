import { choice, day, text } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import type { Day } from '../kit/time.ts';
import { pledgeWays, type PledgeWay } from '../pledges/pledge.ts';
import { platforms, stateStandings, type Platform, type StateStanding } from './repair.ts';

const options = <K extends string>(words: Readonly<Record<K, string>>) => (Object.entries(words) as [K, string][]).map(([key, label]) => ({ key, label }));
type People = readonly { readonly key: string; readonly label: string }[];

export const applyForm = (people: People) => form({
  member: choice('谁申请', people),
  words: text('申请的话', { most: limits.textCharacters, lines: true, hint: '照本人的话写：怎么改正的，为什么申请修复' }),
  how: choice('申请和承诺怎么签的', options<PledgeWay>(pledgeWays)),
});

export const acceptForm = form({
  whole: choice('材料', [{ key: 'yes', label: '齐了，受理' }, { key: 'no', label: '不齐，退回补' }]),
  words: text('说明', { most: limits.textCharacters, optional: true, hint: '退回的，写清缺什么' }),
}, ({ whole, words }) => whole === 'no' && words === undefined ? [{ field: 'words', code: 'missing', say: '退回的，要写清缺什么。' }] : []);

export const decideForm = form({
  grants: choice('决定', [{ key: 'yes', label: '同意修复' }, { key: 'no', label: '不同意' }]),
  words: text('理由', { most: limits.textCharacters, lines: true, hint: '看了什么、为什么；这段话印在决定书上' }),
});

export const handForm = form({ words: text('交给了谁', { most: 100 }) });
export const recallForm = form({ words: text('为什么撤回', { most: limits.textCharacters, lines: true, hint: '承诺的哪一句不真、凭什么这样看' }) });
export const lookBackForm = form({ reason: text('为什么要看', { most: limits.textCharacters, hint: '例如：本人提异议，核对原来的经过' }) });

export const stateForm = (people: People, today: Day) => form({
  member: choice('谁的', people),
  platform: choice('在哪里公示的', options<Platform>(platforms)),
  standing: choice('现在怎样', options<StateStanding>(stateStandings)),
  seen_on: day('哪一天看的', { to: today }),
});
