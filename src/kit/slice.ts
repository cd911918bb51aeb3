/** A place in an ordered list: the ordering columns of the row next to which a page begins. */
export interface Cursor {
  readonly direction: 'next' | 'prev';
  readonly key: readonly (string | number)[];
}

/** One page of a list; `next` and `prev` are cursors for the URL, absent at the ends. */
export interface Slice<Row> {
  readonly rows: readonly Row[];
  readonly next?: string;
  readonly prev?: string;
}

/** A cursor as text that is safe in a URL. It holds ordering values only: order by sort key and id, never by a private column. */
export function encodeCursor(cursor: Cursor): string {
  const bytes = new TextEncoder().encode(JSON.stringify([cursor.direction === 'next' ? 1 : 0, ...cursor.key]));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Reads a cursor from a URL; anything that is not one of ours, or has other columns than `kinds`, is `undefined`: show the first page. */
export function decodeCursor(text: string | undefined, kinds: readonly ('text' | 'number')[]): Cursor | undefined {
  if (text === undefined || text.length > 1_000 || !/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  let parts: unknown;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), character => character.charCodeAt(0));
    parts = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch { return undefined; }
  if (!Array.isArray(parts) || parts.length !== kinds.length + 1 || (parts[0] !== 0 && parts[0] !== 1)) return undefined;
  const key: (string | number)[] = [];
  for (const [at, kind] of kinds.entries()) {
    const part: unknown = parts[at + 1];
    if (kind === 'text' ? !isText(part) : !Number.isSafeInteger(part)) return undefined;
    key.push(part as string | number);
  }
  return { direction: parts[0] === 1 ? 'next' : 'prev', key };
}

/** Text that every database can compare: no NUL, no half of a surrogate pair. */
const isText = (part: unknown): boolean => typeof part === 'string' && !part.includes('\0') && part.isWellFormed();

/**
 * Cuts a page out of what the query gave. The query asks for `size + 1` rows beyond the cursor: `(a, b) > (?, ?)` in list order for
 * `next` (or no cursor), `(a, b) < (?, ?)` in reverse order for `prev`. The rows come back in list order.
 */
export function sliceOf<Row>(found: readonly Row[], page: {
  readonly size: number;
  readonly cursor: Cursor | undefined;
  readonly keyOf: (row: Row) => readonly (string | number)[];
}): Slice<Row> {
  const backwards = page.cursor?.direction === 'prev';
  const more = found.length > page.size;
  const rows = found.slice(0, page.size);
  if (backwards) rows.reverse();
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return { rows };
  const hasNext = backwards || more;
  const hasPrev = backwards ? more : page.cursor !== undefined;
  return {
    rows,
    ...(hasNext ? { next: encodeCursor({ direction: 'next', key: page.keyOf(last) }) } : {}),
    ...(hasPrev ? { prev: encodeCursor({ direction: 'prev', key: page.keyOf(first) }) } : {}),
  };
}
