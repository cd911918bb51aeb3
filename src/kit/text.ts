const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\u{e0000}-\u{e01ef}]/gu;
const anySpace = /[\s\u00a0\u3000]+/gu;
const wideAlphanumeric = /[０-９Ａ-Ｚａ-ｚ]/gu;
const ordinary = /^[!-~\u4e00-\u9fff]*$/;

/** Only characters that nothing is ever mended in, and no blanks: so are nearly all cells of a file, and they need no second look. */
export const isOrdinary = (text: string): boolean => ordinary.test(text);

/** One line of typed or imported text: NFC, full-width digits and letters made plain, invisible characters gone, spaces single. */
export function tidy(text: string): string {
  return isOrdinary(text) ? text : plain(text).replace(anySpace, ' ').trim();
}

/** Like `tidy`, for text of several lines: line ends become `\n`, other spaces single. */
export function tidyLines(text: string): string {
  return plain(text.replace(/\r\n?/g, '\n')).split('\n').map(line => line.replace(anySpace, ' ').trim()).join('\n').trim();
}

/** A person's or place's name: as `tidy`, without the spaces that lists put between Chinese characters (张　三), and with one kind of middle dot. */
export function tidyName(text: string): string {
  return isOrdinary(text) ? text : tidy(text).replace(/[•‧∙⋅・･]/gu, '·').replace(/(?<=\p{Script=Han}|·) (?=\p{Script=Han}|·)/gu, '');
}

/** How many characters a person counts, rare ones beyond U+FFFF as one each. */
export const characterCount = (text: string): number => Array.from(text).length;

function plain(text: string): string {
  return text.normalize('NFC').replace(invisible, '').replace(wideAlphanumeric, wide => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

export type Encoding = 'utf-8' | 'utf-16le' | 'gb18030';

/** Bytes that no encoding we accept explains. */
export class UnreadableText extends Error {
  readonly encoding: Encoding;
  constructor(encoding: Encoding) {
    super(`not valid ${encoding}`);
    this.name = 'UnreadableText';
    this.encoding = encoding;
  }
}

/** The text of a whole small file, and how it was written. Throws `UnreadableText`. */
export function decode(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  const encoding = sniff(bytes, true) ?? 'utf-8';
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch { throw new UnreadableText(encoding); }
}

/**
 * The text of a long file, piece by piece. The encoding is settled by a byte-order mark or by the first piece that holds anything
 * beyond ASCII; from then on a byte that does not fit throws `UnreadableText`, never a silent replacement character in a name.
 */
export async function* decodeStream(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let held: Uint8Array = new Uint8Array(0);
  let decoder: TextDecoder | undefined;
  let encoding: Encoding = 'utf-8';
  const turn = (bytes: Uint8Array, stream: boolean): string => {
    try { return decoder?.decode(bytes, { stream }) ?? ''; } catch { throw new UnreadableText(encoding); }
  };
  for await (const piece of pieces) {
    if (decoder === undefined) {
      held = held.length === 0 ? piece : join(held, piece);
      const found = sniff(held, false);
      if (found === undefined) {
        if (held.length < 4 || !isAscii(held)) continue;
        yield new TextDecoder().decode(held);
        held = new Uint8Array(0);
        continue;
      }
      encoding = found;
      decoder = new TextDecoder(encoding, { fatal: true });
      const first = turn(held, true);
      held = new Uint8Array(0);
      if (first !== '') yield first;
    } else {
      const text = turn(piece, true);
      if (text !== '') yield text;
    }
  }
  if (decoder === undefined) {
    if (held.length > 0) yield decode(held).text;
    return;
  }
  const rest = turn(new Uint8Array(0), false);
  if (rest !== '') yield rest;
}

const sampleBytes = 65_536;

/** Undecided while there is only ASCII or too little of the rest; a whole file (`complete`) is always decided unless it is plain ASCII. */
function sniff(bytes: Uint8Array, complete: boolean): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (isAscii(bytes)) return undefined;
  const first = bytes.findIndex(byte => byte > 0x7f);
  if (!complete && bytes.length - first < sampleBytes) return undefined;
  try {
    // A cut character at the end of a sample is no fault, hence the streaming mode.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !complete });
    return 'utf-8';
  } catch { return 'gb18030'; }
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false;
  return true;
}

function join(left: Uint8Array, right: Uint8Array): Uint8Array {
  const whole = new Uint8Array(left.length + right.length);
  whole.set(left);
  whole.set(right, left.length);
  return whole;
}
