import type { Knex } from 'knex';
import type { HouseholdFollower } from '../households/follow.ts';
import type { PlaceFollower } from '../places/follow.ts';
import { openRoundsOver } from '../rounds/round.ts';
import type { Unit } from '../store/unit.ts';

/** What ratings in force do when villages are joined: in rounds under way they are counted where their households now stand. What was kept of each rating stays as it was. */
export const ratingsFollowPlaces: PlaceFollower = {
  keys: async read => (await openRounds(read)).map(round => `ratings:${round}`),
  async merged(unit: Unit, { from, into }) {
    if (from.kind !== 'village' && from.kind !== 'township') return;
    const rows: { round: number; subject: number }[] = await unit.read('current_ratings').whereIn('round', await openRounds(unit.read)).where({ village: from.no }).select('round', 'subject');
    unit.change('current_ratings', rows.map(row => ({ ...row, village: into.no })));
  },
};

/** The same when one household moves. Where it has no rating nothing is met; one that comes into force meanwhile takes the village of its case. A round that does not reach there keeps it where it was. */
export const ratingsFollowHouseholds: HouseholdFollower = {
  async moved(unit, { no, village_no, path }) {
    unit.change('current_ratings', (await openRoundsOver(unit.read, path)).map(round => ({ round, subject: no, village: village_no })));
  },
};

const openRounds = async (read: Knex): Promise<readonly number[]> => (await read('rounds').whereNull('closed_on').select<{ no: number }[]>('no')).map(round => round.no);
