import { catalogue } from '../kit/refusal.ts';

/** Why a file cannot be taken as a whole. What is wrong in single rows is reported row by row instead. */
export const exchange = catalogue({
  'file-kind-unknown': { status: 415, say: d => `不认识这种文件${d['name'] === undefined ? '' : `（${d['name']}）`}，请交 .csv、.xlsx 或 .jsonl 文件。` },
  'file-old-or-locked': { status: 415, say: () => '这是老的 .xls 文件，或者加了打开密码。请在表格软件里去掉密码，另存为 .xlsx 再交。' },
  'file-broken': { status: 422, say: d => `文件读不下去${d['line'] === undefined ? '' : `（第 ${d['line']} 行附近）`}：${d['why'] ?? '内容不完整'}。请重新导出一份再交。` },
  'file-too-large': { status: 413, say: d => `文件太大（${d['what'] ?? '内容'}超过 ${d['most'] ?? ''}），请分成几份再交。` },
  'headings-missing': { status: 422, say: d => `前几行里没有找到标题行。标题行应当有：${d['headings'] ?? ''}。` },
  'sheet-too-long': { status: 422, say: d => `一张表最多写 ${d['most'] ?? ''} 行，请改用 CSV 导出，或者分村导出。` },
});
