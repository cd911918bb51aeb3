import { catalogue } from '../kit/refusal.ts';

export const sittings = catalogue({
  'sitting-empty': { status: 409, say: () => '现在没有等着议的，这个会不用开。' },
  'sitting-open-already': { status: 409, say: () => '这里已经有一个会还没开完，请先办那一个。', wayOn: d => ({ label: '去看那个会', href: String(d['href'] ?? '/sittings') }) },
  'sitting-too-few': { status: 409, say: d => `到会 ${d['present'] ?? 0} 人，至少要 ${d['quorum'] ?? 0} 人才能开。人到齐了再点，或者改天开。` },
  'sitting-moved-on': { status: 409, say: d => `这个会${d['state'] ?? '已经往下走了'}，这一步办不了了。下面是现在的样子，您填的还在。` },
  'sitting-voted': { status: 409, say: () => '这位同志已经投过票了，一人只投一次。' },
  'sitting-not-seated': { status: 403, say: () => '这位同志没有在会上签到，不能投票，也不能确认。' },
  'sitting-unfinished': { status: 409, say: d => `还有 ${d['count'] ?? '几'} 项没有办完：${d['what'] ?? ''}。` },
  'sitting-decision': { status: 422, say: () => '这一项不能这样定：多数人反对的不能由主持人通过，主持人回避的不能由主持人定。' },
  'sitting-confirmed': { status: 409, say: () => '这位同志已经确认过了。' },
});
