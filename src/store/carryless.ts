const words = 4;
const bits = 128;
const reduction = 0xe1 << 24;   // x¹²⁸ = x⁷ + x² + x + 1, first bit first

/**
 * Multiplies by one element of GF(2¹²⁸) as GCM writes them (NIST SP 800-38D §6.3): four words, the first bit is that of x⁰.
 * Every product by a power of x stands ready and each is visited, wanted or not, so that time and memory tell nothing of what is multiplied.
 */
export function carrylessBy(factor: Buffer): (element: Int32Array) => void {
  const ready = new Int32Array(bits * words);
  for (let word = 0; word < words; word++) ready[word] = factor.readInt32BE(word * 4);
  for (let at = words; at < ready.length; at += words) {
    const isOdd = -((ready[at - 1] ?? 0) & 1);
    for (let word = 0; word < words; word++) ready[at + word] = (ready[at - words + word] ?? 0) >>> 1 | (word === 0 ? 0 : (ready[at - words + word - 1] ?? 0) << 31);
    ready[at] = (ready[at] ?? 0) ^ reduction & isOdd;
  }
  return element => {
    let [a, b, c, d, at] = [0, 0, 0, 0, 0];
    for (let word = 0; word < words; word++) {
      let rest = element[word] ?? 0;
      for (let bit = 0; bit < 32; bit++, rest <<= 1, at += words) {
        const wanted = rest >> 31;
        a ^= (ready[at] ?? 0) & wanted; b ^= (ready[at + 1] ?? 0) & wanted; c ^= (ready[at + 2] ?? 0) & wanted; d ^= (ready[at + 3] ?? 0) & wanted;
      }
    }
    element[0] = a; element[1] = b; element[2] = c; element[3] = d;
  };
}
