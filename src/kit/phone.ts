import { tidy } from './text.ts';

export type PhoneFault = 'empty' | 'characters' | 'length' | 'start';

const words: Readonly<Record<PhoneFault, string>> = {
  'empty': '请填电话；没有的可以空着。',
  'characters': '电话里只能有数字，例如 0517-88000000 或 11 位手机号。',
  'length': '电话的位数不对：手机是 11 位，座机请带区号。',
  'start': '手机号以 1 开头、第二位是 3 到 9；座机请带区号，以 0 开头。',
};

/** A mobile (11 digits) or a landline with its area code, as digits only; +86, spaces and dashes are taken off. */
export function readPhone(text: string): { readonly phone: string } | { readonly fault: PhoneFault; readonly say: string } {
  const phone = tidy(text).replace(/[ \-－—–()（）]/g, '').replace(/^(\+|00)86(?=[01])/, '');
  const fault = faultOf(phone);
  return fault === undefined ? { phone } : { fault, say: words[fault] };
}

function faultOf(phone: string): PhoneFault | undefined {
  if (phone === '') return 'empty';
  if (!/^\d+$/.test(phone)) return 'characters';
  if (/^1[3-9]\d{9}$/.test(phone) || /^0\d{9,11}$/.test(phone)) return undefined;
  if (phone.startsWith('0')) return 'length';
  if (!/^1[3-9]/.test(phone)) return 'start';
  return 'length';
}

/** A number for invented people, 160 + eight digits: a block that no Chinese operator has been given. */
export const syntheticPhone = (sequence: number): string => `160${String(sequence % 100_000_000).padStart(8, '0')}`;
