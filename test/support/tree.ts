import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file of the repository, its path written from the root with forward slashes. */
export interface Source { readonly path: string; readonly text: string }

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The files that match the patterns, in order. */
export function sources(...patterns: readonly string[]): readonly Source[] {
  const paths = patterns.flatMap(pattern => globSync(pattern, { cwd: root })).map(path => path.replaceAll('\\', '/'));
  return [...new Set(paths)].sort().map(path => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** The text of one file, or nothing while it does not exist. */
export const sourceOf = (path: string): string | undefined => existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;

/** Each fault of each file as `path:line what`, for `t.deepEqual(…, [])`. */
export function faultsOf(files: readonly Source[], check: (source: Source) => readonly Fault[]): readonly string[] {
  return files.flatMap(source => check(source).map(fault => `${source.path}:${fault.line} ${fault.what}`));
}

export interface Fault { readonly line: number; readonly what: string }

/** One fault for each match of the pattern (flag g). */
export function matches(text: string, pattern: RegExp, what: (found: RegExpExecArray) => string): readonly Fault[] {
  return [...text.matchAll(pattern)].map(found => ({ line: lineAt(text, found.index), what: what(found as RegExpExecArray) }));
}

export const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

export interface Import { readonly from: string; readonly line: number; readonly isType: boolean }

/** What a module imports or re-exports. `import type` costs nothing at run time and is told apart. */
export function importsOf(text: string): readonly Import[] {
  const code = withoutComments(text);
  const clause = /^[ \t]*(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]*?\sfrom\s*)?['"]([^'"\n]+)['"]/gm;
  const late = /\bimport\(\s*['"]([^'"]+)['"]/g;
  return [
    ...[...code.matchAll(clause)].map(found => ({ from: found[2] ?? '', line: lineAt(code, found.index), isType: found[1] !== undefined })),
    // `typeof import('x')` and `import('x').Type` are types; a call is awaited or returned.
    ...[...code.matchAll(late)].map(found => ({ from: found[1] ?? '', line: lineAt(code, found.index), isType: /typeof\s*$/.test(code.slice(0, found.index)) })),
  ];
}

/** The code with its comments turned to spaces, lines kept. */
export const withoutComments = (text: string): string => strip(text, false);
/** The code with comments and the insides of strings turned to spaces, lines kept. */
export const withoutWords = (text: string): string => strip(text, true);

function strip(text: string, alsoStrings: boolean): string {
  let out = '';
  let at = 0;
  const templates: number[] = [];   // depth of braces inside each open ${…}
  const blank = (end: number): void => { out += text.slice(at, end).replace(/[^\n]/g, ' '); at = end; };
  const keep = (end: number): void => { out += text.slice(at, end); at = end; };
  const words = (end: number): void => { if (alsoStrings) blank(end); else keep(end); };
  /** From just after a backtick or a closing brace to the end of that stretch of the template. */
  const template = (): void => {
    let end = at;
    while (end < text.length && text[end] !== '`' && !(text[end] === '$' && text[end + 1] === '{')) end += text[end] === '\\' ? 2 : 1;
    words(Math.min(end, text.length));
    if (text[at] === '`') keep(at + 1);
    else if (at < text.length) { keep(at + 2); templates.push(0); }
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    const next = text[at + 1];
    const depth = templates.length - 1;
    if (char === '/' && next === '/') blank(endOf(text, '\n', at));
    else if (char === '/' && next === '*') blank(endOf(text, '*/', at + 2) + 2);
    else if (char === '/' && /(^|[=(,:;[!&|?{}>+]|=>|\breturn|\bcase)$/.test(out.slice(-40).trimEnd())) keep(endOfRegex(text, at));
    else if (char === '\'' || char === '"') { keep(at + 1); words(endOfString(text, at, char)); keep(at + 1); }
    else if (char === '`') { keep(at + 1); template(); }
    else if (char === '{' && depth >= 0) { templates[depth] = (templates[depth] ?? 0) + 1; keep(at + 1); }
    else if (char === '}' && depth >= 0) {
      if (templates[depth] === 0) { templates.pop(); keep(at + 1); template(); } else { templates[depth] = (templates[depth] ?? 1) - 1; keep(at + 1); }
    } else keep(at + 1);
  }
  return out;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found;
}

function endOfString(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}

function endOfRegex(text: string, from: number): number {
  let isInClass = false;
  for (let at = from + 1; at < text.length && text[at] !== '\n'; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === '[') isInClass = true;
    else if (char === ']') isInClass = false;
    else if (char === '/' && !isInClass) return at + 1;
  }
  return from + 1;
}
