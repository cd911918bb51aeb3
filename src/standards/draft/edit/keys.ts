import { soundsOf } from '../../../kit/pinyin.ts';
import { held, isObject, put, rows, type Body, type Path } from './path.ts';

const mostSyllables = 5;

/** A name for programs, made once from the title and never changed with it: facts are kept under it from year to year. */
export function keyFor(title: string, taken: readonly string[]): string {
  const letters = title.match(/\p{Script=Han}|[A-Za-z0-9]+/gu)?.flatMap(part => /\p{Script=Han}/u.test(part) ? soundsOf(part).map(sound => sound.letters) : [part]) ?? [];
  const joined = letters.slice(0, mostSyllables).map((part, at) => at === 0 ? part.toLowerCase() : part.charAt(0).toUpperCase() + part.slice(1).toLowerCase()).join('').replace(/[^A-Za-z0-9]/g, '');
  const key = /^[A-Za-z]/.test(joined) ? joined : `item${joined}`;
  for (let n = 1; ; n++) { const tried = n === 1 ? key : `${key}${n}`; if (!taken.includes(tried)) return tried; }
}

/** Gives every row of a list that has none its name. */
export function nameRows(body: Body, path: Path, { member, from }: { readonly member: string; readonly from: string }): Body {
  return rows(body, path).reduce((named, row, at) => {
    if (typeof row[member] === 'string') return named;
    const taken = rows(named, path).map(each => String(each[member] ?? ''));
    return isObject(held(named, [...path, at])) ? put(named, [...path, at], { [member]: keyFor(String(row[from] ?? ''), taken), ...row }) : named;
  }, body);
}
