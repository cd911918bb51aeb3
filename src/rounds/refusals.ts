import { catalogue } from '../kit/refusal.ts';
import { standingWords, type Standing } from './case.ts';

export const rounds = catalogue({
  'mark-not-allowed': { status: 409, say: d => `这一户现在是“${standingWords[d['standing'] as Standing] ?? d['standing']}”，不能做这一步。请刷新后再看。` },
  'excuse-published': { status: 409, say: () => '这一户已经上榜，要先由镇里重新核实，再登记未参评。' },
  'round-closed': { status: 409, say: () => '这个评定批次已经结束，不能再改。' },
  'round-open-already': { status: 409, say: d => `${d['place'] ?? '这里'} ${d['year'] ?? ''} 年度已经开过批次了。` },
  'standard-not-adopted': { status: 409, say: () => '这份评定标准现在没有采用，不能用来开批次。请换一份正在用的。' },
  'round-place': { status: 422, say: () => '批次要在一个县或一个乡镇开，不能跨县，也不能只开一个村。' },
  'items-frozen': { status: 409, say: d => `${d['village'] ?? '这个村'}已经开始采集，本村约定定了就不再变，到这一轮结束。要改的，下一轮再定。` },
  'items-changed': { status: 409, say: () => '本村约定刚刚有人改过或者办过了，请刷新后再看。' },
  'items-not-carried': { status: 409, say: () => '上一轮没有本村约定，或者这一轮的标准容不下，没有可以接着约定的。' },
  'round-not-closed': { status: 409, say: () => '这个批次没有结束，不用恢复。' },
});
