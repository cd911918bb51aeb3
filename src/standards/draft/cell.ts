import type { Field, Parsed, RawValue } from '../../kit/form.ts';
import type { Path } from './edit/path.ts';

/**
 * One thing a form asks about a draft: where it stands, the fields it is typed into, and both ways between.
 * A cell whose fields come back as they were shown is not rewritten, so a form can never spoil what it cannot say.
 */
export interface Cell {
  readonly path: Path;
  /** By the name of the control. */
  readonly fields: Readonly<Record<string, Field<unknown>>>;
  readonly show: (held: unknown) => Readonly<Record<string, RawValue>>;
  /** What is to stand there; undefined takes it away. */
  readonly hold: (values: Readonly<Record<string, unknown>>, held: unknown) => unknown;
  /** The line of what is shown on which a place inside it is written, for whoever writes it as text. */
  readonly lineOf?: (held: unknown, inside: Path) => number;
  /** Faults beneath the place belong to this cell too, unless it is only a part of what stands there. */
  readonly members?: readonly string[];
}

/** How a control is called: the place it writes to. Names are made from places and never read back. */
export const nameOf = (path: Path): string => path.join('.');

export const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const bad = (code: string, say: string): { ok: false; code: string; say: string } => ({ ok: false, code, say });
export const textOf = (raw: RawValue): string => (Array.isArray(raw) ? String(raw[0] ?? '') : String(raw ?? '')).normalize('NFC').trim();

/** A draft may lack anything: an empty field is no fault here, the list of faults says what is wanting. */
export function lenient<T>(field: Field<T>, isOptional: boolean): Field<T | undefined> {
  return { ...field, optional: isOptional, parse: raw => textOf(raw) === '' && !(Array.isArray(raw) && raw.length > 1) ? good(undefined) : field.parse(raw) };
}
