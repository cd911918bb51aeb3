import test from 'ava';
import fc from 'fast-check';
import { maskName, nameFor } from '../../src/kit/mask.ts';
import { namePinyin, typedPinyin } from '../../src/kit/pinyin.ts';
import { sortKey } from '../../src/kit/sort-key.ts';

for (const [name, masked] of [
  ['', ''], ['张', '＊'], ['张三', '张＊'], ['李小明', '李＊明'], ['欧阳娜娜', '欧＊＊娜'], ['𬭼𠮷', '𬭼＊'], ['𬭼小𠮷', '𬭼＊𠮷'], ['买买提·阿不都', '买＊＊＊＊＊都'],
] as const) test(`masked ${name || 'nothing'}`, t => { t.is(maskName(name), masked); });

test('who sees the whole name', t => {
  t.deepEqual((['self', 'office-own', 'village-paper', 'office', 'public', 'coop'] as const).map(audience => nameFor(audience, '李小明')), ['李小明', '李小明', '李小明', '李＊明', '李＊明', '李小明']);
});

const finds = (name: string, typed: string) => namePinyin(name).search.includes(` ${typedPinyin(typed)}`);

for (const [name, typed] of [
  ['单田芳', 'shantianfang'], ['单田芳', 'Shan Tian'], ['单田芳', 'dan'], ['单田芳', 'stf'], ['仇军', 'qiujun'], ['仇军', 'cj'], ['吕小明', 'lü xiao'], ['吕小明', 'luxiaoming'], ['吕小明', 'lyu'],
  ['欧阳娜娜', 'oynn'], ['曾国藩', 'zengguofan'], ['𬭼小明', 'suixm'.slice(0, 3)], ['㛃洁', 'jj'], ['𠮷田', '𠮷tian'],
] as const) test(`${name} is found by ${typed}`, t => { t.true(finds(name, typed), namePinyin(name).search); });

test('pinyin has no end of spellings, and nothing for nothing', t => {
  t.true(namePinyin('单单单单单单单单').search.length < 1000);
  t.is(namePinyin('').search, '');
});

test('names sort by sound, tone, character; surnames as surnames', t => {
  const sorted = ['阿宝', '安国', '仇军', '单芳', '汪明', '王芳', '王明', '张三', '𠮷田'];
  t.deepEqual([...sorted].reverse().toSorted((a, b) => sortKey(a) < sortKey(b) ? -1 : 1), sorted);
  t.true(sortKey('李') < sortKey('李明'));
  t.true(sortKey('林') > sortKey('李明'));
});

test('a sort key is lower-case letters and digits of fixed width: no collation can reorder it', t => {
  const collator = new Intl.Collator('zh');
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.string({ unit: fc.constantFrom('张', '王', '𬭼', '小', 'a', '·'), maxLength: 6 }), (left, right) => {
    const [a, b] = [sortKey(left), sortKey(right)];
    return /^([0-9a-z]{12})*$/.test(a) && Math.sign(collator.compare(a, b)) === (a < b ? -1 : a > b ? 1 : 0);
  }), { numRuns: 300 });
  t.pass();
});
