import { formatNamed } from '../exchange/formats.ts';
import type { Column, Values } from '../exchange/format.ts';
import { common } from '../kit/refusals.ts';
import { file, page, type Reply } from '../web/reply.ts';
import type { Visit } from '../web/visit.ts';
import { groupsOf, openedFor, standardWords, type Opened } from './pages.ts';
import type { GroupLine, PlaceLine } from './lines.ts';
import { presentOutlook } from './present.ts';
import { told, type Told } from './told.ts';

async function done(visit: Visit, id: string): Promise<Opened> {
  const opened = await openedFor(visit, id);
  return opened.one.phase === 'done' ? opened : common.refuse('not-found');
}

/** The scenario on A4, for the file of the adoption: counts and the hash, no household by name. */
export async function printSimulation(visit: Visit): Promise<Reply> {
  const { one, round, outlook, place, tried, part } = await done(visit, visit.params['id'] ?? '');
  const shown = presentOutlook(outlook);
  return page('simulations/print', {
    title: '模拟结果', paper: 'a4', back: { label: '回到模拟', href: `/simulations/${one.id}` }, place: part === undefined ? place : `${place}${part.name}`, standard: standardWords(tried), round: round.name, on: one.day, printed: visit.day, note: one.note, hash: one.hash, apart: told(one.apart, shown.rounded === undefined), groups: await groupsOf(visit, outlook), ...shown,
  });
}

const columns: readonly Column[] = [
  { key: 'by', heading: '怎么分' }, { key: 'place', heading: '地方或者组别' }, { key: 'households', heading: '算过分的户' }, { key: 'changed', heading: '会变的户' }, { key: 'creditWas', heading: '信用户（现在）' }, { key: 'creditNow', heading: '信用户（试的标准）' },
  { key: 'was', heading: '称号（现在）' }, { key: 'now', heading: '称号（试的标准）' },
];

/** Villages, townships and groups before and after, as a table of counts. */
export async function takeFile(visit: Visit): Promise<Reply> {
  const { outlook, place, part } = await done(visit, visit.params['id'] ?? '');
  const format = formatNamed(visit.query['format'] ?? 'xlsx');
  const { types, elderly, villages, own, townships, rounded } = presentOutlook(outlook);
  const blocks: readonly (readonly [string, readonly (PlaceLine | GroupLine)[]])[] = [['村', own === undefined ? villages : [own]], ['乡镇', townships], ['村民小组', await groupsOf(visit, outlook)], ['另算的几类', types], ['只有老人的户', elderly]];
  const rows = [...blocks.flatMap(([by, lines]) => lines.map(line => rowOf(by, line))), ...rounded === undefined ? [] : [{ by: '说明', place: rounded }]];
  return file(format.write(columns, rows), { mime: format.mime, name: `${place}${part?.name ?? ''}模拟-${visit.day}.${format.extension}` });
}

function rowOf(by: string, line: PlaceLine | GroupLine): Values {
  const titled = 'name' in line;
  const named = { by, place: titled ? line.name : line.label };
  if (line.isHidden) return { ...named, households: '户数太少，不显示' };
  const { households, changed, creditWas, creditNow } = line;
  return { ...named, households: cellOf(households), changed: cellOf(changed), creditWas: cellOf(creditWas), creditNow: cellOf(creditNow), ...titled ? { was: line.was, now: line.now } : {} };
}

const cellOf = ({ isFew, n, words }: Told): number | string => isFew ? words : n;

/** Two scenarios side by side. */
export async function showPair(visit: Visit): Promise<Reply> {
  const sides = await Promise.all([visit.query['one'] ?? '', visit.query['other'] ?? ''].map(async id => {
    const { one, round, outlook, place, tried } = await done(visit, id);
    return { href: `/simulations/${one.id}`, place, standard: standardWords(tried), round: round.name, note: one.note, hash: one.hash, ...presentOutlook(outlook) };
  }));
  return page('simulations/pair', { title: '两次模拟对照', crumbs: [{ label: '模拟', href: '/simulations' }, { label: '对照' }], sides });
}
