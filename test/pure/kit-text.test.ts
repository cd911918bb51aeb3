import test from 'ava';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { characterCount, decode, decodeStream, tidy, tidyLines, tidyName, UnreadableText } from '../../src/kit/text.ts';

const rare = '𬭼𫗧㛃䶮𠮷𫍯镕';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function streamed(bytes: Uint8Array, size: number): Promise<string> {
  let text = '';
  for await (const piece of decodeStream(inPieces(bytes, size))) text += piece;
  return text;
}

const written: readonly [string, (text: string) => Uint8Array][] = [
  ['utf-8', text => Buffer.from(text, 'utf8')],
  ['utf-8 with a mark', text => Buffer.from(`\ufeff${text}`, 'utf8')],
  ['utf-16le with a mark', text => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['gb18030', text => iconv.encode(text, 'gb18030')],
];

for (const [name, encode] of written) {
  test(`${name}: rare characters come back whole, in pieces of any size`, async t => {
    const text = `户号,户主\n001,张${rare}\n002,李明\n`;
    t.is(decode(encode(text)).text, text);
    for (const size of [1, 2, 3, 7, 64, 100_000]) t.is(await streamed(encode(text), size), text, `pieces of ${size}`);
  });
}

test('Chinese that begins late in a long file is still recognised', async t => {
  const text = `${'0123456789,'.repeat(20_000)}\n张${rare}`;
  t.is(await streamed(iconv.encode(text, 'gb18030'), 4096), text);
  t.is(await streamed(Buffer.from(text), 4096), text);
});

test('bytes that fit nowhere are refused, never replaced', async t => {
  t.throws(() => decode(Uint8Array.of(0x41, 0xff, 0xff, 0x80)), { instanceOf: UnreadableText });
  const halfUtf8 = Buffer.concat([Buffer.from('村'.repeat(40_000)), Buffer.of(0xff), Buffer.from('村')]);
  await t.throwsAsync(streamed(halfUtf8, 1000), { instanceOf: UnreadableText });
  t.is(decode(new Uint8Array(0)).text, '');
  t.is(await streamed(new Uint8Array(0), 10), '');
  t.is(await streamed(Buffer.from('ab'), 1), 'ab');
});

test('any text survives UTF-8 in pieces', async t => {
  await fc.assert(fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 1, max: 9 }), async (text, size) => {
    // A text that happens to begin with a byte-order mark loses it, as it should.
    fc.pre(!text.startsWith('\ufeff') && text.isWellFormed());
    return await streamed(Buffer.from(text), size) === text;
  }), { numRuns: 200 });
  t.pass();
});

for (const [typed, wanted] of [
  ['　张三　', '张三'], ['１３８０５２３１２３４', '13805231234'], ['３２０８３０１９９００１０１００１Ｘ', '32083019900101001X'],
  ['王\u200b五', '王五'], ['\ufeff户号', '户号'], ['a\u00a0 b', 'a b'], ['e\u0301', 'é'], ['葛\u{e0100}', '葛'], ['一\n二', '一 二'], ['\u0000', ''],
] as const) test(`tidy ${encodeURIComponent(typed)}`, t => { t.is(tidy(typed), wanted); });

for (const [typed, wanted] of [
  ['张 三', '张三'], ['张　　三', '张三'], ['买买提・阿不都', '买买提·阿不都'], ['买买提 · 阿不都', '买买提·阿不都'], ['Tom Li', 'Tom Li'], [`𬭼 ${rare}`, `𬭼${rare}`],
] as const) test(`tidyName ${encodeURIComponent(typed)}`, t => { t.is(tidyName(typed), wanted); });

test('lines stay lines', t => { t.is(tidyLines(' 一　\r\n二\r三 '), '一\n二\n三'); });
test('a rare character counts once', t => { t.is(characterCount(rare), 7); });
