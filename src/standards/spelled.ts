import { soundsOf } from '../kit/pinyin.ts';

/** Shorter spellings stand inside too many other words. */
const fewestLetters = 5;

const made = new WeakMap<readonly string[], RegExp>();

/** Whether a bare text holds one of these words in letters, or half in letters: `dibao`, `信fang`. In characters alone they are not looked for. */
export function isSpelled(bare: string, words: readonly string[]): boolean {
  if (!/[a-z]{3}/.test(bare)) return false;
  const pattern = made.get(words) ?? patternOf(words);
  made.set(words, pattern);
  return pattern.test(bare);
}

/** Every character as itself or as it may be spelled. No vowel may follow: 参加 canjia does not hold 残疾 canji. */
function patternOf(words: readonly string[]): RegExp {
  const ways = words.map(word => soundsOf(word)).filter(sounds => sounds.every(({ spellings }) => spellings.length > 0) && sounds.reduce((sum, { letters }) => sum + letters.length, 0) >= fewestLetters)
    .map(sounds => sounds.map(({ character, spellings }) => `(?:${[character, ...spellings.map(way => way.letters)].join('|')})`).join(''));
  return ways.length === 0 ? /(?!)/ : new RegExp(`(?:${ways.join('|')})(?![aeiouv])`);
}
