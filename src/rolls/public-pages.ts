import { placeNames } from '../places/queries.ts';
import { page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { agreedItems } from './agreed.ts';
import { placeOr404, townshipBoard, villageBoard, type VillageBoard } from './board.ts';
import { hangingAt } from './hanging.ts';
import { boardPlaces, rollsAt } from './queries.ts';
import { creditOf } from './roll.ts';
import { wall } from './wall-pages.ts';

/** The front page: what may be objected to comes first, then every village's roll. */
async function showFront(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const places = await boardPlaces(read);
  const rolls = await rollsAt(read, { path: '/' });
  const credit = new Map(rolls.filter(roll => roll.withdrawn_reason === null).toReversed().flatMap(roll => roll.figures.villages.map(village => [village.no, { year: roll.year, credit: creditOf(village) }] as const)));
  const townships = places.filter(place => place.kind === 'township').map(township => ({
    id: township.id, name: township.name,
    villages: places.filter(place => place.kind === 'village' && place.path.startsWith(township.path)).map(place => ({
      id: place.id, name: place.name, credit: credit.get(place.no)?.credit, year: credit.get(place.no)?.year,
    })),
  })).filter(township => township.villages.length > 0);
  return page('rolls/front', {
    title: '光荣榜和公示', heading: '光荣榜', place: townships.length === 1 ? townships[0]?.name ?? '' : '', otherPlaces: undefined,
    figures: credit.size === 0 ? [{ words: '还没有发布', number: undefined, unit: '' }]
      : [{ words: '现在有信用户', number: [...credit.values()].reduce((sum, village) => sum + village.credit, 0), unit: '户' }],
    townships, ...await hangingAt(read, { path: '/' }, visit.day),
  }, { cache: 'public' });
}

async function showBoard(visit: Visit): Promise<Reply> {
  const place = await placeOr404(visit.office.read, visit.params['place']);
  return place.kind === 'village' ? showVillage(visit, await villageBoard(visit.office.read, place, visit.params['year']), place.id) : showTownship(visit);
}

async function showVillage(visit: Visit, board: VillageBoard | undefined, id: string): Promise<Reply> {
  const { read } = visit.office;
  const place = board?.place ?? await placeOr404(read, id);
  const agreed = await agreedItems(read, place, visit.params['year'] === undefined ? undefined : board?.roll.round);
  const search = (visit.query['q'] ?? '').trim().slice(0, 20);
  const common = { title: `${place.name}光荣榜`, heading: `${place.name}光荣榜`, otherPlaces: '/', id, ...await hangingAt(read, place, visit.day), agreed, search };
  if (board === undefined) return page('rolls/nothing', { ...common, place: '', figures: [{ words: '还没有发布', number: undefined, unit: '' }] }, { cache: 'public' });
  const sections = board.sections.map(section => ({ ...section, names: search === '' ? section.names : section.names.filter(name => name.name.startsWith(search.slice(0, 1)) || name.group === search || name.group === `${search}组` || `第${name.group}` === search) }));
  const found = sections.reduce((sum, section) => sum + section.names.length, 0);
  return page('rolls/village', {
    ...common, place: board.above, year: board.roll.year, years: board.years.filter(year => year !== board.roll.year), withdrawn: board.roll.withdrawn_reason,
    figures: [{ words: `${board.roll.year}年度信用户`, number: creditOf(board.figures), unit: '户' }, { words: `有效到 ${longDay(board.roll.valid_until)}`, number: undefined, unit: '' }, { words: '年审延期的，看证书', number: undefined, unit: '' }],
    sections: sections.filter(section => search === '' || section.names.length > 0), found, isFound: found > 0,
    credit: creditOf(board.figures), rated: board.figures.rated, all: board.figures.all, named: board.named,
    isCreditVillage: board.isCreditVillage, objectHref: board.isCreditVillage ? `/object/${board.roll.round_id}/${place.id}` : undefined, name: place.name,
  }, { cache: search === '' ? 'public' : 'private', status: board.roll.withdrawn_reason === null ? 200 : 410 });
}

async function showTownship(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const place = await placeOr404(read, visit.params['place']);
  const board = await townshipBoard(read, place, visit.params['year'], visit.day);
  const below = (await boardPlaces(read)).filter(one => one.kind === 'village' && one.path.startsWith(place.path));
  const names = await placeNames(read, below.map(village => village.no));
  const titles = new Set(board.titles.filter(entry => entry.kind === 'village').map(entry => entry.place_no));
  const own = board.titles.find(entry => entry.kind === 'township' && entry.place_no === place.no);
  return page('rolls/township', {
    title: `${place.name}光荣榜`, heading: `${place.name}光荣榜`, place: board.above, otherPlaces: '/', id: place.id, search: '',
    figures: [{ words: board.year === undefined ? '还没有发布' : board.isMixed ? '现在有信用户' : `${board.year}年度信用户`, number: board.year === undefined ? undefined : board.credit, unit: '户' }],
    ...await hangingAt(read, place, visit.day),
    year: board.year, years: board.years.filter(year => year !== board.year), credit: board.credit, rated: board.figures.rated, all: board.figures.all,
    titleYear: own?.year, objectHref: own === undefined ? undefined : `/object/${board.rolls.find(roll => roll.year === own.year)?.round_id ?? ''}/${place.id}`, isMixed: board.isMixed, name: place.name, isTownship: place.kind === 'township',
    creditTownships: place.kind === 'county' ? board.titles.filter(entry => entry.kind === 'township').map(entry => ({ name: entry.shown })) : [],
    grades: board.grades, creditVillages: titles.size,
    villages: board.year === undefined ? [] : below.map(village => {
      const figures = board.villages.find(one => one.no === village.no);
      return {
        id: village.id, name: place.kind === 'county' ? names.get(village.no)?.full ?? '' : village.name, year: figures?.year, isBefore: figures !== undefined && figures.year !== board.year,
        credit: figures === undefined ? undefined : creditOf(figures), rated: figures?.rated, all: figures?.all, isCreditVillage: titles.has(village.no),
      };
    }),
  }, { cache: 'public' });
}

export const longDay = (day: string): string => { const [year, month, date] = day.split('-').map(Number); return `${year}年${month}月${date}日`; };

export const publicRoutes: readonly Route[] = [
  get('/', { power: 'anyone', open: true, handle: showFront }),
  get('/board/:place', { power: 'anyone', open: true, handle: showBoard }),
  get('/board/:place/:year', { power: 'anyone', open: true, handle: showBoard }),
  get('/wall/:place', { power: 'anyone', open: true, handle: wall }),
];
