import { catalogue } from '../kit/refusal.ts';

export const places = catalogue({
  'place-name-taken': { status: 409, say: d => `这里已经有“${d['name']}”了，请换一个名称。` },
  'place-code-taken': { status: 409, say: d => `区划代码 ${d['code']} 已经是“${d['name']}”的，请核对。` },
  'place-ended': { status: 409, say: d => `“${d['name']}”已经撤销或并入别处，不能再改。` },
  'place-has-parts': { status: 409, say: d => `“${d['name']}”下面还有 ${d['count']} 个${d['what']}，请先把它们迁走或撤销。` },
  'place-in-use': { status: 409, say: d => `“${d['name']}”还有 ${d['count']} ${d['what']}，请先安排好再撤销。` },
  'place-under-wrong': { status: 422, say: d => `${d['kind']}不能放在${d['parent']}下面。` },
  'place-merge-unlike': { status: 422, say: () => '只能并入同一级的另一个地方；组和网格只能在本村里合并。' },
  'place-stays': { status: 422, say: () => '村民小组和网格不能迁到别的村。请在那边新设，再把农户迁过去。' },
  'office-place-kind': { status: 422, say: () => '办公范围只能是一个乡镇、一个县区或一个市。' },
});
