import { createReadStream, existsSync } from 'node:fs';
import { may } from '../access/may.ts';
import { common } from '../kit/refusals.ts';
import { officerNames } from '../people/queries.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { roundFor } from '../rounds/queries.ts';
import { file, page, seeOther, type Reply } from '../web/reply.ts';
import { get, post, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { archivePath, makeArchive, progressOf } from './make.ts';
import { archives } from './refusals.ts';
import { takeArchive } from './take.ts';

interface Row { readonly id: string; readonly made_on: string; readonly seal: string; readonly files: number; readonly bytes: number; readonly by: string }

async function roundOf(visit: Visit) {
  const round = await roundFor(visit.office.read, visit.actor, visit.params['round'] ?? '');
  const leave = may(visit.actor, 'round.archive', placeSubject(await placeByNo(visit.office.read, round.place_no)));
  return leave === true ? round : common.refuse('not-allowed', { why: leave });
}

/** What was made of a round, and how far a bundle is that is being made. */
async function show(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const round = await roundOf(visit);
  const rows: Row[] = await read('archives').where({ round: round.no }).orderBy('at', 'desc').select('id', 'made_on', 'seal', 'files', 'bytes', 'by');
  const names = await officerNames(read, rows.map(row => row.by));
  const progress = progressOf(visit.office, round.no);
  return page('archives/show', {
    title: `${round.name} 归档`, heading: progress === undefined || progress.failed === true ? `${round.name}：归档` : `正在做归档包：${progress.done} / ${progress.all} 户`, crumbs: [{ label: '评定批次', href: '/rounds' }, { label: round.name, href: `/rounds/${round.id}` }, { label: '归档' }], here: `/rounds/${round.id}/archive`,
    closed: round.closed_on, progress: progress?.failed === true ? undefined : progress, failed: progress?.failed === true, rows: rows.map(row => ({ href: `/rounds/${round.id}/archive/${row.id}`, on: row.made_on, who: names.get(row.by) ?? '命令行', files: row.files, size: `${Math.max(1, Math.round(Number(row.bytes) / 1024))} KB`, seal: row.seal, isHere: existsSync(archivePath(visit.office, row.id)) })),
  }, { region: 'archives/_progress' });
}

/** Begins; the page that follows shows how far it is, and whoever leaves it loses nothing. */
async function make(visit: Visit): Promise<Reply> {
  const round = await roundOf(visit);
  if (round.closed_on === null) archives.refuse('archive-open');
  const progress = progressOf(visit.office, round.no);
  if (progress !== undefined && progress.failed !== true) archives.refuse('archive-making');
  void makeArchive(visit.office, visit.actor, round.no).catch(() => undefined);   // The page says that it stopped, and offers to make it again.
  return seeOther(`/rounds/${round.id}/archive`);
}

async function download(visit: Visit): Promise<Reply> {
  const round = await roundOf(visit);
  const { path, madeOn } = await takeArchive(visit.office, visit.actor, { round, id: visit.params['id'] ?? '' });
  return file(createReadStream(path), { mime: 'application/zip', name: `${round.name}-归档-${madeOn}.zip` });
}

export const archiveRoutes: readonly Route[] = [
  get('/rounds/:round/archive', { power: 'round.archive', handle: show }),
  post('/rounds/:round/archive', { power: 'round.archive', handle: make }),
  get('/rounds/:round/archive/:id', { power: 'round.archive', handle: download }),
];
