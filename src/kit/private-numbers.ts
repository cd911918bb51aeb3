/** Kinds of number that no paper may carry in free text. */
export type PrivateNumber = 'id' | 'phone';

const idNumber = /(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[ -]?[\dXx](?![\dXx])|(?<!\d)\d{15}(?!\d)/;
const mobile = /(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/;

/** The first private number that a text holds, however it is written. An office's own telephone, with its area code, is none. */
export function privateNumberIn(text: string): PrivateNumber | undefined {
  const plain = text.normalize('NFKC');
  return idNumber.test(plain) ? 'id' : mobile.test(plain) ? 'phone' : undefined;
}
