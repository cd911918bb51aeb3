import type { Follower } from '../consents/follow.ts';
import type { HouseholdFollower } from '../households/follow.ts';
import type { HouseholdKey } from '../households/subject.ts';
import type { PlaceFollower } from '../places/follow.ts';
import type { Unit } from '../store/unit.ts';
import { admitHousehold } from './admit.ts';
import { left } from './follow-cases.ts';
import { standingAfter } from './case.ts';
import { caseColumns, mark, type Case } from './mark.ts';

/** The cases of a household in rounds under way. */
const openCases = async (unit: Unit, subject: number): Promise<readonly Case[]> =>
  unit.read('cases').join('rounds', 'rounds.no', 'cases.round').whereNull('rounds.closed_on').where('cases.subject', subject).select(...caseColumns.map(column => `cases.${column}`));

/** A household that is gone is not rated; a result that is final stays what it is. */
async function leave(unit: Unit, household: HouseholdKey): Promise<void> {
  const cases = await openCases(unit, household.no);
  const leaving = cases.filter(one => one.standing !== 'approved' && one.standing !== 'published' && standingAfter('household', one.standing, 'excused', false) !== undefined);
  mark(unit, leaving, { mark: 'excused', track: 'household', reason: 'moved', body: () => ({ reason: 'moved' }) });
  await left(unit, leaving);
}

/** What cases do when a household changes its shape. */
export const roundsFollowHouseholds: HouseholdFollower = {
  async moved(unit, household) {
    const cases = await openCases(unit, household.no);
    unit.change('cases', cases.map(one => ({ round: one.round, subject: one.subject, village: household.village_no, grid: household.grid_no, group: household.group_no, changed_at: unit.at })));
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
    const cases = (await openCases(unit, subjectNo)).filter(one => one.standing !== 'approved' && one.standing !== 'published' && standingAfter('household', one.standing, 'excused', false) !== undefined);
    mark(unit, cases, { mark: 'excused', track: 'household', reason: 'noConsent', body: () => ({ reason: 'noConsent' }) });
  },
};

/** What cases do when places are joined: they stand where their households now stand. */
export const roundsFollowPlaces: PlaceFollower = {
  async merged(unit, { from, into }) {
    const column = from.kind === 'village' || from.kind === 'township' ? 'village' : from.kind === 'grid' ? 'grid' : from.kind === 'group' ? 'group' : undefined;
    if (column === undefined) return;
    const cases: { round: number; subject: number }[] = await unit.read('cases').join('rounds', 'rounds.no', 'cases.round').whereNull('rounds.closed_on').where(`cases.${column}`, from.no).select('cases.round', 'cases.subject');
    unit.change('cases', cases.map(one => ({ ...one, [column]: into.no, changed_at: unit.at })));
  },
};
