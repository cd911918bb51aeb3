const pool = new Uint8Array(4_096);
let used = pool.length;

/** Fills with unpredictable bytes. They are fetched four thousand at a time, for imports need them by the million; no byte is given out twice. */
export function fillRandom<Bytes extends Uint8Array>(bytes: Bytes): Bytes {
  if (used + bytes.length > pool.length) { crypto.getRandomValues(pool); used = 0; }
  for (let at = 0; at < bytes.length; at++) { bytes[at] = pool[used] ?? 0; pool[used++] = 0; }
  return bytes;
}
