/** What a bank may look at a household for. */
export const purposes = { beforeLoan: '办贷款前了解情况', wholeVillage: '整村授信', afterLoan: '贷后看看', renewal: '到期续贷' } as const;
export type Purpose = keyof typeof purposes;
