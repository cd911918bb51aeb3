import { catalogue } from '../kit/refusal.ts';

export const notices = catalogue({
  'nothing-to-post': { status: 409, say: () => '这里现在没有可以公示的户。评议通过以后再来贴。' },
  'notice-still-running': { status: 409, say: d => `公示到 ${d['until'] ?? '期满那天'} 才满，满了以后系统会自己结束。` },
  'notice-objected': { status: 409, say: () => '已经有人对这份公示提了异议，不能再取下。请先答复异议。' },
  'notice-down': { status: 409, say: () => '这份公示已经取下或者结束了，请刷新后再看。' },
});
