import { readFile } from 'node:fs/promises';
import { decode } from '../../kit/text.ts';
import { Refusal } from '../../kit/refusal.ts';
import { examine } from '../../standards/examine.ts';
import { importStandard } from '../../standards/import.ts';
import { countiesOf, standardRows } from '../../standards/queries.ts';
import type { Asked, Cargo, Parcel, Taken } from '../cargo.ts';
import type { Source, Values } from '../format.ts';
import { exchange } from '../refusals.ts';
import type { Report } from '../report.ts';

export const standards: Cargo = {
  name: 'standards', title: '评定标准', power: 'standard.keep', reads: 'standard.read',
  says: '一份标准一个 YAML 或 JSON 文件。导入以后到“评定标准”里采用。导出的是名册，每份标准的原文在它自己的页面上下载。',
  text: { extensions: ['yaml', 'yml', 'json'], mime: 'application/yaml' },
  columns: [
    { key: 'key', heading: '代号', says: '只用于导出名册' }, { key: 'version', heading: '版本', says: '只用于导出名册' }, { key: 'title', heading: '名称', says: '只用于导出名册' },
    { key: 'kind', heading: '评什么', says: '只用于导出名册' }, { key: 'year', heading: '年份', says: '只用于导出名册' }, { key: 'hash', heading: '校验值', says: '只用于导出名册' }, { key: 'source', heading: '原文', says: '标准文件的原文' },
  ],
  run, give,
};

const textOf = async (source: Source): Promise<string> => decode('bytes' in source ? source.bytes : await readFile(source.path)).text;

async function run(asked: Asked, { source }: Parcel, mode: 'check' | 'load'): Promise<Report> {
  const text = await textOf(source);
  const examined = examine(text);
  const none = { rows: 1, items: 1, good: 0, loaded: 0, same: 0, left: 0, faultCount: 0, faults: [], unknown: [] };
  if ('faults' in examined) return { ...none, left: 1, faultCount: examined.faults.length, faults: examined.faults.map(fault => ({ row: fault.line ?? 0, column: fault.path === '' ? undefined : fault.path, value: '', say: fault.say, remedy: fault.remedy })) };
  const kept: { hash: string } | undefined = await asked.office.read('standards').where({ hash: examined.hash }).first('hash');
  if (kept !== undefined) return { ...none, same: 1 };
  if (mode === 'check') return { ...none, good: 1 };
  const counties = await countiesOf(asked.office.read, asked.actor, 'standard.keep');
  const county = counties.find(place => place.code?.startsWith(examined.standard.place.code) === true) ?? counties[0] ?? exchange.refuse('county-missing', {});
  try { await importStandard(asked.office, asked.actor, { county: county.no, source: text }); } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...none, left: 1, faultCount: 1, faults: [{ row: 0, column: undefined, value: '', say: error.words, remedy: '' }] };
  }
  return { ...none, good: 1, loaded: 1 };
}

async function* give({ office }: Taken): AsyncGenerator<Values> {
  for (const row of await standardRows(office.jobs)) {
    const kept: { source: string } | undefined = await office.jobs('standards').where({ hash: row.hash }).first('source');
    yield { key: row.key, version: row.version, title: row.title, kind: row.kind, year: row.year, hash: row.hash, source: kept?.source };
  }
}
