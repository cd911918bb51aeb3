import { page, type Reply } from '../web/reply.ts';
import { qr } from '../web/qr.ts';
import type { Visit } from '../web/visit.ts';
import { placeOr404, villageBoard, townshipBoard } from './board.ts';
import { noticesInForce } from './queries.ts';
import { creditOf } from './roll.ts';
import { placeNames } from '../places/queries.ts';
import { wallPages } from './sheets.ts';

type WallPage = { readonly view: 'names' | 'notices' | 'figures'; readonly model: object };

/** The big screen of a village hall: one fact a page; it turns by itself, with the script or by refreshing. */
export async function wall(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const place = await placeOr404(read, visit.params['place']);
  const pages = place.kind === 'village' ? await villagePages(visit, place) : await townshipPages(visit, place);
  const at = Math.min(Math.max(1, Number(visit.query['page']) || 1), pages.pages.length);
  const shown = pages.pages[at - 1];
  return page('rolls/wall', {
    title: `${place.name}大屏`,
    wall: {
      title: '光荣榜', year: pages.year === undefined ? '信用户' : `${chineseYear(pages.year)}年度信用户`, seconds: 12, at,
      next: `/wall/${place.id}?page=${at >= pages.pages.length ? 1 : at + 1}`, pages: pages.pages.map((_, index) => ({ on: index === at - 1 })), qr: qr(`${visit.origin}/board/${place.id}`, '手机看光荣榜'),
    },
    view: shown?.view ?? 'empty', ...shown?.model,
  }, { cache: 'public' });
}

interface Pages { readonly year: number | undefined; readonly pages: readonly WallPage[] }

async function villagePages(visit: Visit, place: Awaited<ReturnType<typeof placeOr404>>): Promise<Pages> {
  const { read } = visit.office;
  const board = await villageBoard(read, place, undefined);
  const notices = await noticesInForce(read, place, visit.day);
  const where = `${board?.above ?? ''}${place.name}`;
  const names: WallPage[] = board === undefined || board.roll.withdrawn_reason !== null ? [] : wallPages(board.sections).map(part => ({ view: 'names', model: { where, ...part, publishedOn: board.roll.published_on } }));
  const figures: WallPage[] = board === undefined ? [] : [{ view: 'figures', model: { where, heading: board.isCreditVillage ? `${place.name}是信用村` : `${place.name}的信用户`, rows: figuresRows(creditOf(board.figures), board.figures.rated, board.figures.all) } }];
  return { year: board?.roll.year, pages: orEmpty([...names, ...noticePages(where, notices), ...figures], where) };
}

async function townshipPages(visit: Visit, place: Awaited<ReturnType<typeof placeOr404>>): Promise<Pages> {
  const { read } = visit.office;
  const board = await townshipBoard(read, place, undefined, visit.day);
  const where = `${board.above}${place.name}`;
  const titles = board.titles.filter(entry => entry.kind === 'village');
  const names = await placeNames(read, titles.map(entry => entry.place_no));
  const pages: WallPage[] = [];
  for (let at = 0; at < titles.length; at += 20) pages.push({ view: 'names', model: { where, code: '', label: '信用村', rank: 0, total: titles.length, publishedOn: board.rolls[0]?.published_on ?? '', names: titles.slice(at, at + 20).map(entry => ({ name: names.get(entry.place_no)?.name ?? entry.shown, group: '', wide: false })) } });
  if (board.year !== undefined) pages.push({ view: 'figures', model: { where, heading: `${place.name}的信用户`, rows: figuresRows(board.credit, board.figures.rated, board.figures.all) } });
  return { year: board.isMixed ? undefined : board.year, pages: orEmpty([...pages, ...noticePages(where, board.notices)], where) };
}

const figuresRows = (credit: number, rated: number, all: number): object[] => [
  { words: '信用户', number: credit, unit: '户' }, { words: '参加评定', number: rated, unit: '户' }, { words: '全部农户', number: all, unit: '户' },
];

const noticePages = (where: string, notices: Awaited<ReturnType<typeof noticesInForce>>): WallPage[] => notices.length === 0 ? [] : [{
  view: 'notices', model: { where, notices: notices.slice(0, 4).map(notice => ({ place: notice.place, year: notice.year, until: notice.until, where: notice.where_posted })) },
}];

const orEmpty = (pages: readonly WallPage[], where: string): readonly WallPage[] => pages.length > 0 ? pages : [{ view: 'figures', model: { where, heading: '光荣榜还没有发布', rows: [] } }];

const digits = '〇一二三四五六七八九';
export const chineseYear = (year: number): string => [...String(year)].map(digit => digits[Number(digit)] ?? '').join('');
