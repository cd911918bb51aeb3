import { catalogue } from '../kit/refusal.ts';
import { standingWords, type Standing } from '../rounds/case.ts';

export const observations = catalogue({
  'facts-locked': { status: 409, say: d => `这一户现在是“${standingWords[d['standing'] as Standing] ?? d['standing']}”，内容已经定住，不能再改。要改，请村里或镇里先退回来。` },
  'case-excused': { status: 409, say: () => '这一户这一轮不参加评定，不用采集。要参加，请先恢复参评。' },
  'consent-missing': { status: 409, say: () => '还没有签“参加评定”的授权，签了才能登记。', wayOn: d => ({ label: '去签授权', href: `/households/${d['household'] ?? ''}` }) },
  'sheet-incomplete': { status: 409, say: d => `还差 ${d['count'] ?? ''} 项没填，填齐了再请户主核对签字。` },
  'signed-already': { status: 409, say: () => '这一户已经核对签字，内容也没有再改，不用再签。' },
  'signature-missing': { status: 422, say: () => '还没有签名。请在框里签一下，或者改选“签在纸上”。' },
  'evidence-wanted': { status: 422, say: d => `“${d['what'] ?? '这件事'}”要有凭证才能记，请拍一张照片。` },
  'photos-many': { status: 422, say: d => `“${d['what'] ?? '这一项'}”最多留 ${d['most'] ?? ''} 张照片，请去掉几张再存。` },
  'event-unknown': { status: 404, say: () => '没有找到这件事，可能已经撤掉了。' },
  'event-voided': { status: 409, say: () => '这件事已经撤掉了，不用再撤。' },
  'event-told': { status: 409, say: () => '这件事已经核实、告知过本人，记的人不能自己撤掉，请另一位同志撤。' },
  'event-cured': { status: 409, say: () => '这件事已经记为改正了，不用再记。' },
  'event-not-cured': { status: 409, say: () => '这件事没有记过改正，不用改回来。' },
  'cure-unproved': { status: 422, say: () => '您来记改正，要有照片。没有照片，请村里来记。' },
  'contest-settled': { status: 409, say: () => '这一项已经定过了，请看一看现在的内容。' },
  'undo-late': { status: 409, say: () => '后来又有人改过这一户，不能整份撤回了。请直接改那一项。' },
  'import-unknown': { status: 404, say: () => '没有找到这次导入。' },
  'import-taken-back': { status: 409, say: () => '这次导入已经撤回过了。' },
  'value-headings-missing': { status: 422, say: d => `文件里缺这些列：${d['columns'] ?? ''}。` },
  'value-headings-repeated': { status: 422, say: d => `“${d['columns'] ?? ''}”这一列在文件里有两次，请留一列。` },
});
