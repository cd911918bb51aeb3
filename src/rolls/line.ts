import { newId } from '../kit/id.ts';
import { sha256 } from '../store/trace.ts';
import { leafText, type Entry } from './roll.ts';

/** An entry as a roll keeps it: with a salt of its own, and the leaf by which it is proved. */
export function lineOf(roll: string, entry: Entry) {
  const salt = newId();
  return { ...entry, roll, salt, leaf: sha256(leafText(entry, salt)) };
}
