import type { Follower } from '../consents/follow.ts';
import type { CaseFollower } from '../rounds/follow-cases.ts';
import type { Unit } from '../store/unit.ts';

/** A name leaves every notice the moment its consent is withdrawn, with the salt that would let anybody prove it had been there. */
export const noticesFollowConsents: Follower = {
  async withdrawn(unit: Unit, { subjectNo, kind }) {
    if (kind === 'share') return;
    bare(unit, await unit.read('notice_entries').where({ subject: subjectNo }).whereNot('shown', '').select('notice', 'seq'));
  },
};

/** Who is not in the round after all stands on none of its notices. */
export const noticesFollowCases: CaseFollower = {
  async left(unit, round, subjects) {
    bare(unit, await unit.read('notice_entries').join('notices', 'notices.id', 'notice_entries.notice').where('notices.round', round).whereIn('notice_entries.subject', [...subjects]).whereNot('notice_entries.shown', '').select('notice_entries.notice', 'notice_entries.seq'));
  },
};

function bare(unit: Unit, named: readonly { readonly notice: string; readonly seq: number }[]): void {
  if (named.length > 0) unit.change('notice_entries', named.map(({ notice, seq }) => ({ notice, seq, shown: '', salt: '', withdrawn_at: unit.at })));
}
