import test from 'ava';
import { newSecretsFile, secretsOf } from '../../src/store/secrets.ts';

const many = (least: number): (string | null)[] => Array.from({ length: least + 300 }, (_, at) => at % 7 === 0 ? null : `文 ${least + at}`);

test('a long list is sealed aside, each at its place, as the office itself would', async t => {
  const secrets = secretsOf(newSecretsFile());
  t.teardown(() => secrets.close());
  const lists = [many(0), many(1_000), ['短'], []] as const;
  const kept = await Promise.all(lists.map(texts => secrets.keep({ seal: texts, match: { id: texts, phone: texts.toReversed() } })));
  for (const [at, texts] of lists.entries()) {
    t.deepEqual(kept[at]?.seal.map(sealed => sealed === null ? null : secrets.open(sealed)), [...texts]);
    t.deepEqual(kept[at]?.match, { id: texts.map(text => text === null ? null : secrets.matchKey('id', text)), phone: texts.toReversed().map(text => text === null ? null : secrets.matchKey('phone', text)) });
  }
  t.is(new Set(kept.flatMap(one => one.seal).filter(sealed => sealed !== null)).size, kept.flatMap(one => one.seal).filter(sealed => sealed !== null).length, 'no nonce comes twice');
});

test('who waits when the thread ends is told, and the next list begins another', async t => {
  const secrets = secretsOf(newSecretsFile());
  t.teardown(() => secrets.close());
  const waiting = secrets.keep({ seal: many(0), match: {} });
  await secrets.close();
  await t.throwsAsync(waiting, { message: /ended/ });
  t.is((await secrets.keep({ seal: many(0), match: {} })).seal.length, 300);
});

test('a list that begins a new thread while the last one is still ending is sealed', async t => {
  const secrets = secretsOf(newSecretsFile());
  t.teardown(() => secrets.close());
  const long = many(5_000);
  for (let turn = 0; turn < 3; turn++) {
    await secrets.keep({ seal: long, match: {} });
    const ending = secrets.close();   // As when nothing was asked for a while.
    t.is((await secrets.keep({ seal: long, match: {} })).seal.length, long.length);
    await ending;
  }
});
