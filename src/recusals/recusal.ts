/**
 * Why an officer stands aside from a household (回避): nobody judges the own home, kin to the third generation
 * (spouse, blood and marriage alike, domain §2.1 step 5), or whom one has an interest in.
 */
export const grounds = {
  own: '本人的家，或者同住一户',
  kin: '三代以内的亲属：配偶、父母子女、祖孙、兄弟姐妹、叔伯姑舅姨和他们的子女，以及这些人的配偶一方',
  interest: '有借贷、合伙、雇佣、纠纷等利害关系',
} as const;
export type Ground = keyof typeof grounds;
/** Short enough for a table. */
export const groundWords: Readonly<Record<Ground, string>> = { own: '本人的家', kin: '三代以内亲属', interest: '有利害关系' };

export interface Recusal {
  readonly id: string; readonly officer: string; readonly household: string; readonly ground: Ground; readonly words: string;
  readonly at: string; readonly by: string;
  readonly ended_at: string | null;
}

/** Somebody else decided on it, so it is not the officer's own to take back. */
export const isOrdered = ({ officer, by }: Pick<Recusal, 'officer' | 'by'>): boolean => officer !== by;
