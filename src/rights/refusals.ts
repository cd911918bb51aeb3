import { catalogue } from '../kit/refusal.ts';

export const rights = catalogue({
  'right-child': { status: 422, say: () => '没成年的，由家里的大人来办，请选大人的名字。' },
  'right-asked': { status: 409, say: () => '同一件事已经有一份在办，办完再登记。要补充的话，先撤下那一份再重新登记。' },
  'right-settled': { status: 409, say: () => '这一份已经办过这一步了，请刷新后再看。' },
  'right-over': { status: 409, say: () => '报告只在登记的当天、由登记的同志打开。本人再来，再登记一次就行，不限次数，不收钱。' },
});
