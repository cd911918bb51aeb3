import type { Knex } from 'knex';
import { ancestorNo, type Place } from '../places/place.ts';
import { placeColumns } from '../places/queries.ts';
import { creditOf, type Entry, type Figures } from './roll.ts';

// What a visitor without an account can reach: only tables and columns made to be shown (test/laws/rolls).

export interface Roll { readonly id: string; readonly round: number; /** The round's id, for addresses. */ readonly round_id: string; readonly place_no: number; readonly place: string; readonly year: number; readonly published_on: string; readonly valid_until: string; readonly hash: string; readonly figures: Figures; readonly withdrawn_reason: string | null }

interface RollRow extends Omit<Roll, 'figures'> { readonly figures: string }

/** Rolls that a place stands on or holds, newest year first: a village looks up to its township, a county down to its townships. */
export async function rollsAt(read: Knex, place: Pick<Place, 'path'>): Promise<readonly Roll[]> {
  const rows: (RollRow & { path: string })[] = await read('rolls').join('places', 'places.no', 'rolls.place_no').join('rounds', 'rounds.no', 'rolls.round')
    .orderBy('rounds.year', 'desc').orderBy('rolls.published_on', 'desc').orderBy('rolls.at', 'desc')
    .select('rolls.id', 'rolls.round', 'rounds.id as round_id', 'rolls.place_no', 'places.name as place', 'places.path', 'rounds.year', 'rolls.published_on', 'rolls.valid_until', 'rolls.hash', 'rolls.figures', 'rolls.withdrawn_reason');
  return rows.filter(row => place.path.startsWith(row.path) || row.path.startsWith(place.path)).map(({ path: _path, figures, ...row }) => ({ ...row, figures: outOnly(JSON.parse(figures) as Figures) }));
}

/** A township publishes village after village: one that is still being rated stands on no roll yet, and last year's stays its own. */
const outOnly = (figures: Figures): Figures => ({ ...figures, villages: figures.villages.filter(village => creditOf(village) > 0) });

/** How many households these rolls name now, by round and place: whoever withdrew or is looked at anew is counted no longer, or a gap would tell of them. */
export async function namedOn(read: Knex, rolls: readonly Pick<Roll, 'id'>[]): Promise<(at: { readonly round: number; readonly no: number }) => number> {
  const rows: { round: number; place_no: number; n: number | string }[] = rolls.length === 0 ? [] : await read('roll_entries').join('rolls', 'rolls.id', 'roll_entries.roll')
    .whereIn('rolls.id', rolls.map(roll => roll.id)).whereNull('rolls.withdrawn_at').where('roll_entries.kind', 'household').whereNot('roll_entries.shown', '')
    .groupBy('rolls.round', 'roll_entries.place_no').select('rolls.round', 'roll_entries.place_no').count({ n: '*' });
  const counts = new Map(rows.map(row => [`${row.round} ${row.place_no}`, Number(row.n)]));
  return ({ round, no }) => counts.get(`${round} ${no}`) ?? 0;
}

/** Entries of a roll that may still be shown, in their printed order; with a village, those of it alone. */
export async function entriesOf(read: Knex, roll: string, villageNo?: number): Promise<readonly Entry[]> {
  return read('roll_entries').where({ roll, ...villageNo === undefined ? {} : { place_no: villageNo } }).whereNot('shown', '')
    .orderBy('seq').select('seq', 'kind', 'place_no', 'group_name', 'shown', 'grade_code', 'grade');
}

export async function titlesOf(read: Knex, rolls: readonly string[]): Promise<readonly Entry[]> {
  if (rolls.length === 0) return [];
  return read('roll_entries').whereIn('roll', [...rolls]).whereIn('kind', ['village', 'township']).whereNot('shown', '')
    .orderBy('seq').select('seq', 'kind', 'place_no', 'group_name', 'shown', 'grade_code', 'grade');
}

export interface NoticeInForce { readonly id: string; readonly place: string; readonly year: number; readonly stage: 'village' | 'township' | 'final'; readonly posted_on: string; readonly until: string; readonly where_posted: string; readonly path: string }

/** Notices to which one may object today, the soonest end first. */
export async function noticesInForce(read: Knex, place: Pick<Place, 'path'>, day: string): Promise<readonly NoticeInForce[]> {
  const rows: NoticeInForce[] = await read('notices').join('places', 'places.no', 'notices.place_no').join('rounds', 'rounds.no', 'notices.round')
    .where('notices.until', '>=', day).whereNull('notices.ended_on').whereNull('notices.unposted_on').orderBy('notices.until').orderBy('notices.id')
    .select('notices.id', 'places.name as place', 'places.path', 'rounds.year', 'notices.stage', 'notices.posted_on', 'notices.until', 'notices.where_posted');
  return rows.filter(row => row.path.startsWith(place.path) || place.path.startsWith(row.path));
}

/** Townships and villages that have something to show, for the front page: places covered by a round. */
export async function boardPlaces(read: Knex): Promise<readonly Place[]> {
  const covered: { path: string }[] = await read('rounds').join('places', 'places.no', 'rounds.place_no').distinct('places.path');
  const paths = covered.map(row => row.path).filter((path, at, all) => !all.some((other, index) => index !== at && path.startsWith(other)));
  if (paths.length === 0) return [];
  return read('places').whereIn('kind', ['county', 'township', 'village']).where({ hidden: 0 }).whereNull('until')
    .where(below => { for (const path of paths) void below.orWhere('path', 'like', `${path}%`); }).orderBy('sort').orderBy('no').select(...placeColumns);
}

export async function publicPlace(read: Knex, id: string): Promise<Place | undefined> {
  return read('places').where({ id }).whereIn('kind', ['county', 'township', 'village']).first(...placeColumns);
}

/** The names above a place, widest first: 盱眙县马坝镇. */
export async function placeAbove(read: Knex, place: Place): Promise<string> {
  const nos = (['county', 'township'] as const).map(kind => ancestorNo(place.path, kind)).filter(no => no !== undefined && no !== place.no);
  const rows: { no: number; name: string }[] = await read('places').whereIn('no', nos as number[]).select('no', 'name');
  return nos.map(no => rows.find(row => row.no === no)?.name ?? '').join('');
}
