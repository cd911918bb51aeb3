import type { Follower } from '../consents/follow.ts';
import type { Unit } from '../store/unit.ts';

/** A name leaves every notice the moment its consent is withdrawn, with the salt that would let anybody prove it had been there. */
export const noticesFollowConsents: Follower = {
  async withdrawn(unit: Unit, { subjectNo, kind }) {
    if (kind === 'share') return;
    const named: { notice: string; seq: number }[] = await unit.read('notice_entries').where({ subject: subjectNo }).whereNot('shown', '').select('notice', 'seq');
    if (named.length > 0) unit.change('notice_entries', named.map(({ notice, seq }) => ({ notice, seq, shown: '', salt: '', withdrawn_at: unit.at })));
  },
};
