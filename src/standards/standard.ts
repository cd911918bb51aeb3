import type { Aggregate } from './aggregate.ts';
import type { Bounds } from './bounds.ts';
import type { Condition, Requirement } from './conditions.ts';
import type { Derive } from './derive.ts';
import type { Rule } from './kinds.ts';

/**
 * A rating standard exactly as it is written in its file: points in points with at most two decimals, money in yuan, shares as `2/3` or `70%`.
 * Nothing is rewritten on reading, so the canonical JSON of this value is the standard. `compile.ts` turns it into integers.
 */
export interface Standard {
  readonly format: 1;
  readonly key: string;
  readonly title: string;
  readonly place: { readonly code: string; readonly name: string };
  readonly year: number;
  readonly version: number;
  readonly subject: SubjectKind;
  readonly base: number;
  readonly total?: Limits;
  /** Used only where points are divided; whole points never round. */
  readonly rounding: Rounding;
  /** Words for a subject that reaches no grade. */
  readonly ungraded: { readonly label: string };
  readonly adjustment?: Adjustment;
  readonly legalBases: readonly LegalBasis[];
  /** County means of the year, for ratios. */
  readonly localBases?: readonly LocalBase[];
  readonly categories: readonly Category[];
  readonly indicators: readonly Indicator[];
  /** Facts that cannot both be true (more workers than people). */
  readonly checks?: readonly FactCheck[];
  /** Kinds of household that are measured otherwise; the first one that fits. */
  readonly types?: readonly SubjectType[];
  readonly vetoes: readonly Veto[];
  readonly preconditions: readonly Precondition[];
  /** Best first; the first one that fits is given. */
  readonly grades: readonly Grade[];
  /** Who is named where. A standard that rates people may not be adopted without it. */
  readonly publication?: readonly PublicationRule[];
  readonly examples: readonly Example[];
}

export const subjectKinds = ['household', 'person', 'village', 'township', 'county'] as const;
export type SubjectKind = (typeof subjectKinds)[number];
/** What rounds rate. A standard of another kind is written, tried on its examples, adopted and printed like any; no round takes it. */
export const roundKinds = ['household', 'village', 'township'] as const satisfies readonly SubjectKind[];
export type RoundKind = (typeof roundKinds)[number];
export const isOfRounds = (kind: SubjectKind): kind is RoundKind => (roundKinds as readonly SubjectKind[]).includes(kind);
export type Rounding = 'half-up' | 'down';
export interface Limits { readonly cap?: number; readonly floor?: number }
/** Its indicators are added up; with `pick` only the one with the most (best) or the fewest (heaviest) points counts, of equals the one written first. */
export interface Category extends Limits { readonly key: string; readonly title: string; readonly pick?: 'best' | 'heaviest' }
export interface Adjustment { readonly grades: number; readonly note: string }
export interface LocalBase { readonly key: string; readonly title: string; readonly unit: string; readonly type: 'whole' | 'money' | 'percent'; readonly value: number }
export interface FactCheck { readonly key: string; readonly left: string; readonly atMost: string; readonly say: string }

export const legalLevels = { law: '法律', regulation: '行政法规', localLaw: '地方性法规', rule: '规章', interpretation: '司法解释', policy: '政策文件', villageRules: '村规民约' } as const;
export type LegalLevel = keyof typeof legalLevels;
/** One entry of the dated register; a standard cites it by id. Both days are included. */
export interface LegalBasis {
  readonly id: string; readonly law: string; readonly article: string; readonly level: LegalLevel;
  readonly validFrom: string; readonly validTo?: string; readonly note?: string;
}

/** Ids of the entries that are in force on a day. */
export const basesOn = (register: readonly LegalBasis[], day: string): ReadonlySet<string> =>
  new Set(register.filter(entry => entry.validFrom <= day && (entry.validTo === undefined || day <= entry.validTo)).map(entry => entry.id));

/** `derived` has no fact of its own, `events` has a list of them, `year` is a calendar year, `percent` is typed as a percentage. */
export const valueTypes = { flag: '是或否', choice: '选一项', whole: '整数', money: '金额', percent: '百分数', year: '年份', day: '日期', events: '记事', derived: '算出来的' } as const;
export type ValueType = keyof typeof valueTypes;
export const isValueType = (type: unknown): type is ValueType => typeof type === 'string' && Object.hasOwn(valueTypes, type);
export const sources = { grid: '网格员入户', self: '本人自报', village: '村里', council: '村评议组', reviewers: '评议员', bank: '银行', bureau: '部门名单', computed: '系统算出' } as const;
export type Source = keyof typeof sources;
export const sensitivities = { ordinary: '一般', financial: '金融账户类', sensitive: '敏感' } as const;
export type Sensitivity = keyof typeof sensitivities;

export interface Indicator {
  readonly key: string;
  readonly title: string;
  /** The scored block it counts in; a fact that is only looked at has none. */
  readonly category?: string;
  readonly type: ValueType;
  readonly unit?: string;
  readonly least?: number;
  readonly most?: number;
  /** Heading of the form block it is asked in; values that nobody asks for share one too. */
  readonly block?: string;
  readonly source: Source;
  readonly hint?: string;
  readonly purpose: string;
  readonly legalBasis: readonly string[];
  readonly sensitivity: Sensitivity;
  /** A fact seen longer ago than this counts as not asked. */
  readonly validityMonths?: number;
  readonly retentionMonths?: number;
  /** May be left out without anybody asking again. */
  readonly optional?: boolean;
  readonly evidence?: boolean;
  /** 不清楚 is offered with every question unless this says no. */
  readonly withoutDontKnow?: boolean;
  readonly options?: readonly Option[];
  /** Made from other facts: never asked, only computed. */
  readonly derive?: Derive;
  /** Counted from the villages, households … below a place. With a source of its own, only where that told nothing. */
  readonly aggregate?: Aggregate;
  /** How the answers of several reviewers become one. */
  readonly judged?: Judged;
  /** Whether the household itself can better this answer; see `powers`. Not said: told from its source and type (`ratings/lift/power.ts`). */
  readonly withinPower?: Power;
  readonly scoring?: Rule;
  /** Required with `scoring`, except for events: what each way of not knowing gives. */
  readonly missing?: Missing;
  /** Points when no cited basis is in force on the day. Events and the former grade may do without: then they give what they give. */
  readonly neutral?: number;
}

/** Made by the program from other facts: nobody fills it in. */
export const isMade = (indicator: Indicator): boolean => indicator.type === 'derived' || indicator.derive !== undefined;

/** `withinPower` says whether somebody with another answer can come to this one. */
export interface Option { readonly key: string; readonly label: string; readonly points?: number; readonly legalBasis?: readonly string[]; readonly lifeMonths?: number; readonly withinPower?: Power }

/** What those who are rated can do about a fact: `now` within this round, `slow` in time for a later one, `never` not at all. Only what is within their power is ever suggested to them. */
export const powers = { now: '马上能做', slow: '慢慢能变', never: '自己定不了' } as const;
export type Power = keyof typeof powers;

/** Free judgement by reviewers, each alone: fewer than `least` answers make no value at all. A trimmed mean leaves out `trim` answers at each end. */
export interface Judged { readonly by: 'median' | 'trimmedMean'; readonly least: number; readonly trim?: number }

/** How a fact can fail to be there. `known` is 0 in the compact form. */
export const states = { known: 0, notAsked: 1, dontKnow: 2, refused: 3, noDealings: 4 } as const;
export type State = keyof typeof states;
export type MissingState = Exclude<State, 'known'>;
export const missingStates = ['notAsked', 'dontKnow', 'refused', 'noDealings'] as const satisfies readonly MissingState[];
export const stateWords: Readonly<Record<State, string>> = { known: '已知', notAsked: '没问到', dontKnow: '不清楚', refused: '不愿说', noDealings: '没有往来' };
export const stateOf = (code: number): State => code === 0 ? 'known' : missingStates[code - 1] ?? 'notAsked';

/** Points, or `ask`: no points yet, and the rating stays provisional until somebody asks. */
export type Consequence = number | 'ask';
export type Missing = Readonly<Record<MissingState, Consequence>>;

export interface Veto {
  readonly key: string;
  readonly title: string;
  readonly when: Condition;
  readonly words: string;
  readonly legalBasis: readonly string[];
  /** The longest time a fact may carry it. */
  readonly lifeMonths: number;
  /** Silence never vetoes: not knowing is `clear`, or has to be asked. */
  readonly missing: Readonly<Record<MissingState, 'clear' | 'ask'>>;
  /** Judged directly to this grade instead of none. */
  readonly grade?: string;
  /** Judged directly to this total as it is written, and graded by it: never to a higher total or a better grade than by points. */
  readonly total?: number;
  /** Mended in time, it takes these points, before the weight and the limits of the total, instead of judging. What is not known to be mended is not. */
  readonly repair?: { readonly when: Condition; readonly words: string; readonly points: number };
}

/** A type of household with bounds of its own for some grades, and a weight for its total (1 is neutral, rounded once, before the limits of the total). */
export interface SubjectType {
  readonly key: string;
  readonly title: string;
  readonly when: Condition;
  /** Not knowing whether it fits: it does not, or has to be asked. */
  readonly missing: Readonly<Record<MissingState, 'fails' | 'ask'>>;
  readonly weight?: number;
  /** By grade code; a grade that is not named keeps its own bounds. */
  readonly bounds?: Readonly<Record<string, Bounds>>;
}

export interface Precondition extends Requirement { readonly key: string; readonly title: string; readonly legalBasis?: readonly string[] }

export interface Grade extends Bounds {
  readonly code: string;
  readonly label: string;
  /** Whether it makes a credit household, village or township. */
  readonly credit: boolean;
  /** Further conditions, all of which must hold (PBoC 1999: a grade is a conjunction). */
  readonly requires?: readonly Requirement[];
  /** What a bank may multiply a line by; it never changes the grade. */
  readonly coefficient?: number;
}

/** Whom a public place names with what, by which law, and how many months at most; a notice ends with its working days. */
export interface PublicationRule { readonly board: PublicPlace; readonly who: string; readonly shown: string; readonly months?: number; readonly legalBasis: readonly string[] }
export const publicPlaces = { notice: '公示', roll: '光荣榜' } as const;
export type PublicPlace = keyof typeof publicPlaces;
/** Standards whose results name people. */
export const ratesPeople = ({ subject }: Pick<Standard, 'subject'>): boolean => subject === 'household' || subject === 'person';

/** How a grade is marked: by its letters (AAA), or by its label where the code is only a name for programs (`credit`, `five`). */
export const gradeSign = ({ code, label }: Pick<Grade, 'code' | 'label'>): string => /^[A-Z]{1,4}[0-9+-]?$/.test(code) ? code : label;
/** The letters that stand before the label; empty where the label says it all. */
export const gradeLetters = (grade: Pick<Grade, 'code' | 'label'>): string => gradeSign(grade) === grade.label ? '' : grade.code;
/** Mark and label in one breath, neither twice: 「AAA 优秀」, 「五星」. */
export const gradeWords = (grade: Pick<Grade, 'code' | 'label'>): string => gradeSign(grade) === grade.label ? grade.label : `${grade.code} ${grade.label}`;

/** A worked example in the file's own words. */
export interface Example {
  readonly title: string;
  readonly day: string;
  readonly facts: Readonly<Record<string, WrittenFact>>;
  readonly events?: readonly WrittenEvent[];
  /** Code of the grade of the former round, or `none`. */
  readonly former?: string;
  /** Key of the type it is measured as. */
  readonly type?: string;
  /** Legal bases in force, when the example is about one that lapsed. */
  readonly without?: readonly string[];
  readonly points?: Readonly<Record<string, number>>;
  readonly total?: number;
  /** A grade code, or `none`. */
  readonly grade: string;
  readonly vetoes?: readonly string[];
  readonly unmet?: readonly string[];
  readonly most?: number;
}
export type WrittenFact = number | boolean | string | { readonly missing: MissingState };
export interface WrittenEvent {
  readonly indicator: string; readonly item: string; readonly on: string; readonly amount?: number;
  /** Key of the item's level. */
  readonly level?: string;
  /** The day it was put right. */
  readonly curedOn?: string;
  /** An award to a group in which this subject is not named. */
  readonly shared?: boolean;
  /** What takes points counts from the day after those in which the person could answer, until the day it was repaired. Examples of a standard need neither. */
  readonly countsFrom?: string;
  readonly countsUntil?: string;
}

/** Never a negative zero: the same result has the same bytes. */
export const hundredths = (points: number): number => Math.round(points * 100) + 0;
/** Points for people: `83`, `83.5`. */
export const pointsText = (pointsHundredths: number): string => String(pointsHundredths / 100);
