/** Endings that no public site has: RFC 6761, 6762, 8375, and what routers of homes and offices use. */
const endings = ['localhost', 'local', 'lan', 'home.arpa', 'internal'] as const;
/** Addresses of local networks: RFC 1918, this machine, and link-local (RFC 3927). */
const networks: readonly (readonly [address: readonly number[], bits: number])[] = [[[10, 0, 0, 0], 8], [[172, 16, 0, 0], 12], [[192, 168, 0, 0], 16], [[127, 0, 0, 0], 8], [[169, 254, 0, 0], 16]];

export const isAddress = (name: string): boolean => /^\d+(\.\d+){3}$/.test(name);

/** Whether the office's own authority may vouch for a name: an address or a name of the local network. */
export function isLocal(name: string): boolean {
  if (isAddress(name)) {
    const parts = name.split('.').map(Number);
    return parts.every(part => part <= 255) && networks.some(([address, bits]) => maskOf(bits).every((mask, at) => ((parts[at] ?? 0) & mask) === (address[at] ?? 0)));
  }
  return /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/.test(name) && endings.some(ending => name === ending || name.endsWith(`.${ending}`));
}

const maskOf = (bits: number): readonly number[] => [0, 1, 2, 3].map(at => 256 - 2 ** (8 - Math.min(8, Math.max(0, bits - at * 8))));

/** NameConstraints, permitted subtrees only, in DER: the library has no words for it. */
export function constraintBytes(): Uint8Array<ArrayBuffer> {
  const subtrees = [...endings.map(ending => der(0x82, [...new TextEncoder().encode(ending)])), ...networks.map(([address, bits]) => der(0x87, [...address, ...maskOf(bits)]))];
  return Uint8Array.from(der(0x30, der(0xa0, subtrees.flatMap(name => der(0x30, name)))));
}

function der(tag: number, content: readonly number[]): readonly number[] {
  const { length } = content;
  return [tag, ...length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255], ...content];
}
