import { may } from '../access/may.ts';
import { common } from '../kit/refusals.ts';
import { placeById, placeByNo, placeNames, placeSubject } from '../places/queries.ts';
import { ratingInForce } from '../ratings/queries.ts';
import { tellWhy } from '../ratings/why.ts';
import { roundById } from '../rounds/round.ts';
import { page, type Reply } from '../web/reply.ts';
import { qr } from '../web/qr.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { titleNotices } from './notice.ts';
import { titleOf } from './queries.ts';
import { titleKinds } from './title.ts';

/**
 * What the page and the paper of a title's notice say: the conditions that are met, as the standard words them. The figures behind them are partly a bank's
 * and stay inside; a title that hangs no longer has no page.
 */
async function sheetOf({ office: { read }, params, day }: Visit) {
  const [round, place] = [await roundById(read, params['round'] ?? ''), await placeById(read, params['place'] ?? '')];
  if ((place.kind !== 'village' && place.kind !== 'township') || !place.path.startsWith(round.path)) return common.refuse('not-found');
  const title = await titleOf(read, round.no, place.no);
  const notice = (await titleNotices(read, [title], day))(title) ?? common.refuse('not-found');
  const rating = await ratingInForce(read, round.no, title.subject);
  const met = rating === undefined ? [] : (await tellWhy(read, rating)).conditions.filter(one => one.verdict === 'holds').map(one => one.rule);
  const above = (await placeByNo(read, place.parent_no ?? 0)).name;
  return {
    place, what: titleKinds[title.kind], full: (await placeNames(read, [place.no])).get(place.no)?.full ?? place.name, year: round.year, days: round.township_days, hangs: notice, met,
    above, sender: `${above}${place.kind === 'village' ? '信用评定委员会' : '信用评定领导小组'}`, url: `/titles/${round.id}/${place.id}`, objectHref: `/object/${round.id}/${place.id}`,
  };
}

async function showPublic(visit: Visit): Promise<Reply> {
  const sheet = await sheetOf(visit);
  return page('titles/public', { title: `拟命名${sheet.what}公示 ${sheet.full}`, ...sheet }, { cache: 'public' });
}

/** The sheet for the board, with the code that leads to the form. */
async function print(visit: Visit): Promise<Reply> {
  const sheet = await sheetOf(visit);
  const leave = may(visit.actor, 'round.read', placeSubject(sheet.place));
  if (leave !== true) return common.refuse('not-allowed', { why: leave });
  return page('titles/print', { title: `拟命名${sheet.what}公示 ${sheet.full}`, paper: 'a4', back: { label: '回到申报', href: sheet.url }, ...sheet, code: qr(`${visit.origin}${sheet.objectHref}`, '扫码提意见') });
}

export const publicRoutes: readonly Route[] = [
  get('/titles/:round/:place/public', { power: 'anyone', open: true, handle: showPublic }),
  get('/titles/:round/:place/print', { power: 'round.read', handle: print }),
];
