import type { Knex } from 'knex';
import { may, reach } from '../access/may.ts';
import type { Power } from '../access/rules.ts';
import { common } from '../kit/refusals.ts';
import { placeNames, placesBelow } from '../places/queries.ts';
import type { Visit } from '../web/visit.ts';
import { numberText } from './household.ts';
import { loadHousehold, type Loaded } from './load.ts';
import type { PlaceOption } from './form.ts';
import { householdSubject } from './subject.ts';

/** The grid worker's pages are laid out for the tablet, everybody else's for the office. */
export const usesTablet = (visit: Visit): boolean => visit.actor.kind === 'officer' && visit.actor.posts[0]?.role === 'gridWorker';

/** The household of the address, if the visitor may use the power on it. */
export async function householdFor(visit: Visit, power: Power = 'household.read', id = visit.params['id'] ?? ''): Promise<Loaded> {
  const loaded = await loadHousehold(visit.office.read, id);
  const leave = may(visit.actor, power, householdSubject(loaded.key));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  return loaded;
}

export const mayOn = (visit: Visit, loaded: Loaded, power: Power): boolean => may(visit.actor, power, householdSubject(loaded.key)) === true;

/** 马坝镇 东风村 › 021 陈广福家, every part but the last a link. */
export async function crumbsOf(visit: Visit, loaded: Loaded, last?: string): Promise<readonly { readonly label: string; readonly href?: string }[]> {
  const names = await placeNames(visit.office.read, [loaded.row.village_no]);
  const own = { label: titleOf(loaded), href: `/households/${loaded.row.id}` };
  return [{ label: names.get(loaded.row.village_no)?.full ?? '农户', href: `/households?village=${loaded.row.village_no}` }, ...last === undefined ? [{ label: own.label }] : [own, { label: last }]];
}

/** 021 陈广福家; a household that asked to be forgotten has its number only. */
export const titleOf = ({ row }: Loaded): string => row.head_name === '' ? `${numberText(row.household_no)} 号户` : `${numberText(row.household_no)} ${row.head_name}家`;

export interface Places { readonly villages: readonly PlaceOption[]; readonly groups: readonly PlaceOption[]; readonly grids: readonly PlaceOption[] }

/** Villages within reach of a power, by name and township; for one of them its groups and grids, narrowed to a grid worker's own. Kept in memory until the tree of places changes. */
export async function placesFor(visit: Visit, power: Power, village?: number): Promise<Places> {
  const { read, writer } = visit.office;
  const paths = reach(visit.actor, power);
  const version = writer.version(['places']);
  const known = remembered.get(visit.office);
  const memory: Memory = known?.version === version ? known : { version, villages: new Map(), parts: new Map() };
  if (memory !== known) remembered.set(visit.office, memory);
  // A county has hundreds of villages, whichever of them is looked at: their list is kept apart from what lies in one.
  const villages = await keptIn(memory.villages, paths.join(), () => villagesWithin(read, paths));
  const chosen = villages.find(place => place.no === village) ?? (villages.length === 1 ? villages[0] : undefined);
  return chosen === undefined ? { villages, groups: [], grids: [] } : { villages, ...await keptIn(memory.parts, `${paths.join()} ${chosen.no}`, () => partsOf(read, paths, chosen.path)) };
}

type Village = PlaceOption & { readonly path: string };
type Parts = Omit<Places, 'villages'>;
interface Memory { readonly version: number; readonly villages: Map<string, readonly Village[]>; readonly parts: Map<string, Parts> }
const mostRemembered = 500;
const remembered = new WeakMap<object, Memory>();

async function keptIn<T>(kept: Map<string, T>, asked: string, find: () => Promise<T>): Promise<T> {
  const known = kept.get(asked);
  if (known !== undefined) return known;
  const found = await find();
  if (kept.size >= mostRemembered) kept.clear();
  kept.set(asked, found);
  return found;
}

async function partsOf(read: Knex, paths: readonly string[], village: string): Promise<Parts> {
  const [groups, grids] = await Promise.all([placesBelow(read, village, 'group'), placesBelow(read, village, 'grid')]);
  const whole = paths.some(path => village.startsWith(path));
  return { groups, grids: whole ? grids : grids.filter(grid => paths.some(path => grid.path.startsWith(path))) };
}

async function villagesWithin(read: Knex, paths: readonly string[]): Promise<readonly Village[]> {
  const own = paths.map(path => /^.*\/v\d+\//.exec(path)?.[0] ?? path);
  const lists = await Promise.all([...new Set(own)].map(path => placesBelow(read, path, 'village')));
  const villages = [...new Map(lists.flat().map(place => [place.no, place])).values()];
  const names = await placeNames(read, villages.map(place => place.no));
  return villages.map(({ no, name, path }) => ({ no, name: names.get(no)?.full ?? name, path }));
}
