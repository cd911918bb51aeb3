import type { CaseFollower } from '../rounds/follow-cases.ts';
import { undecided } from './queries.ts';

/** A proposal that nobody has decided on cannot be decided once the round is over. */
export const awardsFollowCases: CaseFollower = {
  async unfinished(read, round) {
    const [row]: { n: number | string }[] = await read('award_changes').where({ round }).whereNotExists(undecided(read)).count({ n: '*' });
    return Number(row?.n ?? 0) === 0 ? [] : [`${Number(row?.n)} 件年审、变动还没有定，结束以后不能再定。`];
  },
};
