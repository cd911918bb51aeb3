import { catalogue } from '../kit/refusal.ts';

export const titles = catalogue({
  'title-short': { status: 409, say: d => `${d['what'] ?? '这里'}的占比还没有达到标准，现在不能${d['step'] ?? '往下走'}。页面上写着还差多少。` },
  'title-waits': { status: 409, say: d => `下面还有没办完的，要等它们办完才能${d['step'] ?? '往下走'}：${d['what'] ?? ''}。` },
  'title-hanging': { status: 409, say: d => `公示到 ${d['until'] ?? '期满那天'} 才满，满了以后再命名。` },
  'title-objected': { status: 409, say: () => '有异议还没答复，先不能往下走。答复以后再来办。' },
  'title-own': { status: 403, say: () => '前一步是您办的，请换一位同志来办这一步。' },
});
