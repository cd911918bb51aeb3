import type { Knex } from 'knex';
import { may, reach } from '../access/may.ts';
import { within } from '../access/subject.ts';
import type { Actor } from '../access/actor.ts';
import { common } from '../kit/refusals.ts';
import { ancestorNo, type Place } from '../places/place.ts';
import { placeSubject } from '../places/queries.ts';
import type { Round } from '../rounds/round.ts';
import type { Standard } from '../standards/standard.ts';
import type { Cell, Owed } from './cell.ts';
import type { UnfitItem } from './own-items.ts';
import { placesOfRound } from './round-places.ts';
import type { TitleChange } from './simulation.ts';

/** What came of trying a standard, as far as one reader may see it: kept in tables or just counted, it is shown alike. */
export interface Outlook {
  /** Standards of households on both sides; the same where another kind was tried. */
  readonly before: Standard; readonly after: Standard;
  /** Standards of titles on both sides. */
  readonly titles: Readonly<Record<'village' | 'township', { readonly before: Standard; readonly after: Standard }>>;
  readonly villages: readonly Place[];
  readonly townships: readonly Place[];
  readonly cells: readonly Cell[]; readonly owed: readonly Owed[]; readonly changes: readonly TitleChange[];
  /** Villages' own items for which the standard tried leaves no room. */
  readonly unfit: readonly UnfitItem[];
  /** Villages whose households the reader looks after. */
  readonly sees: ReadonlySet<number>;
}

/** Villages of a place in a round that a reader may know about, and which of them he looks after. A township sees its own part of a county's scenario and no other. */
export async function seen(read: Knex, actor: Actor, round: Pick<Round, 'closed_on'>, path: string): Promise<Pick<Outlook, 'villages' | 'townships' | 'sees'>> {
  const paths = reach(actor, 'simulation.read');
  if (!paths.some(own => within(path, own) || within(own, path))) common.refuse('not-allowed', { why: '不在您的片区' });
  const isSeen = (place: Place): boolean => paths.some(own => within(place.path, own));
  const [villages, townships] = [(await placesOfRound(read, round, path, 'village')).filter(isSeen), (await placesOfRound(read, round, path, 'township')).filter(isSeen)];
  return { villages, townships, sees: new Set(villages.filter(village => may(actor, 'household.read', placeSubject(village)) === true).map(village => village.no)) };
}

/** The part of an outlook that lies in some of its villages. */
export function partOf(outlook: Outlook, villages: readonly Place[]): Outlook {
  const own = new Set(villages.map(village => village.no));
  const towns = outlook.townships.filter(township => outlook.villages.filter(village => ancestorNo(village.path, 'township') === township.no).every(village => own.has(village.no)));
  const known = new Set([...own, ...towns.map(township => township.no)]);
  return {
    ...outlook, villages, townships: towns, cells: outlook.cells.filter(cell => own.has(cell.village)), owed: outlook.owed.filter(owed => own.has(owed.village)),
    unfit: outlook.unfit.filter(item => own.has(item.village)), changes: outlook.changes.filter(change => known.has(change.place)), sees: new Set([...outlook.sees].filter(no => own.has(no))),
  };
}
