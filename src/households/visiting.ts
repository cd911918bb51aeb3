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
  const kept = remembered.get(visit.office);
  const memory = kept?.version === version ? kept.lists : new Map<string, Places>();
  if (memory !== kept?.lists) remembered.set(visit.office, { version, lists: memory });
  const asked = `${paths.join()} ${village ?? ''}`;
  const known = memory.get(asked);
  if (known !== undefined) return known;
  const found = await placesWithin(read, paths, village);
  if (memory.size >= mostRemembered) memory.clear();
  memory.set(asked, found);
  return found;
}

const mostRemembered = 500;
const remembered = new WeakMap<object, { readonly version: number; readonly lists: Map<string, Places> }>();

async function placesWithin(read: Knex, paths: readonly string[], village: number | undefined): Promise<Places> {
  const villages = await villagesWithin(read, paths);
  const names = await placeNames(read, villages.map(place => place.no));
  const chosen = villages.find(place => place.no === village) ?? (villages.length === 1 ? villages[0] : undefined);
  if (chosen === undefined) return { villages: villages.map(place => ({ no: place.no, name: names.get(place.no)?.full ?? place.name })), groups: [], grids: [] };
  const [groups, grids] = [await placesBelow(read, chosen.path, 'group'), await placesBelow(read, chosen.path, 'grid')];
  const whole = paths.some(path => chosen.path.startsWith(path));
  return {
    villages: villages.map(place => ({ no: place.no, name: names.get(place.no)?.full ?? place.name })),
    groups, grids: whole ? grids : grids.filter(grid => paths.some(path => grid.path.startsWith(path))),
  };
}

async function villagesWithin(read: Knex, paths: readonly string[]): Promise<readonly { readonly no: number; readonly name: string; readonly path: string }[]> {
  const own = paths.map(path => /^.*\/v\d+\//.exec(path)?.[0] ?? path);
  const lists = await Promise.all([...new Set(own)].map(path => placesBelow(read, path, 'village')));
  return [...new Map(lists.flat().map(place => [place.no, place])).values()];
}
