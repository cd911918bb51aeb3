import type { Day } from '../kit/time.ts';

/** How a member stands to the head of the household. */
export const relations = {
  head: '户主', spouse: '配偶', son: '儿子', daughter: '女儿', sonInLaw: '女婿', daughterInLaw: '儿媳', father: '父亲', mother: '母亲',
  grandchild: '孙辈', grandparent: '祖辈', sibling: '兄弟姐妹', other: '其他亲属', unrelated: '不是亲属',
} as const;
export type Relation = keyof typeof relations;

export const sexes = { male: '男', female: '女' } as const;
export type Sex = keyof typeof sexes;

/** Why a person has no ID number in the file. */
export const idMissingReasons = { applying: '正在补办', unregistered: '还没上户口', other: '用别的证件', unwilling: '本人没有提供' } as const;
export type IdMissing = keyof typeof idMissingReasons;

/** Why somebody is no longer a member. */
export const partings = { died: '去世', married: '婚嫁迁出', moved: '迁出', duplicate: '重复登记', mistaken: '登记有误' } as const;
export type Parting = keyof typeof partings;

/** Why a household is closed. `merged` is set by merging alone. */
export const closings = { empty: '家里已经没有人', moved: '整户迁到镇外', duplicate: '重复登记', mistaken: '登记有误' } as const;
export type Closing = keyof typeof closings;
export const closingWords: Readonly<Record<string, string>> = { ...closings, merged: '并入别户', forgotten: '本人要求删除个人信息' };

export interface MemberRow {
  readonly id: string; readonly household: string; readonly sort: number; readonly name: string; readonly relation: Relation; readonly sex: Sex; readonly birth_year: number;
  /** ID number and phone: see `openNumbers`. */ readonly numbers_sealed: string | null; readonly id_match: string | null; readonly id_missing: string | null; readonly phone_match: string | null;
  readonly away: number; readonly left_on: Day | null; readonly left_reason: string | null;
}
export const memberColumns = ['id', 'household', 'sort', 'name', 'relation', 'sex', 'birth_year', 'numbers_sealed', 'id_match', 'id_missing', 'phone_match', 'away', 'left_on', 'left_reason'] as const;

export interface HouseholdRow {
  readonly id: string; readonly no: number; readonly village_no: number; readonly group_no: number | null; readonly grid_no: number | null; readonly household_no: number;
  readonly head_name: string; readonly people: number; readonly address: string; readonly photo: string | null; readonly registered_on: Day;
  readonly closed_on: Day | null; readonly closed_reason: string | null; readonly into: string | null; readonly rev: number; readonly path: string;
}

const yearOf = (day: Day): number => Number(day.slice(0, 4));
/** Known by the year only, a person counts as grown up from the year of the eighteenth birthday. */
export const isAdult = (birthYear: number, day: Day): boolean => yearOf(day) - birthYear >= 18;
/** PIPL 28, 31: under 14. By the year alone, a child may still be 13 until the end of the year of the fourteenth birthday. */
export const isChild = (birthYear: number, day: Day): boolean => yearOf(day) - birthYear <= 14;
/** The latest birth year of an adult: what queries compare with. */
export const adultBornBy = (day: Day): number => yearOf(day) - 18;

/** Whose data count: the head, and every adult who lives there (those long away have their own share of nothing). Each gives consent. */
export const counts = (member: Pick<MemberRow, 'relation' | 'birth_year' | 'away' | 'left_on'>, day: Day): boolean =>
  member.left_on === null && (member.relation === 'head' || (member.away === 0 && isAdult(member.birth_year, day)));

/** How a member is called on the office's own pages: a child has no name in the file. */
export const callOf = (member: Pick<MemberRow, 'name' | 'relation'>): string => member.name === '' ? relations[member.relation] : member.name;

/** 021: three digits at least, as written on the door. */
export const numberText = (householdNo: number): string => String(householdNo).padStart(3, '0');
