/** A repeatable source of chance: the same seed gives the same township on every machine. */
export interface Random {
  /** At least 0, below 1. */
  readonly next: () => number;
  /** A whole number from `least` to `most`, both included. */
  readonly whole: (least: number, most: number) => number;
  readonly chance: (share: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  /** Picks by weight; weights need not add up to anything. */
  readonly weighted: <T>(list: readonly (readonly [T, number])[]) => T;
  /** Roughly normal: mean 0, deviation 1, never beyond 3. */
  readonly normal: () => number;
  /** A source of its own, so that a change in one part leaves the others as they were. */
  readonly fork: (label: string) => Random;
}

export function randomOf(seed: string): Random {
  const next = sfc32(seed);
  const random: Random = {
    next,
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: share => next() < share,
    pick(list) {
      const picked = list[Math.floor(next() * list.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    weighted(list) {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of list) { left -= weight; if (left < 0) return value; }
      const last = list.at(-1);
      if (last === undefined) throw new Error('nothing to pick from');
      return last[0];
    },
    normal: () => (next() + next() + next()) * 2 - 3,
    fork: label => randomOf(`${seed}/${label}`),
  };
  return random;
}

/** Small fast counter generator (PractRand's sfc32), fed from an FNV-1a hash of the seed text. */
function sfc32(seed: string): () => number {
  let hash = 0x811c9dc5;
  const word = (salt: number): number => {
    for (const character of `${salt}${seed}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    return hash | 0;
  };
  let a = word(1);
  let b = word(2);
  let c = word(3);
  let d = 1;
  const step = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum | 0;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 15; warm++) step();
  return () => step() / 4_294_967_296;
}
