import { choice, day, text, type Option } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import { isHeardFirst, outcomeWords, outcomes, type Outcome } from './award.ts';

export const checkForm = (rounds: readonly Option[]) => form({
  of: choice('哪一批的证书', rounds, { select: rounds.length > 4 }),
  until: day('哪天以前办完'),
  valid_until: day('保持的，有效到哪天', { hint: '证书编号不变，有效期延到这一天。' }),
});

/** What takes something from somebody says why, in words that go into the letter. */
export const proposeForm = (outcome: Outcome) => form({
  seen: choice('意见', outcomes.map(key => ({ key, label: outcomeWords[key] }))),
  words: isHeardFirst(outcome) ? text('写给本人的说明', { most: limits.textCharacters, lines: true, hint: '哪件事、照标准哪一条；这段话照原样印在通知上' }) : text('说明', { most: limits.textCharacters, lines: true, optional: true }),
});

export const inviteForm = form({ on: day('哪天送到的'), words: text('交给了谁', { most: 100, hint: '本人、同住的家人；不肯收的，写明谁在场看见' }) });
export const hearForm = form({ words: text('本人怎么说', { most: limits.textCharacters, lines: true, hint: '照本人的话写；说没有意见的，也写下来' }) });
export const decideForm = form({
  agreed: choice('定不定', [{ key: 'yes', label: '同意' }, { key: 'no', label: '不同意，保持原样' }]),
  words: text('理由', { most: limits.textCharacters, lines: true, optional: true, hint: '不同意的要写' }),
});
export const dropForm = form({ words: text('为什么撤下', { most: 100 }) });
