import type { Knex } from 'knex';
import type { Follower } from '../consents/follow.ts';
import type { HouseholdFollower } from '../households/follow.ts';
import type { HouseholdKey } from '../households/subject.ts';
import type { PlaceFollower } from '../places/follow.ts';
import type { Place } from '../places/place.ts';
import type { Unit } from '../store/unit.ts';
import { admitHousehold } from './admit.ts';
import { left, recalled } from './follow-cases.ts';
import { decidedStandings, isDecided, standingAfter } from './case.ts';
import { caseColumns, mark, type Case } from './mark.ts';
import { openRoundsOver } from './round.ts';

const casesOf = (unit: Unit, subject: number) => unit.read('cases').join('rounds', 'rounds.no', 'cases.round').where('cases.subject', subject);
const columns = caseColumns.map(column => `cases.${column}`);
/** The cases of a household in rounds under way. */
const openCases = async (unit: Unit, subject: number): Promise<readonly Case[]> => casesOf(unit, subject).whereNull('rounds.closed_on').select(...columns);

/**
 * A household that is gone is rated no more. What was decided of it stays decided, so that the year's figures can be reckoned again;
 * but nothing speaks for it any longer: its name leaves notices and rolls, its certificates lapse, in rounds that are over too.
 */
async function leave(unit: Unit, household: HouseholdKey): Promise<void> {
  const decided: Case[] = await casesOf(unit, household.no).whereIn('cases.standing', [...decidedStandings]).select(...columns);
  await recalled(unit, decided, 'gone');
  mark(unit, decided.filter(one => one.standing === 'published'), { mark: 'unpublished', track: 'household' });
  await excuseMoved(unit, await openCases(unit, household.no));
}

async function excuseMoved(unit: Unit, cases: readonly Case[]): Promise<void> {
  const leaving = undecided(cases);
  mark(unit, leaving, { mark: 'excused', track: 'household', reason: 'moved', body: () => ({ reason: 'moved' }) });
  await left(unit, leaving);
}

const undecided = (cases: readonly Case[]): readonly Case[] => cases.filter(one => !isDecided(one.standing) && standingAfter('household', one.standing, 'excused', false) !== undefined);

/** What cases do when a household changes its shape. */
export const roundsFollowHouseholds: HouseholdFollower = {
  /** A round that does not reach where it lives now goes on without it: the one over there admits it by itself. */
  async moved(unit, household) {
    const [cases, over] = [await openCases(unit, household.no), new Set(await openRoundsOver(unit.read, household.path))];
    await excuseMoved(unit, cases.filter(one => !over.has(one.round)));
    unit.change('cases', cases.filter(one => over.has(one.round)).map(one => ({ round: one.round, subject: one.subject, village: household.village_no, grid: household.grid_no, group: household.group_no, changed_at: unit.at })));
  },
  merged: (unit, { from }) => leave(unit, from),
  async split(unit, { from, made }) {
    for (const one of await openCases(unit, from.no)) await admitHousehold(unit, { no: one.round }, made);
  },
  closed: leave,
  forgotten: leave,
};

/** Nobody is rated without consent: a case under way becomes 未参评 the moment it is withdrawn. What was decided while it stood stays decided. */
export const roundsFollowConsents: Follower = {
  async withdrawn(unit, { subjectNo, kind }) {
    if (kind !== 'rate') return;
    const cases = undecided(await openCases(unit, subjectNo));
    mark(unit, cases, { mark: 'excused', track: 'household', reason: 'noConsent', body: () => ({ reason: 'noConsent' }) });
  },
};

/** What cases do when places are joined: they stand where their households now stand, and the titles of villages where their township does. */
export const roundsFollowPlaces: PlaceFollower = {
  async keys(read, from) {
    const [cases, rounds] = await Promise.all([casesAt(read, from).join('subjects', 'subjects.no', 'cases.subject').select<{ id: string }[]>('subjects.id'), read('rounds').whereNull('closed_on').select<{ no: number }[]>('no')]);
    return [...cases.map(one => `household:${one.id}`), ...rounds.map(round => `round-cases:${round.no}`)];
  },
  async merged(unit, { from, into }) {
    const cases: { round: number; subject: number }[] = await casesAt(unit.read, from).select('cases.round', 'cases.subject');
    unit.change('cases', cases.map(one => ({ ...one, [columnOf(from)]: into.no, changed_at: unit.at })));
  },
};

const columnOf = ({ kind }: Pick<Place, 'kind'>): 'grid' | 'group' | 'village' => kind === 'grid' || kind === 'group' ? kind : 'village';
/** Cases that stand at a place, in rounds under way. */
const casesAt = (read: Knex, from: Place): Knex.QueryBuilder => read('cases').join('rounds', 'rounds.no', 'cases.round').whereNull('rounds.closed_on').where(`cases.${columnOf(from)}`, from.no);
