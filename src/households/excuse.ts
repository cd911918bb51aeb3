/** Why a household is not rated in a round: a fact, never a judgement (domain 3.1; 未参评 is neutral everywhere). */
export const excuses = {
  deceased: '户主去世，还没有换户主',
  guardianship: '由监护人照管，本轮不评',
  moved: '已经迁走',
  minors: '家里只有未成年人',
  absent: '全家长期在外',
  declined: '这一轮不参加',
  noConsent: '还没有授权',
} as const;
export type Excuse = keyof typeof excuses;
export const excuseOptions = (Object.entries(excuses) as [Excuse, string][]).map(([key, label]) => ({ key, label }));
