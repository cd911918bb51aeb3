import { common } from '../kit/refusals.ts';
import { page, type Reply } from '../web/reply.ts';
import { qr } from '../web/qr.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { placeOr404, villageBoard } from './board.ts';
import { longDay } from './public-pages.ts';
import { creditOf } from './roll.ts';
import { paperSheets, posterOf } from './sheets.ts';

/** The poster of a village: as many sheets as the names need, type as large as they leave room for. Names are those of the public page. */
async function showPoster(visit: Visit): Promise<Reply> {
  const place = await placeOr404(visit.office.read, visit.params['place']);
  const paper = visit.query['paper'] === 'a4' ? 'a4' : 'a3';
  const board = place.kind === 'village' ? await villageBoard(visit.office.read, place, visit.query['year']) : undefined;
  if (board === undefined || board.roll.withdrawn_reason !== null) return common.refuse('not-found');
  const { columns, sheets } = posterOf(board.sections.filter(section => section.names.length > 0), paperSheets[paper]);
  return page('rolls/poster', {
    title: `${place.name}光荣榜 ${paper.toUpperCase()}`, paper: `poster-${paper}`, back: { label: `回到${place.name}光荣榜`, href: `/board/${place.id}` },
    where: `${board.above}${place.name}`, year: board.roll.year, issuer: board.roll.place, named: board.named, credit: creditOf(board.figures),
    validUntil: longDay(board.roll.valid_until), publishedOn: longDay(board.roll.published_on), qr: qr(`${visit.origin}/board/${place.id}`, '手机看光荣榜'), columns,
    sheets: sheets.map((parts, at) => ({ parts, at: at + 1, of: sheets.length, many: sheets.length > 1 })),
  }, { cache: 'public' });
}

export const posterRoutes: readonly Route[] = [get('/posters/:place', { power: 'anyone', open: true, handle: showPoster })];
