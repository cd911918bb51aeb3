import { soundsOf, type Sound } from './pinyin.ts';

const mostCharacters = 16;

/**
 * Orders names as a Chinese dictionary does (sound, tone, then code point), in lower-case letters and digits of fixed width only:
 * whatever collation a database has, such keys sort alike. Twelve characters per character of the name; unknown ones come last.
 */
export function sortKey(name: string): string {
  let key = '';
  for (const sound of soundsOf(name).slice(0, mostCharacters)) key += blockOf(sound);
  return key;
}

const blocks = new WeakMap<Sound, string>();

function blockOf(sound: Sound): string {
  const known = blocks.get(sound);
  if (known !== undefined) return known;
  const made = newBlock(sound);
  blocks.set(sound, made);
  return made;
}

function newBlock({ reading, character }: Sound): string {
  const code = (character.codePointAt(0) ?? 0).toString(36).padStart(4, '0');
  const sound = /^([a-z]{1,7})([0-4]?)$/.exec(reading.toLowerCase());
  const digit = /^[0-9]$/.test(reading);
  if (sound === null) return `${digit ? reading.padEnd(7, '0') : 'zzzzzzz'}9${code}`;
  // The light tone (written 0) follows the fourth, as in a dictionary.
  const tone = sound[2] === undefined || sound[2] === '' || sound[2] === '0' ? '5' : sound[2];
  return `${(sound[1] ?? '').padEnd(7, '0')}${tone}${code}`;
}
