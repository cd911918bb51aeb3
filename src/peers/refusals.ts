import { catalogue } from '../kit/refusal.ts';

export const peers = catalogue({
  'peer-unasked': { status: 409, say: () => '这一轮的评定标准没有要评议员评的项，不用评议。' },
  'peer-few': { status: 409, say: ({ least, have }) => `标准要至少 ${least ?? 0} 位评议员各自评，这个组现在只有 ${have ?? 0} 位。请系统管理员先给评议员加上岗位。` },
  'peer-under-way': { status: 409, say: () => '这个组的评议正在进行，收齐、结束以后才能再开。' },
  'peer-passes': { status: 409, say: () => '一个组最多评三轮，已经评满了。' },
  'peer-settled': { status: 409, say: () => '上一轮的意见都够人数、也差得不多，不用再评。' },
  'peer-locked': { status: 409, say: () => '这个组没有还能评的户：都已经初评或者没有参评。' },
  'peer-over': { status: 409, say: () => '这次评议已经结束，不能再改。' },
  'peer-done': { status: 409, say: () => '您已经交了。要改，先点“拿回来改”。' },
  'peer-unanswered': { status: 422, say: ({ left }) => `还有 ${left ?? 0} 户没评完。不了解的，选“不清楚”也算评了。` },
  'peer-not-asked': { status: 409, say: () => '这一户不归您评：可能是您自己家、亲属家，或者这一户已经不用评了。' },
  'peer-seated': { status: 409, say: () => '这位评议员已经在平板上评了，不能改用纸。' },
  'peer-keyed': { status: 409, say: () => '这张纸已经有两位同志录过了，您不用再录。' },
  'peer-on-tablet': { status: 409, say: () => '这一位用平板自己评，没有纸要录。' },
});
