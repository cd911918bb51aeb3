import type { Cursor } from '../cursor.ts';
import type { Facts } from '../facts.ts';
import type { Indicator, LocalBase, Rounding, ValueType } from '../standard.ts';
import type { Trace } from '../trace.ts';

/** What a rule is compiled against: its standard and one day. */
export interface Setting {
  /** Place of an indicator; a key that the check let through is always there. */
  readonly slot: (key: string) => number;
  readonly indicator: (key: string) => Indicator;
  readonly localBase: (key: string) => LocalBase;
  /** Points of a category after its limits, for what is asked once all are added up. */
  readonly categoryPoints: (key: string) => () => number;
  /** Index of a grade by its code. */
  readonly gradeAt: (code: string) => number;
  readonly rounding: Rounding;
  readonly dayNumber: number;
  /** First day of the calendar year of the rating. */
  readonly yearStart: number;
  /** First and last day of the round: what happened outside it is another round's. */
  readonly round: { readonly from: number; readonly to: number };
  /** Cited at all, and none of the cited bases in force. */
  readonly isLapsed: (legalBasis: readonly string[] | undefined) => boolean;
}

/** Points in hundredths for facts that are known. It names its clause in the trace. */
export type Scoring = (facts: Facts, trace: Trace) => number;

/** Points that stand with the answers: a row for each whole number an answer is kept as, with the clause it names. An answer whose own basis lapsed gives its neutral points. */
export interface Table { readonly rows: readonly { readonly points: number; readonly clause: number; readonly isLapsed: boolean }[] }
export const isTable = (points: Scoring | Table): points is Table => typeof points !== 'function';

/** An indicator of the same standard, for words about it. */
export type Find = (key: string) => Indicator | undefined;

/** What a rule's check may ask about the rest of the file, as far as it can be read. */
export interface Around {
  readonly indicator: Readonly<Record<string, unknown>>;
  readonly type: ValueType | undefined;
  readonly typeOf: (key: string) => ValueType | undefined;
  readonly indicatorKeys: readonly string[];
  /** Whether a derived number counts this item, so that it may be written down without points of its own. */
  readonly isCounted: (indicator: unknown, item: string | undefined) => boolean;
  readonly optionsOf: (key: string) => readonly string[];
  readonly localBases: readonly string[];
  readonly gradeCodes: readonly string[];
  readonly baseTypeOf: (key: string) => ValueType | undefined;
  readonly legalBases: readonly string[];
}

/** One way to give points: adding a kind is a file like this and a line in `kinds.ts`. */
export interface Kind<R> {
  readonly title: string;
  readonly types: readonly ValueType[];
  readonly check: (rule: Cursor, around: Around) => void;
  /** Facts that a derived indicator is made from. */
  readonly parts: (rule: R) => readonly string[];
  readonly compile: (rule: R, indicator: Indicator, setting: Setting) => Scoring | Table;
  /** The least and most it can give, in hundredths. */
  readonly range: (rule: R, indicator: Indicator) => { readonly least: number; readonly most: number };
  /** One line of plain Chinese per clause, in the order of the clause index. */
  readonly words: (rule: R, indicator: Indicator, find: Find) => readonly string[];
}
