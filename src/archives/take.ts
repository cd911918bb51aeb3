import { existsSync } from 'node:fs';
import type { Actor } from '../access/actor.ts';
import { common } from '../kit/refusals.ts';
import type { Day } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import type { Round } from '../rounds/round.ts';
import { inUnit } from '../store/unit.ts';
import { archivePath } from './make.ts';
import { archives } from './refusals.ts';

/** The bundle leaves the office: that it did is in the ledger before the first byte does. Answers where it lies, and the day it was made. */
export async function takeArchive(office: Office, actor: Actor, { round, id }: { readonly round: Round; readonly id: string }): Promise<{ readonly path: string; readonly madeOn: Day }> {
  const subject = placeSubject(await placeByNo(office.read, round.place_no));
  return inUnit(office, actor, [], async unit => {
    unit.require('round.archive', subject);
    const row: { made_on: Day } | undefined = await unit.read('archives').where({ round: round.no, id }).first('made_on');
    if (row === undefined) return common.refuse('not-found');
    if (!existsSync(archivePath(office, id))) archives.refuse('archive-gone');
    unit.record({ act: 'round.archive-taken', power: 'round.archive', subject });
    return { path: archivePath(office, id), madeOn: row.made_on };
  });
}
