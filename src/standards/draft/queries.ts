import type { Knex } from 'knex';
import type { Actor } from '../../access/actor.ts';
import { may } from '../../access/may.ts';
import { common } from '../../kit/refusals.ts';
import { placeByNo, placeSubject } from '../../places/queries.ts';
import type { Body } from './edit/path.ts';

export interface Draft {
  readonly id: string; readonly county_no: number; readonly origin: string; readonly title: string; readonly seq: number; readonly shown: number;
  readonly standard: string | null; readonly dropped: 0 | 1; readonly at: string; readonly by: string;
}
export interface Step { readonly seq: number; readonly base: number; readonly shown: number; readonly address: string; readonly at: string; readonly by: string }
const columns = ['id', 'county_no', 'origin', 'title', 'seq', 'shown', 'standard', 'dropped', 'at', 'by'] as const;

export async function draftById(read: Knex, id: string): Promise<Draft> {
  const row: Draft | undefined = await read('drafts').where({ id }).first(...columns);
  return row === undefined ? common.refuse('not-found') : { ...row, county_no: Number(row.county_no) };
}

/** The draft with an id as it is now, for whoever may work on it: the drafts of other counties are nobody else's. */
export async function draftFor({ office: { read }, actor }: { readonly office: { readonly read: Knex }; readonly actor: Actor }, id = ''): Promise<{ readonly draft: Draft; readonly body: Body }> {
  const draft = await draftById(read, id);
  const leave = may(actor, 'standard.keep', placeSubject(await placeByNo(read, draft.county_no)));
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  return { draft, body: await bodyAt(read, draft.id, draft.shown) ?? common.refuse('not-found') };
}

/** Drafts that somebody still works on, the newest first. */
export const openDrafts = async (read: Knex, counties: readonly number[]): Promise<readonly Draft[]> =>
  read('drafts').whereIn('county_no', [...counties]).where({ dropped: 0 }).whereNull('standard').orderBy('at', 'desc').select(...columns);

/** The draft as it was after a step; undefined once that is no longer kept. */
export async function bodyAt(read: Knex, draft: string, seq: number): Promise<Body | undefined> {
  const row: { body: string } | undefined = await read('draft_bodies').where({ draft, seq }).first('body');
  return row === undefined ? undefined : JSON.parse(row.body) as Body;
}

/** The last steps, the newest first. */
export const stepsOf = async (read: Knex, draft: string, most: number): Promise<readonly Step[]> =>
  read('draft_steps').where({ draft }).orderBy('seq', 'desc').limit(most).select('seq', 'base', 'shown', 'address', 'at', 'by');

/** The step that going back leads to, and the one that going forward again does; undefined where there is none. */
export async function waysOf(read: Knex, { id, shown }: Pick<Draft, 'id' | 'shown'>): Promise<{ readonly back: number | undefined; readonly forth: number | undefined }> {
  const rows: { seq: number; base: number; shown: number }[] = await read('draft_steps').where({ draft: id }).where(query => query.where({ seq: shown }).orWhere({ base: shown })).select('seq', 'base', 'shown').orderBy('seq', 'desc');
  const here = rows.find(row => row.seq === shown);
  const kept: { seq: number }[] = await read('draft_bodies').where({ draft: id }).select('seq');
  const has = (seq: number | undefined): number | undefined => kept.some(row => row.seq === seq) ? seq : undefined;
  return { back: here === undefined || here.base === 0 ? undefined : has(here.base), forth: has(rows.find(row => row.shown === row.seq && row.base === shown && row.seq !== shown)?.seq) };
}
