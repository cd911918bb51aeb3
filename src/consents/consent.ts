import type { Day } from '../kit/time.ts';

/** Three separate consents (PIPL 14, 23, 25): to be rated, to be named on notices and rolls, to be shared with one named bank. */
export const consentKinds = { rate: '参加评定', publish: '公示和上榜时列出姓名', share: '把结果给指定的银行' } as const;
export type ConsentKind = keyof typeof consentKinds;
export const consentKindNames = Object.keys(consentKinds) as readonly ConsentKind[];

/** How it was given. A mandate is a written paper by which somebody else signs for the person. */
export const consentWays = { paper: '纸上签字', drawn: '在平板上签名', mandate: '凭书面委托代签' } as const;
export type ConsentWay = keyof typeof consentWays;

export interface Consent { readonly id: string; readonly member: string; readonly kind: ConsentKind; readonly bank: string; readonly given_on: Day; readonly how: ConsentWay; readonly text_version: string; readonly evidence: string | null; readonly mandate: string | null; readonly withdrawn_on: Day | null }

/** Does the consent stand on a day? From the day it was given until the day before it was withdrawn. */
export const stands = (consent: Pick<Consent, 'given_on' | 'withdrawn_on'>, day: Day): boolean =>
  consent.given_on <= day && (consent.withdrawn_on === null || consent.withdrawn_on > day);

export interface Wish { readonly member: string; readonly kind: ConsentKind; readonly bank?: string }

/** The consent of one person for one purpose that stands on the day, if any: the latest one. */
export function standing(consents: readonly Consent[], wish: Wish, day: Day): Consent | undefined {
  return consents.filter(consent => consent.member === wish.member && consent.kind === wish.kind && consent.bank === (wish.bank ?? '') && stands(consent, day))
    .sort((a, b) => a.given_on < b.given_on ? 1 : -1)[0];
}

/** Who of those that count has not consented: empty means the household's result may be used for the purpose. */
export const lacking = (consents: readonly Consent[], counted: readonly string[], purpose: Omit<Wish, 'member'>, day: Day): readonly string[] =>
  counted.filter(member => standing(consents, { member, ...purpose }, day) === undefined);
