import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { CsvFault, readCsv, unguard, writeCsv } from '../../kit/csv.ts';
import { fault } from '../../kit/faults.ts';
import { legalLevels, type LegalBasis } from '../standard.ts';
import { basisForm, basisGiven } from './form.ts';
import { current, type Register } from './register.ts';

const names = ['id', 'law', 'article', 'level', 'validFrom', 'validTo', 'note'] as const;
const headings = names.map(name => basisForm.fields[name].label);
const mostRows = 2_000;

/** The register as a table: of each basis the version that decides today. */
export const lawFile = (register: Register, day: string): Readable => writeCsv(headings, [...register.values()].flatMap(versions => {
  const one = current(versions, day);
  return one === undefined ? [] : [[one.id, one.law, one.article, legalLevels[one.level], one.validFrom, one.validTo ?? '', one.note ?? '']];
}));

/** Reads the same table back. The first line that is wrong is told with its number; nothing is kept then. */
export async function basesInFile(path: string): Promise<readonly LegalBasis[]> {
  const found: LegalBasis[] = [];
  let columns: readonly string[] | undefined;
  try {
    for await (const { line, cells } of readCsv(createReadStream(path))) {
      if (columns === undefined) {
        columns = cells.map(cell => cell.trim());
        const lacking = headings.filter((heading, at) => basisForm.fields[names[at] ?? 'id'].optional !== true && columns?.includes(heading) !== true);
        if (lacking.length > 0) return fault('file', 'headings', `第一行缺少这些列：${lacking.join('、')}。`);
        continue;
      }
      const outcome = basisForm.parse(Object.fromEntries(names.map((name, at) => [name, unguard(cells[columns?.indexOf(headings[at] ?? '') ?? -1] ?? '')])));
      if (!outcome.ok) return fault('file', 'line', `第 ${line} 行：${outcome.faults.map(each => each.say).join('')}`);
      if (found.some(each => each.id === outcome.values.id)) return fault('file', 'twice', `第 ${line} 行：编号 ${outcome.values.id} 前面已经有了。`);
      found.push(basisGiven(outcome.values));
      if (found.length > mostRows) return fault('file', 'long', `一次最多 ${mostRows} 行。`);
    }
  } catch (error) {
    if (error instanceof CsvFault) return fault('file', error.code, error.code === 'encoding' ? '文件的文字编码看不懂，请另存为 UTF-8 的 CSV 再试。' : `第 ${error.line} 行读不下去，请看看引号是不是成对。`);
    throw error;
  }
  return found.length === 0 ? fault('file', 'empty', '文件里没有一条依据。') : found;
}
