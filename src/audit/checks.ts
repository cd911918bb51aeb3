import type { Knex } from 'knex';
import { checkNotices } from '../notices/proof.ts';
import { recheckRatings } from '../ratings/recheck.ts';

/** A proof that an area adds to the walk: recomputes what it keeps and names what differs. */
export interface Check {
  readonly title: string;
  readonly run: (read: Knex) => Promise<{ readonly looked: number; readonly wrong: readonly string[] }>;
}

/** The proofs beyond chains and rows, in the order of the areas. */
export const checks: readonly Check[] = [
  {
    title: '评定结果逐户重算',
    async run(read) {
      const { checked, wrong } = await recheckRatings({ jobs: read });
      return { looked: checked, wrong: wrong.map(one => `批次 ${one.round}，对象 ${one.subject}，第 ${one.revision} 次结果`) };
    },
  },
  { title: '公示逐行重算', run: checkNotices },
];
