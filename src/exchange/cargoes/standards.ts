import { Refusal } from '../../kit/refusal.ts';
import { examine } from '../../standards/examine.ts';
import { importStandard } from '../../standards/import.ts';
import { countiesOf, standardRows } from '../../standards/queries.ts';
import { sourceOf } from '../../standards/source.ts';
import type { Asked, Cargo, Parcel, Taken } from '../cargo.ts';
import type { Values } from '../format.ts';
import { documents, splitDocuments, type WrittenDocument } from '../formats/documents.ts';
import { exchange } from '../refusals.ts';
import type { Report } from '../report.ts';

export const standards: Cargo = {
  name: 'standards', title: '评定标准', power: 'standard.keep', reads: 'standard.read',
  says: '标准页面上下载的 Excel 表，或者 YAML、JSON 文件，一份标准一段；几份写在一个文件里，用单独一行“---”隔开。导入以后到“评定标准”里采用。导出的文件可以原样导入。',
  text: { extensions: ['yaml', 'yml', 'json', 'xlsx'], format: documents },
  columns: [{ key: 'source', heading: '原文', says: '标准文件的原文' }],
  run, give,
};

const nothing = { rows: 1, items: 1, good: 0, loaded: 0, same: 0, left: 0, faultCount: 0, faults: [], unknown: [] } as const;

async function run(asked: Asked, { source }: Parcel, mode: 'check' | 'load'): Promise<Report> {
  const given = await sourceOf(source);
  if ('faults' in given) return { ...nothing, left: 1, faultCount: given.faults.length, faults: given.faults.map(({ place, written, say, remedy }) => ({ row: Number(/\d+/.exec(place)?.[0] ?? 0), column: / (\w+ 列)$/.exec(place)?.[1], value: written, say, remedy })) };
  const written = splitDocuments(given.text);
  const reports: Report[] = [];
  for (const one of written) reports.push(await runOne(asked, one, mode));
  const sum = (what: 'good' | 'loaded' | 'same' | 'left' | 'faultCount'): number => reports.reduce((total, report) => total + report[what], 0);
  return {
    rows: written.length, items: written.length, good: sum('good'), loaded: sum('loaded'), same: sum('same'), left: sum('left'), faultCount: sum('faultCount'),
    faults: reports.flatMap(report => report.faults), unknown: [],
  };
}

async function runOne(asked: Asked, { text, above }: WrittenDocument, mode: 'check' | 'load'): Promise<Report> {
  const examined = examine(text);
  if ('faults' in examined) return { ...nothing, left: 1, faultCount: examined.faults.length, faults: examined.faults.map(fault => ({ row: fault.line === undefined ? 0 : fault.line + above, column: fault.path === '' ? undefined : fault.path, value: '', say: fault.say, remedy: fault.remedy })) };
  const kept: { hash: string } | undefined = await asked.office.read('standards').where({ hash: examined.hash }).first('hash');
  if (kept !== undefined) return { ...nothing, same: 1 };
  if (mode === 'check') return { ...nothing, good: 1 };
  const counties = await countiesOf(asked.office.read, asked.actor, 'standard.keep');
  const county = counties.find(place => place.code?.startsWith(examined.standard.place.code) === true) ?? counties[0] ?? exchange.refuse('county-missing', {});
  try { await importStandard(asked.office, asked.actor, { county: county.no, source: text }); } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...nothing, left: 1, faultCount: 1, faults: [{ row: above + 1, column: undefined, value: '', say: error.words, remedy: '' }] };
  }
  return { ...nothing, good: 1, loaded: 1 };
}

async function* give({ office }: Taken): AsyncGenerator<Values> {
  for (const row of await standardRows(office.jobs)) {
    const kept: { source: string } | undefined = await office.jobs('standards').where({ hash: row.hash }).first('source');
    if (kept !== undefined) yield { source: kept.source };
  }
}
