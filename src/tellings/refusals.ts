import { catalogue } from '../kit/refusal.ts';

export const tellings = catalogue({
  'telling-settled': { status: 409, say: () => '这件事已经办过这一步了，请刷新后再看。' },
  'telling-unproved': { status: 422, say: () => '还没有凭证。请拍一张照片或扫一份材料，再核实。' },
  'telling-own': { status: 403, say: () => '这次告知是您登记的，已经开始算分了，由另一位同志来撤。' },
  'telling-untold': { status: 409, say: () => '这件事现在没有登记告知，或者已经修复，没有可以撤回的。请刷新后再看。' },
  'telling-unconfirmed': { status: 409, say: () => '还没有第二个人核实，不能告知。核实以后再打印告知书。' },
});
