import test from 'ava';
import fc from 'fast-check';
import type { Cursor } from '../../src/kit/slice.ts';
import { decodeCursor, encodeCursor, sliceOf } from '../../src/kit/slice.ts';

/** A list query as an area writes it, over numbers 1 … n. */
function listed(n: number, size: number, cursor: Cursor | undefined) {
  const all = Array.from({ length: n }, (_, at) => at + 1);
  const key = Number(cursor?.key[0] ?? 0);
  const found = cursor?.direction === 'prev' ? all.filter(row => row < key).reverse() : all.filter(row => row > key);
  return sliceOf(found.slice(0, size + 1), { size, cursor, keyOf: row => [row] });
}

test('walking forth and back shows every row once and the same pages', t => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 7 }), (n, size) => {
    const pages: (readonly number[])[] = [];
    let page = listed(n, size, undefined);
    pages.push(page.rows);
    while (page.next !== undefined) { page = listed(n, size, decodeCursor(page.next, ['number'])); pages.push(page.rows); }
    t.deepEqual(pages.flat(), Array.from({ length: n }, (_, at) => at + 1));
    for (let at = pages.length - 2; at >= 0; at--) {
      page = listed(n, size, decodeCursor(page.prev, ['number']));
      t.deepEqual(page.rows, pages[at]);
    }
    t.is(page.prev, undefined);
  }), { numRuns: 100 });
});

test('a cursor survives the URL, Chinese and all', t => {
  const cursor: Cursor = { direction: 'prev', key: ['马坝镇 𬭼', 17] };
  t.regex(encodeCursor(cursor), /^[A-Za-z0-9_-]+$/);
  t.deepEqual(decodeCursor(encodeCursor(cursor), ['text', 'number']), cursor);
});

test('a cursor that is not ours is no cursor', t => {
  const ours = encodeCursor({ direction: 'next', key: ['a', 1] });
  for (const text of [undefined, '', '%%', 'AAAA', ours.slice(1), `${ours}!`, 'x'.repeat(2000), encodeCursor({ direction: 'next', key: ['a'] }), encodeCursor({ direction: 'next', key: [1, 'a'] })]) {
    t.is(decodeCursor(text, ['text', 'number']), undefined);
  }
});
