import { nameFor } from '../kit/mask.ts';
import { common } from '../kit/refusals.ts';
import { placeById, placeNames } from '../places/queries.ts';
import { page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { openPledges } from './queries.ts';
import { currentText, offered } from './texts.ts';

/** For anybody: who of a village gave their word and wants it known. */
async function showPublic(visit: Visit): Promise<Reply> {
  const { read } = visit.office;
  const place = await placeById(read, visit.params['place'] ?? '');
  if (place.kind !== 'village' || place.hidden === 1) return common.refuse('not-found');
  const names = await placeNames(read, [place.no]);
  const rows = await openPledges(read, place.no, visit.day);
  return page('pledges/public', {
    title: `${place.name}的承诺`, heading: `${names.get(place.no)?.full ?? place.name}的承诺`, back: `/board/${place.id}`,
    groups: offered.map(purpose => ({ title: currentText(purpose).title, lines: currentText(purpose).paragraphs.filter(paragraph => !paragraph.includes('{')), rows: rows.filter(row => row.purpose === purpose).map(row => ({ name: nameFor('public', row.name), group: row.group ?? '', on: row.signed_on })) })).filter(group => group.rows.length > 0),
  });
}

export const publicRoutes: readonly Route[] = [get('/board/:place/pledges', { power: 'anyone', handle: showPublic })];
