import { catalogue } from '../kit/refusal.ts';

export const fairness = catalogue({
  'signal-gone': { status: 409, say: () => '这一条现在已经不在了，请刷新后再看。' },
  'check-open': { status: 409, say: () => '这一条已经有人在查，查完再说。' },
  'check-settled': { status: 409, say: () => '这一件已经写了结论，请刷新后再看。' },
  'check-others': { status: 403, say: d => `这一件派给了${String(d['who'] ?? '别的同志')}，由他写结论。` },
  'draw-held': { status: 409, say: () => '这个村这一批已经抽过了。抽签只有一次，号码和结果都公开，不能重抽。' },
  'draw-empty': { status: 409, say: () => '还没有人入户采集过，没有可以抽的。' },
  'revisit-done': { status: 409, say: () => '这一户已经登记过了，请刷新后再看。' },
});
