import { createRequire } from 'node:module';

// The dictionary takes 50 ms to load: it is fetched at the first name, not at the start of the office.
type Dictionary = typeof import('pinyin-pro');
let dictionary: Dictionary | undefined;
const load = (): Dictionary => dictionary ??= createRequire(import.meta.url)('pinyin-pro') as Dictionary;

/** One reading per character with its tone (`shan4`), surnames read as surnames; a character nobody can read stands for itself. */
export const readings = (name: string): readonly string[] => load().pinyin(name, { surname: 'head', toneType: 'num', type: 'array', v: true });

/** How a name is found by typing letters. */
export interface NamePinyin {
  /** `shantianfang` */
  readonly full: string;
  /** `stf` */
  readonly initials: string;
  /** Every likely spelling, full and initials, between spaces: match with `like '% ' || typed || '%'`. */
  readonly search: string;
}

const mostSpellings = 12;

/** Pinyin of a name for search: other readings of a character (单 shan, dan) and spellings of ü (lv, lu, lyu) are found too. */
export function namePinyin(name: string): NamePinyin {
  const characters = Array.from(name);
  // A surname may be two characters long, so the first two are read together; the rest one by one, from memory after the first time.
  const main = [...remembered(heads, characters.slice(0, 2).join(''), readings), ...characters.slice(2).map(character => remembered(singles, character, read)[0] ?? character)].map(letters);
  const full = main.join('');
  const initials = main.map(initial).join('');
  const others = characters.map(character => remembered(ways, character, waysToRead)[0] ?? []);
  let spellings: string[][] = [[]];
  main.forEach((reading, at) => {
    const choices = new Set([reading, ...(others[at] ?? []).map(letters)].filter(choice => choice !== '').flatMap(spelled));
    if (choices.size === 0) return;
    spellings = spellings.flatMap(begun => Array.from(choices, choice => [...begun, choice])).slice(0, mostSpellings);
  });
  const words = new Set([full, initials, ...spellings.map(all => all.join('')), ...spellings.map(all => all.map(initial).join(''))]);
  words.delete('');
  return { full, initials, search: words.size === 0 ? '' : ` ${Array.from(words).join(' ')} ` };
}

/** What a person typed, as `search` is written: lower case, ü as v, no spaces, apostrophes or tone digits. */
export const typedPinyin = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll('ü', 'v').replace(/[\s'’0-9]/g, '');

const read = (character: string): readonly string[] => load().pinyin(character, { toneType: 'num', type: 'array', v: true });
const waysToRead = (character: string): readonly (readonly string[])[] => load().polyphonic(character, { toneType: 'none', type: 'array', v: true });

// Names are made of some three thousand characters: a county's import reads each of them once.
const heads = new Map<string, readonly string[]>();
const singles = new Map<string, readonly string[]>();
const ways = new Map<string, readonly (readonly string[])[]>();
const mostRemembered = 20_000;

function remembered<T>(memory: Map<string, T>, text: string, find: (text: string) => T): T {
  const known = memory.get(text);
  if (known !== undefined) return known;
  if (memory.size >= mostRemembered) memory.clear();
  const found = find(text);
  memory.set(text, found);
  return found;
}

const letters = (reading: string): string => reading.toLowerCase().replace(/[0-9·\s]/g, '');
const initial = (reading: string): string => Array.from(reading)[0] ?? '';
const spelled = (reading: string): string[] => /^[ln]v/.test(reading) ? [reading, reading.replace('v', 'u'), reading.replace('v', 'yu')] : [reading];
