import { catalogue } from '../kit/refusal.ts';

/** Why a file cannot be taken as a whole. What is wrong in single rows is reported row by row instead. */
export const exchange = catalogue({
  'file-kind-unknown': { status: 415, say: d => `不认识这种文件${d['name'] === undefined ? '' : `（${d['name']}）`}，请交 .csv、.xlsx 或 .jsonl 文件。` },
  'headings-missing': { status: 422, say: d => `前几行里没有找到标题行。标题行应当有：${d['headings'] ?? ''}。` },
  'columns-missing': { status: 422, say: d => `文件里缺这几列：${d['columns'] ?? ''}。请对照说明补上，列的次序不要紧。` },
  'column-twice': { status: 422, say: d => `这几列在文件里出现了两次：${d['columns'] ?? ''}。请删掉多余的一列。` },
  'cargo-unknown': { status: 404, say: d => `没有“${d['name'] ?? ''}”这一类，可以导入导出的有：${d['names'] ?? ''}。` },
  'cargo-only-out': { status: 422, say: d => `${d['what'] ?? '这一类'}只能导出，不能导入。` },
  'setting-missing': { status: 422, say: d => `请写明${d['what'] ?? '批次'}。` },
  'import-over': { status: 409, say: () => '这份文件已经处理完了，请看结果。' },
  'import-running': { status: 409, say: () => '这份文件正在导入，请稍等。' },
  'import-not-undone': { status: 409, say: d => `这一类导入不能整份撤回${d['why'] === undefined ? '' : `：${d['why']}`}。请到对应的页面逐项更正。` },
  'file-gone': { status: 409, say: () => '这份文件已经清理掉了，请重新上传。' },
  'round-unclear': { status: 422, say: d => `没有找到“${d['name'] ?? ''}”这个评定批次，或者不止一个。请写批次的编号或年份。` },
  'county-missing': { status: 422, say: () => '没有找到标准所写的县区，请先建好区划。' },
  'year-rated-here': { status: 409, say: d => `${d['year'] ?? ''} 年已经在这个系统里评过，不能再补录。` },
  'year-not-over': { status: 422, say: d => `${d['year'] ?? ''} 年还没有过完，只补录往年的结果。` },
  'standards-missing': { status: 409, say: () => '县里还没有采用评定标准，补录的等级没有名称可用。请先采用农户、村、乡镇三份标准。' },
  'sheet-too-long': { status: 422, say: d => `一张表最多写 ${d['most'] ?? ''} 行，请改用 CSV 导出，或者分村导出。` },
});
