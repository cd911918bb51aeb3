import { choice, text } from '../kit/fields.ts';
import { form, type Fault } from '../kit/form.ts';
import { limits } from '../kit/limits.ts';
import type { Choice } from '../people/form.ts';
import { grounds, type Ground } from './recusal.ts';

const ground = choice<Ground>('什么关系', (Object.entries(grounds) as [Ground, string][]).map(([key, label]) => ({ key, label })));
const words = text('要说明的', { most: limits.textCharacters, optional: true, hint: '可以不写。不写家里的私事' });

export const declareForm = form({ ground, words });
/** For whoever decides on others: who is to stand aside, and who asked for it. */
export const orderForm = (others: readonly Choice[]) => form({
  officer: choice('谁回避', others, { select: true }), ground, words: text('谁提出的，为什么', { most: limits.textCharacters, hint: '例如：本户提出，评议组成员是他舅舅' }),
}, (): Fault[] => []);
export const endForm = form({ words: text('为什么解除', { most: limits.textCharacters, hint: '例如：登记错了户' }) });
