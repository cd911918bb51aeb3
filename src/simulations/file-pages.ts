import { formatNamed } from '../exchange/formats.ts';
import type { Column, Values } from '../exchange/format.ts';
import { common } from '../kit/refusals.ts';
import { file, page, type Reply } from '../web/reply.ts';
import type { Visit } from '../web/visit.ts';
import { openedFor, standardWords, type Opened } from './pages.ts';
import { placeLines, presentOutlook } from './present.ts';

async function done(visit: Visit, id: string): Promise<Opened> {
  const opened = await openedFor(visit, id);
  return opened.one.phase === 'done' ? opened : common.refuse('not-found');
}

/** The scenario on A4, for the file of the adoption: counts and the hash, no household by name. */
export async function printSimulation(visit: Visit): Promise<Reply> {
  const { one, round, outlook, place, tried } = await done(visit, visit.params['id'] ?? '');
  const shown = presentOutlook(outlook);
  return page('simulations/print', {
    title: '模拟结果', paper: 'a4', back: { label: '回到模拟', href: `/simulations/${one.id}` }, place, standard: standardWords(tried), round: round.name, on: one.day, printed: visit.day, note: one.note, hash: one.hash, apart: one.apart, ...shown,
  });
}

const columns: readonly Column[] = [
  { key: 'place', heading: '地方' }, { key: 'households', heading: '算过分的户' }, { key: 'changed', heading: '会变的户' }, { key: 'creditWas', heading: '信用户（现在）' }, { key: 'creditNow', heading: '信用户（试的标准）' },
  { key: 'was', heading: '称号（现在）' }, { key: 'now', heading: '称号（试的标准）' },
];

/** Villages and townships before and after, as a table of counts. */
export async function takeFile(visit: Visit): Promise<Reply> {
  const { outlook, place } = await done(visit, visit.params['id'] ?? '');
  const format = formatNamed(visit.query['format'] ?? 'xlsx');
  const lines = [...placeLines(outlook, 'village', outlook.villages), ...placeLines(outlook, 'township', outlook.townships)];
  const rows = lines.map((line): Values => line.isHidden ? { place: line.name, households: '户数太少，不显示' } : { place: line.name, households: line.households, changed: line.changed, creditWas: line.creditWas, creditNow: line.creditNow, was: line.was, now: line.now });
  return file(format.write(columns, rows), { mime: format.mime, name: `${place}模拟-${visit.day}.${format.extension}` });
}

/** Two scenarios side by side. */
export async function showPair(visit: Visit): Promise<Reply> {
  const sides = await Promise.all([visit.query['one'] ?? '', visit.query['other'] ?? ''].map(async id => {
    const { one, round, outlook, place, tried } = await done(visit, id);
    return { href: `/simulations/${one.id}`, place, standard: standardWords(tried), round: round.name, note: one.note, hash: one.hash, ...presentOutlook(outlook) };
  }));
  return page('simulations/pair', { title: '两次模拟对照', crumbs: [{ label: '模拟', href: '/simulations' }, { label: '对照' }], sides });
}
