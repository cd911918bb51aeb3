import { catalogue } from '../kit/refusal.ts';

export const ratings = catalogue({
  'run-under-way': { status: 409, say: d => `这里正在计算（${d['place'] ?? '另一个范围'}），算完才能再开始。`, wayOn: d => ({ label: '看进度', href: `/ratings/runs/${d['run'] ?? ''}` }) },
  'nothing-to-rate': { status: 409, say: () => '还没有采集好的农户，先不用算分。' },
  'not-rateable': { status: 409, say: d => `这一户现在是“${d['standing'] ?? ''}”，不能算分。` },
  'no-consent-to-rate': { status: 409, say: () => '这一户还没有全部同意参加评定，不能算分。' },
  'not-rated': { status: 409, say: () => '这一户还没有算分，没有等级可以调整。' },
  'adjusted-too-far': { status: 422, say: d => d['most'] === 0 ? '这份标准不允许人工调整等级。' : `最多调整 ${d['most'] ?? 1} 级，也不能和现在一样。` },
  'still-provisional': { status: 409, say: () => '这一户还缺项，现在是暂估。先补齐再调整。' },
});
