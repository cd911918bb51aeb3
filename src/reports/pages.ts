import { formatNamed } from '../exchange/formats.ts';
import { num } from '../web/helpers.ts';
import { file, page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { chosenFor, roundsSeen, type Chosen } from './choose.ts';
import type { Report, ReportRow, ReportTable } from './report.ts';
import { reportNamed, reports } from './reports.ts';

async function showReports(visit: Visit): Promise<Reply> {
  const rounds = await roundsSeen(visit);
  return page('reports/index', {
    title: '报表', reports: rounds.length === 0 ? [] : reports.map(report => ({ href: `/reports/${report.name}`, title: report.title, says: report.says })),
    empty: { words: '您的片区还没有评定批次，所以还没有报表。', act: { label: '回到待我办', href: '/desk' } },
  });
}

/** Cells in the order of the columns; numbers with their thousands apart. */
function cellsOf(table: ReportTable, row: ReportRow) {
  return table.columns.slice(1).map(column => {
    const cell = row.cells[column.key];
    return { heading: column.heading, text: typeof cell === 'number' ? num(cell) : cell ?? '—', isCount: column.kind === 'count' };
  });
}

const tableModel = (table: ReportTable) => ({
  first: table.columns[0]?.heading ?? '', columns: table.columns.slice(1).map(column => ({ heading: column.heading, isCount: column.kind === 'count' })),
  rows: table.rows.map(row => ({ label: String(row.cells[table.columns[0]?.key ?? ''] ?? ''), href: row.href, cells: cellsOf(table, row) })),
  total: table.total === undefined || table.rows.length < 2 ? undefined : { label: String(table.total.cells[table.columns[0]?.key ?? ''] ?? ''), cells: cellsOf(table, table.total) },
  notes: table.notes,
});

interface Open { readonly report: Report; readonly chosen: Chosen; readonly table: ReportTable }

async function opened(visit: Visit): Promise<Open | Report> {
  const report = reportNamed(visit.params['name'] ?? '');
  const chosen = await chosenFor(visit);
  return chosen === undefined ? report : { report, chosen, table: await report.table(chosen.asked) };
}
const isOpen = (found: Open | Report): found is Open => 'report' in found;

async function showReport(visit: Visit): Promise<Reply> {
  const found = await opened(visit);
  if (!isOpen(found)) return showReports(visit);
  const { report, chosen, table } = found;
  const here = `/reports/${report.name}`;
  return page('reports/show', {
    title: report.title, heading: `${chosen.place}${report.title}`, aside: chosen.asked.round.name, says: report.says, here, form: chosen.form, table: tableModel(table),
    crumbs: [{ label: '报表', href: '/reports' }, { label: report.title }],
    others: reports.filter(one => one.name !== report.name).map(one => ({ label: one.title, href: `/reports/${one.name}?${chosen.query}` })),
    ways: { print: `${here}/print?${chosen.query}`, xlsx: `${here}/file?format=xlsx&${chosen.query}`, csv: `${here}/file?format=csv&${chosen.query}` },
    empty: { words: '这里还没有村。', act: undefined },
  });
}

async function printReport(visit: Visit): Promise<Reply> {
  const found = await opened(visit);
  if (!isOpen(found)) return showReports(visit);
  const { report, chosen, table } = found;
  return page('reports/print', {
    title: report.title, paper: 'a4-wide', back: { label: '返回', href: `/reports/${report.name}?${chosen.query}` },
    heading: `${chosen.place}${report.title}`, round: chosen.asked.round.name, on: visit.day, by: visit.actor.kind === 'officer' ? visit.actor.name : '', table: tableModel(table),
  });
}

/** The same table as a file, columns and sum included. It holds counts only, so nothing personal leaves the office. */
async function takeReport(visit: Visit): Promise<Reply> {
  const found = await opened(visit);
  const format = formatNamed(visit.query['format'] ?? 'csv');
  if (!isOpen(found)) return showReports(visit);
  const { report, chosen, table } = found;
  const rows = [...table.rows, ...table.total === undefined ? [] : [table.total]].map(row => row.cells);
  return file(format.write(table.columns, rows), { mime: format.mime, name: `${chosen.place}${report.title}-${visit.day}.${format.extension}` });
}

export const reportRoutes: readonly Route[] = [
  get('/reports', { power: 'report.read', handle: showReports }),
  get('/reports/:name', { power: 'report.read', handle: showReport }),
  get('/reports/:name/print', { power: 'report.read', handle: printReport }),
  get('/reports/:name/file', { power: 'report.read', handle: takeReport }),
];
