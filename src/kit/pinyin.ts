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
  const main = readings(name).map(letters);
  const full = main.join('');
  const initials = main.map(initial).join('');
  const others = load().polyphonic(name, { toneType: 'none', type: 'array', v: true });
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

const letters = (reading: string): string => reading.toLowerCase().replace(/[0-9·\s]/g, '');
const initial = (reading: string): string => Array.from(reading)[0] ?? '';
const spelled = (reading: string): string[] => /^[ln]v/.test(reading) ? [reading, reading.replace('v', 'u'), reading.replace('v', 'yu')] : [reading];
