import { catalogue } from '../kit/refusal.ts';

export const simulations = catalogue({
  'nothing-to-simulate': { status: 409, say: () => '这里这一轮还没有算过分，没有可以比的。先算分，再来模拟。', wayOn: () => ({ label: '去看批次', href: '/rounds' }) },
  'not-for-simulation': { status: 422, say: () => '只能模拟农户、村、乡镇的标准。' },
  'not-in-round': { status: 422, say: d => `${d['round'] ?? '这一轮'}没有评${d['place'] ?? '这个地方'}。请换一轮，或者换个范围。`, wayOn: () => ({ label: '回到模拟', href: '/simulations' }) },
  'too-many-to-slide': { status: 409, say: d => `这里有 ${d['households'] ?? '很多'} 户，边拖边看最多 ${d['most'] ?? 30_000} 户。请选一个镇或者一个村，或者存成一次模拟。`, wayOn: () => ({ label: '回到模拟', href: '/simulations' }) },
  'nothing-turned': { status: 409, say: () => '没有改动，不用起草新的一版。' },
});
