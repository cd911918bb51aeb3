import { catalogue } from '../kit/refusal.ts';

export const households = catalogue({
  'id-number-taken': { status: 409, say: d => `这个身份证号已经登记在${d['where'] ?? '另一户'}。请先核对；确实要登记的，请在下面勾选“仍要登记”，再由村里查重。` },
  'household-closed': { status: 409, say: () => '这一户已经销户，不能再改。要改请先恢复。' },
  'head-gone': { status: 409, say: () => '这一户的人已经并到别户，不能直接恢复。要单独立户，请在那一户里分户。' },
  'household-forgotten': { status: 409, say: () => '这一户的个人信息已经按本人要求删除，不能恢复。' },
  'household-number-taken': { status: 409, say: d => `${d['village'] ?? '这个村'}已经有 ${d['number'] ?? '这个'} 号户，户号不能重复。` },
  'head-stays': { status: 409, say: () => '户主还在这一户里，不能分出去或移出。请先换户主。' },
  'not-a-member': { status: 409, say: () => '选的人已经不在这一户里，请刷新后再看。' },
  'same-household': { status: 422, say: () => '要并的两户是同一户，请重新选。' },
  'place-elsewhere': { status: 422, say: () => '选的小组或网格不在这个村里，请重新选。' },
  'evidence-type': { status: 415, say: d => `只收照片（JPG、PNG、WebP）${d['pdf'] === 1 ? '和 PDF' : ''}，这个文件不是。`},
  'evidence-large': { status: 413, say: () => '照片太大，最多 8 MB。请拍小一点再传。' },
});
