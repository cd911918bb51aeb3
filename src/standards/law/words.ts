import type { Day } from '../../kit/time.ts';
import { current, inForceOn, type Version } from './register.ts';

/** How a basis stands on a day, in a word and a mark. Without versions it is in no register. */
export function stateOn(versions: readonly Version[], day: Day): { readonly icon: string; readonly kind: string; readonly words: string } {
  const now = inForceOn(versions, day);
  if (now !== undefined) return now.validTo === undefined ? { icon: 'tick', kind: 'done', words: '有效' } : { icon: 'clock', kind: 'moving', words: `有效，到 ${now.validTo} 为止` };
  const last = current(versions, day);
  if (last === undefined) return { icon: 'circle', kind: '', words: '还没登记，采用时登记' };
  return last.validFrom > day ? { icon: 'clock', kind: '', words: `${last.validFrom} 起施行` } : { icon: 'box', kind: 'care', words: `${last.validTo ?? ''} 以后失效` };
}
