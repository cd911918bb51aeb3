import { createReadStream } from 'node:fs';
import type { Knex } from 'knex';
import { checkValues, loadValues, type Report as ValueReport } from '../../observations/load.ts';
import { takeBack } from '../../observations/take-back.ts';
import { bodyValues } from './values-out.ts';
import { roundById, type Round } from '../../rounds/round.ts';
import { loadCoding } from '../../standards/dictionary.ts';
import { isId } from '../../kit/id.ts';
import { valueColumns } from '../../observations/read-values.ts';
import { within } from '../../households/queries.ts';
import type { Asked, Cargo, Hear, Parcel, Taken } from '../cargo.ts';
import { allPlaces } from '../find-place.ts';
import type { Values } from '../format.ts';
import { exchange } from '../refusals.ts';
import type { Report } from '../report.ts';

export const valueSources = { bank: '银行', bureau: '部门名单', paper: '纸质采集表', village: '村里' } as const;
type ValueSourceName = keyof typeof valueSources;

export const observations: Cargo = {
  name: 'observations', title: '采集内容', power: 'observation.load', reads: 'observation.read', settings: ['round', 'source'],
  says: '银行、部门的数据和纸质采集表：每户一行、每项一列，或者每行写户、项目、值三样都行。项目用评定标准里的名称。',
  columns: [
    { key: 'household', heading: '户标识', alias: ['household_id'], says: '系统导出的表里有；有它就不用写村和户号' },
    { key: 'village', heading: '村', alias: ['村名', '行政村', '村代码'], says: '村名，重名的写“乡镇 村”；或 12 位区划代码' },
    { key: 'number', heading: '户号', alias: ['household_no', '户编号'], says: '村里的户号' },
    { key: 'idNumber', heading: '证件号', alias: ['id_number', '身份证号', '身份证号码'], says: '不知道户号时用，和姓名一起核对' },
    { key: 'name', heading: '姓名', alias: ['户主', '户主姓名'], says: '用来核对' },
    { key: 'indicator', heading: '项目', alias: ['指标', '采集项目'], says: '一行一个值的写法：评定标准里的名称' },
    { key: 'value', heading: '值', alias: ['内容', '取值'], says: '一行一个值的写法' },
  ],
  inOnly: ['idNumber', 'indicator', 'value'],
  run, give,
  async takeBack({ office, actor, importId }) {
    const { restored, kept } = await takeBack(office, actor, importId);
    return kept.length === 0 ? `已经撤回，${restored} 户恢复成导入以前的样子。` : `已经撤回，${restored} 户恢复成导入以前的样子；${kept.length} 户后来又改过或者已经往下走，保持现在的样子。`;
  },
  async columnsFor({ office, settings }) {
    if ((settings['round'] ?? '') === '') return [];
    const round = await roundNamed(office.read, settings['round'] ?? '');
    const { coding } = await loadCoding(office.read, round.household_standard);
    const own = new Set(observations.columns.map(column => column.key));
    return valueColumns(coding).filter(column => !own.has(column.key)).map(column => ({ ...column, says: '评定标准里的一项' }));
  },
};

/** A round by its id, its number or its year, as people write it on a command line. */
export async function roundNamed(read: Knex, name: string): Promise<Round> {
  if (isId(name)) return roundById(read, name);
  const found: { id: string }[] = /^\d{1,9}$/.test(name) ? await read('rounds').where(Number(name) >= 1990 && Number(name) < 2200 ? { year: Number(name) } : { no: Number(name) }).select('id') : await read('rounds').where({ name }).select('id');
  const [only] = found;
  return only === undefined || found.length > 1 ? exchange.refuse('round-unclear', { name, count: found.length, field: 'round' }) : roundById(read, only.id);
}

async function run({ office, actor, settings, importId }: Asked, { format, source, fileName }: Parcel, mode: 'check' | 'load', { left }: Hear): Promise<Report> {
  if (format === undefined) return exchange.refuse('file-kind-unknown', {});
  const round = await roundNamed(office.read, settings['round'] ?? '');
  const from = (Object.keys(valueSources) as ValueSourceName[]).find(key => key === settings['source'] || valueSources[key] === settings['source']) ?? exchange.refuse('setting-missing', { what: '内容是谁提供的', field: 'source' });
  const file = {
    fileName, table: (columns: Parameters<typeof format.read>[1]) => format.read(source, columns),
    ...format.extension === 'csv' && 'path' in source ? { pieces: () => createReadStream(source.path, { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array> } : {},
  };
  const given = { round: round.no, source: from, file };
  const report = mode === 'check' ? await checkValues(office, actor, given) : await loadValues(office, actor, { ...given, id: importId });
  const waiting = await namesOf(office.read, report.left.map(one => one.subject));
  for (const one of report.unmatched) await left?.({ ...one.cells, row: one.row, why: one.why });
  for (const one of report.left) await left?.({ household: waiting.get(one.subject), why: leftWords[one.why] ?? one.why });
  return told(report, mode);
}

const leftWords: Readonly<Record<string, string>> = { 'consent-missing': '没有参加评定的授权', 'not-allowed': '不在您的片区', 'not-found': '不在这个批次里', 'item-unknown': '记的事不在这个村的评定标准和本村约定里', 'round-closed': '批次已经结束', 'case-excused': '这一轮不参加评定', 'facts-locked': '这一户已经往下走，内容定住了' };

function told(report: ValueReport, mode: 'check' | 'load'): Report {
  return {
    rows: report.rows, items: report.households, good: report.loaded, loaded: mode === 'load' ? report.loaded : 0, same: 0, left: report.unmatched.length + report.left.length,
    faultCount: report.problemCount + report.left.length,
    faults: [...report.problems.map(problem => ({ ...problem, column: problem.column === '' ? undefined : problem.column })), ...report.left.slice(0, 200).map(one => ({ row: 0, column: undefined, value: '', say: `有一户没有导入：${leftWords[one.why] ?? one.why}`, remedy: '户标识在退回的文件里' }))],
    unknown: report.unknown,
  };
}

async function namesOf(read: Knex, subjects: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows: { no: number; id: string }[] = [];
  for (let at = 0; at < subjects.length; at += 5_000) rows.push(...await read('subjects').whereIn('no', subjects.slice(at, at + 5_000)).select<{ no: number; id: string }[]>('no', 'id'));
  return new Map(rows.map(row => [row.no, row.id]));
}

/** A row a household, a column an item, as the round's standard has them: what can be filled in and brought back. */
async function* give({ office, paths, settings }: Taken): AsyncGenerator<Values> {
  const read = office.jobs;
  const round = await roundNamed(read, settings['round'] ?? exchange.refuse('setting-missing', { what: '是哪一个评定批次', field: 'round' }));
  const { coding } = await loadCoding(read, round.household_standard);
  const places = await allPlaces(read);
  for (let after = 0; ;) {
    const rows: { no: number; id: string; village_no: number; household_no: number; head_name: string }[] = await read('households').join('cases', 'cases.subject', 'households.no').where('cases.round', round.no)
      .where(within(read, paths)).where('households.no', '>', after).orderBy('households.no').limit(1_000).select('households.no', 'households.id', 'households.village_no', 'households.household_no', 'households.head_name');
    const last = rows[rows.length - 1];
    if (last === undefined) return;
    after = last.no;
    const values = await bodyValues(read, round.no, coding, rows.map(row => row.no));
    for (const row of rows) {
      const village = places.no(row.village_no);
      yield { household: row.id, village: village?.code ?? village?.name, number: row.household_no, name: row.head_name, ...values.get(row.no) };
    }
  }
}
