import type { Knex } from 'knex';

/** Cases that name another sheet as their last than the one that is: none, whatever was done. */
export const wrongLastSheets = (read: Knex): Promise<readonly unknown[]> =>
  read('cases as c').whereRaw('c.sheet <> (select coalesce(max(s.seq), 0) from sheets as s where s.round = c.round and s.subject = c.subject)').select('c.round', 'c.subject', 'c.sheet');
