import { choice, text } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import type { Topic } from '../observations/topics.ts';

export const statementForm = (topics: readonly Topic[]) => form({
  id: text('这条说明', { most: 36, pattern: /^[0-9a-f-]{36}$/, say: '这一页放得太久了，请刷新再填。' }),
  about: choice('说的是哪一项', topics, { select: true }),
  words: text('本人怎么说', { most: limits.textCharacters, lines: true, hint: '照本人的话写，不写别人家的事。这段话跟着这一项，凡是看得到这一项的人都看得到' }),
});
