import test from 'ava';
import { canonical } from '../../src/kit/canonical.ts';
import { leafOf, sha256 } from '../../src/store/trace.ts';

test('a leaf is the digest of a row\'s canonical text, whatever the order of its columns; what is null counts as absent', t => {
  const row = { unit: 7, id: 'a', by: '𬭼 "小明"\n', body: '{"x":1}', batch: null, away: 0 };
  t.is(leafOf(row), sha256(canonical({ away: 0, body: '{"x":1}', by: '𬭼 "小明"\n', id: 'a', unit: 7 })));
  t.is(leafOf(row), leafOf(Object.fromEntries(Object.entries(row).reverse())));
  t.not(leafOf(row), leafOf({ ...row, away: 1 }));
});
