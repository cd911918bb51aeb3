const perBlock = 1_024;

/**
 * What a file has said so far of each household and item: in which row, and a mark of the value. A file may come back to a
 * household after a million lines, when its values are written long since: eight bytes a value are what it takes to notice.
 */
export class RowsSeen {
  readonly #items: number;
  readonly #places = new Map<number, number>();
  readonly #blocks: Uint32Array[] = [];
  #subject = -1;
  #place = 0;
  constructor(items: number) { this.#items = items; }

  /** The row that gave this item another value; undefined when none did, and then this row is remembered. */
  before({ subject, item, row, mark }: { readonly subject: number; readonly item: number; readonly row: number; readonly mark: number }): number | undefined {
    if (subject !== this.#subject) { this.#place = this.#placeOf(subject); this.#subject = subject; }
    const block = this.#blocks[Math.floor(this.#place / perBlock)];
    if (block === undefined) return undefined;
    const at = ((this.#place % perBlock) * this.#items + item) * 2;
    const told = block[at] ?? 0;
    if (told !== 0) return block[at + 1] === mark ? undefined : told;
    block[at] = row;
    block[at + 1] = mark;
    return undefined;
  }

  #placeOf(subject: number): number {
    const known = this.#places.get(subject);
    if (known !== undefined) return known;
    const place = this.#places.size;
    if (place % perBlock === 0) this.#blocks.push(new Uint32Array(perBlock * this.#items * 2));
    this.#places.set(subject, place);
    return place;
  }
}

/** 32 bits that tell values of one item apart (FNV-1a). */
export function markOf(text: string): number {
  let mark = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) mark = Math.imul(mark ^ text.charCodeAt(at), 0x01000193);
  return mark >>> 0;
}
