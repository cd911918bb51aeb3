import { choice, day, text } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import type { Day } from '../kit/time.ts';
import { tellingWays, type TellingWay } from './telling.ts';

export const confirmForm = form({
  holds: choice('核实下来', [{ key: 'yes', label: '属实，有凭证' }, { key: 'no', label: '不成立，撤掉' }]),
  words: text('查了什么、凭什么这样看', { most: limits.textCharacters, lines: true, hint: '看了哪里、问了谁、有什么材料。不写别人家的事' }),
});

export const recallForm = form({ words: text('为什么撤回', { most: limits.textCharacters, lines: true, hint: '例如：登记到别家去了、日子写错了、其实没有送到' }) });

export const tellForm = (from: Day, to: Day) => form({
  on: day('哪一天告知的', { from, to }),
  how: choice('怎么告知的', (Object.entries(tellingWays) as [TellingWay, string][]).map(([key, label]) => ({ key, label }))),
  words: text('交给了谁，或者谁见证', { most: 100, optional: true, hint: '本人不收的，写见证人的姓名' }),
}, ({ how, words }) => how === 'refused' && words === undefined ? [{ field: 'words', code: 'missing', say: '本人不收的，要写见证人的姓名。' }] : []);
