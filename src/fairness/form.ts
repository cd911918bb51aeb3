import { choice, text } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import { findings, results, type Finding, type Result } from './queries.ts';

const options = <K extends string>(words: Readonly<Record<K, string>>) => (Object.entries(words) as [K, string][]).map(([key, label]) => ({ key, label }));

export const checkForm = (able: readonly { readonly id: string; readonly name: string; readonly role: string }[]) => form({
  assigned: choice('派谁去看', able.map(one => ({ key: one.id, label: `${one.name}（${one.role}）` })), { select: true }),
});
export const answerForm = form({
  finding: choice('结论', options<Finding>(findings)),
  words: text('查了什么、怎么看', { most: limits.textCharacters, lines: true, hint: '看了哪些户、问了谁、凭什么这样定' }),
});
export const drawForm = form({
  seed: text('公开的号码', { most: 60, hint: '谁也定不了的号码，例如某一期福利彩票的开奖号，照原样写' }),
  source: text('号码从哪里来', { most: 100, hint: '哪一期、哪一天、在哪里能查到' }),
});
export const revisitForm = form({
  result: choice('看的结果', options<Result>(results)),
  words: text('看到什么', { most: limits.textCharacters, optional: true, hint: '不一样的，写清哪一项、现在是怎样' }),
}, ({ result, words }) => result === 'differs' && words === undefined ? [{ field: 'words', code: 'missing', say: '和记的不一样的，要写清哪一项。' }] : []);
