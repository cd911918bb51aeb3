import { sha256 } from '../store/trace.ts';
import { compile } from './compile.ts';
import type { Fault } from './cursor.ts';
import { mismatches, type Mismatch } from './examples.ts';
import { standardText } from './hash.ts';
import { objectionsTo, type Objection } from './lawful.ts';
import { readStandard } from './read.ts';
import type { Standard } from './standard.ts';

/** What can be said of a standard before anybody decides: what the law does not let stand, and which examples come out otherwise. */
export interface Findings {
  /** Must be mended. */
  readonly objections: readonly Objection[];
  /** Topics that only a written basis lets stand. */
  readonly topics: readonly Objection[];
  readonly mismatches: readonly Mismatch[];
}
export interface Examined extends Findings { readonly standard: Standard; readonly hash: string; readonly body: string }

/** Reads and checks a file; nothing is kept. Either every fault with its line, or the standard with its findings. */
export function examine(source: string): { readonly faults: readonly Fault[] } | Examined {
  const read = readStandard(source);
  if ('faults' in read) return read;
  const body = standardText(read.standard);
  return { standard: read.standard, body, hash: sha256(body), ...findingsOf(read.standard) };
}

export function findingsOf(standard: Standard): Findings {
  const objections = objectionsTo(standard);
  return { objections: objections.filter(one => one.topic === undefined), topics: objections.filter(one => one.topic !== undefined), mismatches: mismatches(compile(standard)) };
}
