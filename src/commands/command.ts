import type { Config } from '../config.ts';
import type { Office } from '../office.ts';

/** 0 done · 1 refused or faults found · 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** Where a command's words go: the terminal, or through the server back to it. */
export interface Words { out(line: string): void; err(line: string): void }

/** What was typed after the command's name. */
export interface Typed {
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: Readonly<Record<string, string>>;
}

interface Told {
  /** As typed, with its arguments: `import <kind> FILE [--check]`. */
  readonly usage: string;
  readonly zh: string;
  readonly en: string;
  readonly flags?: readonly string[];
  /** Options that take a value. */
  readonly options?: readonly string[];
  /** How many words it takes, at least and at most. */
  readonly words: readonly [number, number];
}

export interface At extends Words { readonly office: Office; readonly typed: Typed; /** The folder the person stood in. */ readonly cwd: string }
export interface Alone extends Words { readonly config: Config; readonly typed: Typed; readonly cwd: string }

/**
 * `reads` opens the office beside a running server; `writes` is handed to the server that owns the data folder, or owns it itself;
 * `alone` needs the folder for itself and opens what it needs; `serves` stays.
 */
export type Command =
  | Told & { readonly kind: 'reads' | 'writes'; readonly run: (at: At) => Promise<ExitCode> }
  | Told & { readonly kind: 'alone' | 'serves'; readonly run: (at: Alone) => Promise<ExitCode> };
