import { catalogue } from '../kit/refusal.ts';

export const consents = catalogue({
  'not-their-own': { status: 422, say: () => '选的人不在这一户里，授权要由本人给。' },
  'consent-of-minor': { status: 422, say: d => `${d['who'] ?? '这位'}还没成年，不用授权，也不参评。` },
  'bank-unknown': { status: 422, say: () => '没有这家银行，请从列出的银行里选。' },
  'consent-unsigned': { status: 422, say: () => '还没有签名。请在方框里签名，或者改选“纸上签字”。' },
  'mandate-missing': { status: 422, say: () => '代签要写明谁代签、凭哪份委托书。' },
});
