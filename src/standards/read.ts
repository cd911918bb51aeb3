import type { Document, LineCounter, Node } from 'yaml';
import { later } from '../kit/later.ts';
import { checkStandard } from './check.ts';
import type { Checked, Fault } from './check.ts';
import { unkeepable } from './keepable.ts';
import { aliasFaults, syntaxFaults } from './yaml-faults.ts';

const yaml = later<typeof import('yaml')>('yaml');

/** Longest file that is read, in characters. */
export const longestStandard = 2_000_000;

/** Reads a standard from YAML or JSON text (JSON is YAML). Every fault names its line. */
export function readStandard(text: string): Checked {
  const read = readText(text);
  if ('faults' in read) return read;
  const checked = checkStandard(read.held);
  if ('standard' in checked) return checked;
  const faults = checked.faults.map(fault => ({ ...fault, line: read.lineOf(fault) }));
  return { faults: faults.sort((a, b) => a.line - b.line) };
}

/** What a text says, before anybody asks whether it is a standard, and the line on which a fault in it is mended. */
export function readText(text: string): { readonly held: unknown; readonly lineOf: (fault: Fault) => number } | { readonly faults: readonly Fault[] } {
  if (text.length > longestStandard) return { faults: [{ path: '', at: [], say: `文件太大，有 ${text.length} 个字符`, remedy: `最多 ${longestStandard} 个字符` }] };
  const lines = new (yaml().LineCounter)();
  const document = yaml().parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  if (document.errors.length > 0) {
    return { faults: syntaxFaults(document, text, lines) };
  }
  const value = unfolded(document);
  const loose = value === undefined ? aliasFaults(document, lines) : [];
  if (loose.length > 0) return { faults: loose };
  if (value === undefined) return { faults: [{ path: '', at: [], line: 1, say: '文件里的引用（& * <<）展不开，或者展开以后太大', remedy: '去掉引用，把内容直接写出来' }] };
  const odd = unkeepable(value.held);
  if (odd !== undefined) return { faults: [{ ...odd, line: lineOf(document, lines, odd) }] };
  return { held: value.held, lineOf: fault => lineOf(document, lines, fault) };
}

/** The line of a text on which a place of what it says is written. */
export function lineIn(text: string, at: Fault['at']): number {
  const read = readText(text);
  return 'held' in read ? read.lineOf({ at, path: '', say: '', remedy: '' }) : 1;
}

/** Aliases are bounded, so that a small file cannot unfold into a huge one; the library throws for that, and for a merge of what is no map. */
function unfolded(document: Document): { readonly held: unknown } | undefined {
  try { return { held: document.toJS({ maxAliasCount: 1000 }) }; } catch { return undefined; }
}

/** The line of the nearest place that is really written in the file: a missing member is shown at its parent. */
function lineOf(document: Document, lines: LineCounter, { at }: Fault): number {
  for (let depth = at.length; depth > 0; depth--) {
    const offset = offsetOf(document, at.slice(0, depth));
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return 1;
}

function offsetOf(document: Document, at: readonly (string | number)[]): number | undefined {
  const parent = at.length === 1 ? document.contents : document.getIn(at.slice(0, -1), true);
  const last = at.at(-1);
  const { isMap, isPair, isScalar, isSeq } = yaml();
  if (isMap(parent)) {
    const pair = parent.items.find(item => isPair(item) && isScalar(item.key) && item.key.value === last);
    return pair === undefined ? undefined : startOf(pair.key);
  }
  return isSeq(parent) && typeof last === 'number' ? startOf(parent.items[last]) : undefined;
}

const startOf = (node: unknown): number | undefined => yaml().isNode(node) ? (node as Node).range?.[0] : undefined;
