import { holds, reach } from '../access/may.ts';
import { common } from '../kit/refusals.ts';
import { fault, taken } from '../kit/faults.ts';
import { limits } from '../kit/limits.ts';
import { formModel } from '../web/form-model.ts';
import { file, page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route, type Trouble } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import type { Cargo } from './cargo.ts';
import { cargoes, cargoNamed } from './cargoes.ts';
import { columnsOf, dropFile, handedOne, handedTo, handIn, rowsDone, startLoad } from './deliver.ts';
import { importForm } from './form.ts';
import { csv } from './formats/csv.ts';
import { importById } from './keep-import.ts';
import { has, leftPath, openFile, takeFile, toldPath, type Handed } from './parcels.ts';
import { roundOptions, stayingOf } from './queries.ts';
import { takeBack } from './take-back.ts';
import { actorId, atConsole } from '../access/actor.ts';

const offered = (visit: Visit): readonly Cargo[] => cargoes.filter(cargo => holds(visit.actor, cargo.power));
const standingWords: Readonly<Record<Handed['standing'], string>> = { checked: '检查过，还没导入', loading: '正在导入', loaded: '已导入', stopped: '中途停下' };
/** Small enough to be looked at here; the file with all rows is beside it. */
/** More are in the file of rows to be put right: on a phone each takes five lines. */
const faultsShown = 30;

async function formOf(visit: Visit): Promise<ReturnType<typeof importForm>> {
  return importForm(offered(visit).map(cargo => ({ key: cargo.name, label: cargo.title })), await roundOptions(visit.office.read, visit.actor, 'import.load'));
}

/** 导入: what can come in, with its columns, and the files handed over lately. */
async function showImports(visit: Visit, trouble?: Trouble): Promise<Reply> {
  const kinds = offered(visit);
  const handed = await handedTo(visit.office, visit.actor);
  return page('exchange/imports', {
    title: '导入', mayExport: reach(visit.actor, 'export.take').length > 0, form: formModel(await formOf(visit), { raw: { kind: visit.query['kind'] ?? kinds[0]?.name ?? '', ...visit.raw }, faults: trouble?.faults ?? [] }),
    kinds: kinds.map(cargo => ({ name: cargo.name, title: cargo.title, says: cargo.says, isTable: cargo.text === undefined, columns: cargo.columns.map(column => ({ heading: column.heading, key: column.key, needed: column.needed === true, says: column.says })) })),
    recent: handed.slice(0, 20).map(one => ({ href: `/imports/${one.id}`, file: one.fileName, isConsole: one.by === actorId(atConsole), kind: cargoNamed(one.kind).title, at: one.at, standing: standingWords[rowsDone(visit.office, one.id) === undefined && one.standing === 'loading' ? 'stopped' : one.standing], rows: one.report.rows })),
  });
}

async function upload(visit: Visit): Promise<Reply> {
  const given = taken(await formOf(visit), visit.raw);
  const [sent] = visit.files;
  if (sent === undefined) return fault('file', 'missing', '请选一个文件。');
  const cargo = cargoNamed(given.kind);
  for (const setting of cargo.settings ?? []) if (setting !== 'year' && given[setting] === undefined) fault(setting, 'missing', '导入采集内容时，这一项要选。');
  const settings = Object.fromEntries((cargo.settings ?? []).map(setting => [setting, setting === 'year' ? '' : given[setting] ?? '']));
  const handed = await handIn(visit.office, visit.actor, { kind: cargo.name, settings, path: sent.path, fileName: sent.name });
  return seeOther(`/imports/${handed.id}`);
}

const own = async (visit: Visit): Promise<Handed> => await handedOne(visit.office, visit.actor, visit.params['id'] ?? '') ?? common.refuse('not-found');

async function showImport(visit: Visit): Promise<Reply> {
  const handed = await own(visit);
  const cargo = cargoNamed(handed.kind);
  const done = rowsDone(visit.office, handed.id);
  const kept = await importById(visit.office, handed.id);
  const { report } = handed;
  const columns = await columnsOf(cargo, { office: visit.office, settings: handed.settings }).catch(() => cargo.columns);
  const isLoaded = handed.standing === 'loaded';
  return page('exchange/import', {
    title: `导入${cargo.title}`, crumbs: [{ label: '导入', href: '/imports' }, { label: handed.fileName }],
    id: handed.id, what: cargo.title, file: handed.fileName, at: handed.at,
    running: done === undefined ? undefined : { done, all: Math.max(report.rows, done), words: `已经处理 ${done} 行，共 ${report.rows} 行` },
    checked: done === undefined && handed.standing === 'checked', stopped: done === undefined && (handed.standing === 'stopped' || handed.standing === 'loading') ? handed.trouble ?? '服务重新启动过，导入停在了半路。已经导入的还在。' : undefined,
    loaded: isLoaded && done === undefined, back: kept?.taken_back_at ?? undefined, staying: (kept?.taken_back_at ?? null) === null ? [] : await stayingOf(visit.office.read, visit.actor, handed.kind, handed.id), canBack: isLoaded && cargo.takeBack !== undefined && (kept?.taken_back_at ?? null) === null,
    unit: cargo.begins === undefined ? '条' : cargo.name === 'households' ? '户' : '人',
    counts: report, ready: report.good, isGood: report.faultCount === 0, unknown: report.unknown.length === 0 ? undefined : report.unknown.join('、'),
    faults: report.faults.slice(0, faultsShown).map(one => ({ row: one.row === 0 ? '' : one.row, column: one.column === undefined ? '' : columns.find(column => column.key === one.column)?.heading ?? one.column, value: one.value, say: one.say, remedy: one.remedy })),
    more: report.faultCount > Math.min(report.faults.length, faultsShown) ? report.faultCount - Math.min(report.faults.length, faultsShown) : undefined,
    hasLeft: has(leftPath(visit.office, handed.id)), hasTold: has(toldPath(visit.office, handed.id)),
  }, { region: 'exchange/_progress' });
}

async function startIt(visit: Visit): Promise<Reply> {
  const handed = await own(visit);
  // The load goes on after the answer; how it ended stands on the page that follows.
  void startLoad(visit.office, visit.actor, handed).catch(() => undefined);
  return seeOther(`/imports/${handed.id}`, '开始导入了，这一页会自己更新，也可以先去做别的。');
}

async function dropIt(visit: Visit): Promise<Reply> {
  const handed = await own(visit);
  await dropFile(visit.office, handed);
  return seeOther('/imports', handed.standing === 'loaded' ? '文件已经清理，导入的内容还在。' : '这份文件没有导入，已经丢掉。');
}

async function undoIt(visit: Visit): Promise<Reply> {
  const handed = await own(visit);
  return seeOther(`/imports/${handed.id}`, await takeBack(visit.office, visit.actor, handed));
}

async function leftFile(visit: Visit): Promise<Reply> {
  const handed = await own(visit);
  return file(openFile(leftPath(visit.office, handed.id)), { mime: csv.mime, name: `退回的行-${handed.fileName.replace(/\.\w+$/, '')}.csv` });
}

async function toldFile(visit: Visit): Promise<Reply> {
  const handed = await own(visit);
  return file(await takeFile(toldPath(visit.office, handed.id)), { mime: csv.mime, name: '新账号和口令.csv' });
}

/** An empty table with the right headings, and one line that says what goes where. */
async function emptyTable(visit: Visit): Promise<Reply> {
  const cargo = offered(visit).find(one => one.name === visit.params['kind']) ?? common.refuse('not-found');
  const settings = { round: visit.query['round'] ?? '' };
  return file(csv.write(await columnsOf(cargo, { office: visit.office, settings }), []), { mime: csv.mime, name: `${cargo.title}-空表.csv` });
}

export const importRoutes: readonly Route[] = [
  get('/imports', { power: 'import.load', handle: showImports }),
  post('/imports', { power: 'import.load', handle: upload, again: showImports, uploads: { fields: ['file'], mostBytes: limits.uploadBytes } }),
  get('/imports/tables/:kind', { power: 'import.load', handle: emptyTable }),
  get('/imports/:id', { power: 'import.load', handle: showImport }),
  post('/imports/:id/load', { power: 'import.load', handle: startIt }),
  post('/imports/:id/drop', { power: 'import.load', handle: dropIt }),
  post('/imports/:id/back', { power: 'import.load', handle: undoIt }),
  get('/imports/:id/left', { power: 'import.load', handle: leftFile }),
  post('/imports/:id/told', { power: 'import.load', handle: toldFile }),
];
