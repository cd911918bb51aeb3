import type { Follower } from '../consents/follow.ts';
import type { CaseFollower } from '../rounds/follow-cases.ts';
import type { Unit } from '../store/unit.ts';

/** Why a line has no name any more. With its consent gone a household still has its result, by letter; otherwise the line speaks of no result. */
export type Withdrawal = 'consent' | 'left' | 'reopened' | 'gone';
export const tellsResult = (why: Withdrawal | null): boolean => why === null || why === 'consent';

/** A name leaves every notice the moment its consent is withdrawn, with the salt that would let anybody prove it had been there. */
export const noticesFollowConsents: Follower = {
  async withdrawn(unit, { subjectNo, kind }) {
    if (kind === 'share') return;
    bare(unit, await unit.read('notice_entries').where({ subject: subjectNo }).whereNot('shown', '').select('notice', 'seq'), 'consent');
  },
};

export const noticesFollowCases: CaseFollower = {
  /** Who is not in the round after all stands on none of its notices. */
  async left(unit, round, subjects) {
    bare(unit, await lines(unit, round, subjects).select('notice_entries.notice', 'notice_entries.seq'), 'left');
  },
  /** A result that holds no longer leaves what hangs now and every final announcement; what ran out before hung rightly, and is shown to nobody. */
  async recalled(unit, round, subjects, why) {
    bare(unit, await lines(unit, round, subjects).whereNull('notices.unposted_on').where(any => { void any.where('notices.stage', 'final').orWhere('notices.until', '>=', unit.day); }).select('notice_entries.notice', 'notice_entries.seq'), why === 'gone' ? 'gone' : 'reopened');
  },
};

const lines = (unit: Unit, round: number, subjects: readonly number[]) =>
  unit.read('notice_entries').join('notices', 'notices.id', 'notice_entries.notice').where('notices.round', round).whereIn('notice_entries.subject', [...subjects]);

function bare(unit: Unit, found: readonly { readonly notice: string; readonly seq: number }[], why: Withdrawal): void {
  if (found.length > 0) unit.change('notice_entries', found.map(({ notice, seq }) => ({ notice, seq, shown: '', salt: '', withdrawn_at: unit.at, withdrawn_for: why })));
}
