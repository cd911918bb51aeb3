import { catalogue } from './refusal.ts';

/** Why a file cannot be read at all, whatever it was meant for. */
export const files = catalogue({
  'file-old-or-locked': { status: 415, say: () => '这是老的 .xls 文件，或者加了打开密码。请在表格软件里去掉密码，另存为 .xlsx 再交。' },
  'file-broken': { status: 422, say: d => `文件读不下去${d['line'] === undefined ? '' : `（第 ${d['line']} 行附近）`}：${d['why'] ?? '内容不完整'}。请重新导出一份再交。` },
  'file-too-large': { status: 413, say: d => `文件太大（${d['what'] ?? '内容'}超过 ${d['most'] ?? ''}），请分成几份再交。` },
});
