import { catalogue } from '../kit/refusal.ts';

export const rolls = catalogue({
  'nothing-to-publish': { status: 409, say: () => '还没有镇里批准、可以上榜的农户或村镇。批准以后再来发布。', wayOn: () => ({ label: '去看评议', href: '/reviews' }) },
  'certificate-void': { status: 409, say: () => '这张证书已经失效，不能再打印。' },
  'roll-withdrawn': { status: 409, say: () => '这张榜已经撤下，不能再改。' },
});
