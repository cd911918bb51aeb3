import { choice, text } from '../kit/fields.ts';
import { form } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import { identities, outcomesOf, rightKinds, type Identity, type RightKind } from './right.ts';

const options = <K extends string>(words: Readonly<Record<K, string>>) => (Object.entries(words) as [K, string][]).map(([key, label]) => ({ key, label }));
type Choices = readonly { readonly key: string; readonly label: string }[];

/** One form for everything that somebody can ask for; what a kind needs is checked by the act. */
export const openForm = ({ people, rounds, consents, handlers }: { readonly people: Choices; readonly rounds: Choices; readonly consents: Choices; readonly handlers: Choices }) => form({
  member: choice('谁来了', people),
  identified: choice('怎么认的本人', options<Identity>(identities), { hint: '看过就行，不抄号码、不留复印件' }),
  mandate: text('代办的，来的是谁', { most: 100, optional: true, hint: '姓名，委托书哪天写的；本人来的不用写' }),
  kind: choice('要办什么', options<RightKind>(rightKinds)),
  round: choice('说的是哪一批结果', rounds, { optional: true, select: true, hint: '要说明、请人重新看的才选' }),
  consent: choice('撤回哪一项授权', consents, { optional: true, select: true, hint: '撤回授权的才选；不问理由，当场生效' }),
  words: text('本人的话', { most: limits.textCharacters, lines: true, optional: true, hint: '要改什么、删什么、想问什么，照本人的话写' }),
  complainedOf: choice('说的是哪位同志办的事', handlers, { optional: true, select: true, hint: '选了，就不由这位同志答复' }),
});

export const answerForm = (kind: RightKind) => form({
  outcome: choice('答复', outcomesOf(kind)),
  words: text('写给本人的话', { most: limits.textCharacters, lines: true, hint: '看了什么、怎么定的、从哪天起；这段话照原样印在答复上' }),
});

export const handForm = form({ words: text('交给了谁', { most: 100 }) });
