import { createRequire } from 'node:module';

// The dictionary takes 50 ms to load: it is fetched at the first name, not at the start of the office.
type Dictionary = typeof import('pinyin-pro');
let dictionary: Dictionary | undefined;
const load = (): Dictionary => dictionary ??= createRequire(import.meta.url)('pinyin-pro') as Dictionary;

/** How one character of a name may be said and typed. */
export interface Sound {
  readonly character: string;
  /** With its tone (`shan4`); a character nobody can read stands for itself. */
  readonly reading: string;
  readonly letters: string;
  readonly initial: string;
  /** Every likely way to type it with its first letter, the likeliest first. */
  readonly spellings: readonly { readonly letters: string; readonly initial: string }[];
}

// Names are made of some three thousand characters: a county's import looks each of them up once.
const heads = new Map<string, readonly Sound[]>();
const singles = new Map<string, Sound>();
const mostRemembered = 20_000;

/** One sound per character. A surname may be two characters long, so the first two are read together as a surname; the rest one by one. */
export function soundsOf(name: string): readonly Sound[] {
  const characters = Array.from(name);
  const sounds = remembered(heads, characters.length < 3 ? name : `${characters[0] ?? ''}${characters[1] ?? ''}`, lookHead).slice();
  for (let at = 2; at < characters.length; at++) sounds.push(remembered(singles, characters[at] ?? '', lookSingle));
  return sounds;
}

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
  const sounds = soundsOf(name);
  let [full, initials, isPlain] = ['', '', true];
  for (const { letters, initial, spellings } of sounds) { full += letters; initials += initial; isPlain &&= spellings.length < 2; }
  if (full === '') return { full, initials, search: '' };
  if (full !== initials && isPlain) return { full, initials, search: ` ${full} ${initials} ` };
  let ways = [{ full: '', initials: '' }];
  for (const { spellings } of sounds) {
    if (spellings.length > 0) ways = ways.flatMap(begun => spellings.map(way => ({ full: begun.full + way.letters, initials: begun.initials + way.initial }))).slice(0, mostSpellings);
  }
  const words = new Set([full, initials, ...ways.map(way => way.full), ...ways.map(way => way.initials)]);
  return { full, initials, search: ` ${Array.from(words).join(' ')} ` };
}

/** What a person typed, as `search` is written: lower case, ü as v, no spaces, apostrophes or tone digits. */
export const typedPinyin = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll('ü', 'v').replace(/[\s'’0-9]/g, '');

const lookHead = (text: string): readonly Sound[] => look(text, 'head');
const lookSingle = (character: string): Sound => look(character, 'off')[0] ?? soundOf(character, character, []);

function look(text: string, surname: 'head' | 'off'): readonly Sound[] {
  const readings = load().pinyin(text, { surname, toneType: 'num', type: 'array', v: true });
  return Array.from(text, (character, at) => soundOf(character, readings[at] ?? character, load().polyphonic(character, { toneType: 'none', type: 'array', v: true })[0] ?? []));
}

function soundOf(character: string, reading: string, others: readonly string[]): Sound {
  const letters = lettersOf(reading);
  const all = new Set([letters, ...others.map(lettersOf)].filter(way => way !== '').flatMap(spelled));
  return { character, reading, letters, initial: initialOf(letters), spellings: Array.from(all, way => ({ letters: way, initial: initialOf(way) })) };
}

function remembered<T>(memory: Map<string, T>, text: string, find: (text: string) => T): T {
  const known = memory.get(text);
  if (known !== undefined) return known;
  if (memory.size >= mostRemembered) memory.clear();
  const found = find(text);
  memory.set(text, found);
  return found;
}

const lettersOf = (reading: string): string => reading.toLowerCase().replace(/[0-9·\s]/g, '');
const initialOf = (letters: string): string => Array.from(letters)[0] ?? '';
const spelled = (letters: string): string[] => /^[ln]v/.test(letters) ? [letters, letters.replace('v', 'u'), letters.replace('v', 'yu')] : [letters];
