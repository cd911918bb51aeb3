import type { Day } from '../kit/time.ts';
import { day as dayWords } from '../web/helpers.ts';
import { isToHand, standingOf, standingWords, type Right } from './right.ts';

/** How a request stands, for lists: shape, word and colour. */
export function stateOf(right: Pick<Right, 'kind' | 'steps' | 'due_on'>, day: Day): { readonly icon: string; readonly kind: string; readonly words: string } {
  const standing = standingOf(right);
  if (standing === 'open') return right.due_on < day ? { icon: 'triangle', kind: 'care', words: `${dayWords(right.due_on)}到期，过了` } : { icon: 'clock', kind: 'moving', words: `${dayWords(right.due_on)}前答复` };
  if (standing === 'dropped') return { icon: 'undo', kind: '', words: standingWords(right) };
  return { icon: 'tick', kind: 'done', words: `${standingWords(right)}${isToHand(right) ? '，等送达' : ''}` };
}
