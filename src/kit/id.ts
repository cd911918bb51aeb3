import { fillRandom } from './random.ts';

/** Time-ordered public id (UUID version 7 layout, RFC 9562 §5.7), 36 characters; minted by the server or by a tablet. */
export function newId(nowMs: number = Date.now(), random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = fillRandom): string {
  const bytes = random(new Uint8Array(16));
  let ms = nowMs;
  for (let at = 5; at >= 0; at--) { bytes[at] = ms % 256; ms = Math.floor(ms / 256); }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const part = (from: number, until: number): string => { let text = ''; for (let at = from; at < until; at++) text += hex[bytes[at] ?? 0] ?? ''; return text; };
  return `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}-${part(8, 10)}-${part(10, 16)}`;
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const isId = (text: string): boolean => shape.test(text);
