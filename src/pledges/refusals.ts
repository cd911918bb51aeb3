import { catalogue } from '../kit/refusal.ts';

export const pledges = catalogue({
  'pledge-unsigned': { status: 422, say: () => '还没有签名。请在框里签一下，或者拍一张签好的纸。' },
  'pledge-standing': { status: 409, say: () => '这个人的同一种承诺还在履行，不用再签一份。' },
  'pledge-closed': { status: 409, say: () => '本人还没有签“公示和上榜列名”的授权，这份承诺不能公开。可以先登记授权，或者不选公开。' },
  'pledge-settled': { status: 409, say: () => '这份承诺的履行情况已经有人报了或者核定了，请刷新后再看。' },
  'pledge-unproved': { status: 422, say: () => '要有凭证才能报：请拍一张照片或扫一份材料。' },
  'pledge-hidden': { status: 409, say: () => '这份承诺没有公开，不用再撤下。' },
});
