import { catalogue } from '../kit/refusal.ts';

export const repairs = catalogue({
  'repair-early': { status: 409, say: d => `现在还不能申请修复：${String(d['why'] ?? '')}。` },
  'repair-asked': { status: 409, say: () => '这件事已经有一份申请在办，办完再说。' },
  'repair-unsigned': { status: 422, say: () => '申请和承诺要本人签字：请在框里签一下，或者拍一张签好的纸。' },
  'repair-settled': { status: 409, say: () => '这份申请已经办过这一步了，请刷新后再看。' },
});
