/** Time-ordered public id (UUID version 7 layout, RFC 9562 §5.7), 36 characters; minted by the server or by a tablet. */
export function newId(nowMs: number = Date.now(), random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = fromPool): string {
  const bytes = random(new Uint8Array(16));
  let ms = nowMs;
  for (let at = 5; at >= 0; at--) { bytes[at] = ms % 256; ms = Math.floor(ms / 256); }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const isId = (text: string): boolean => shape.test(text);

const pool = new Uint8Array(4_096);
let used = pool.length;

/** Chance is fetched four thousand bytes at a time: imports mint ids by the hundred thousand. No byte is given out twice. */
function fromPool(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  if (used + bytes.length > pool.length) { crypto.getRandomValues(pool); used = 0; }
  bytes.set(pool.subarray(used, used + bytes.length));
  pool.fill(0, used, used + bytes.length);
  used += bytes.length;
  return bytes;
}
