import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { actorId, type Actor } from '../access/actor.ts';
import { may } from '../access/may.ts';
import type { HouseholdFollower } from '../households/follow.ts';
import { newId } from '../kit/id.ts';
import { common } from '../kit/refusals.ts';
import { dayOf } from '../kit/time.ts';
import type { Office } from '../office.ts';
import { placeByNo, placeSubject } from '../places/queries.ts';
import { roundByNo, type Round } from '../rounds/round.ts';
import { inUnit } from '../store/unit.ts';
import { Bundle, type Sealed } from './bundle.ts';
import { documents } from './documents.ts';
import { archives } from './refusals.ts';

/** How far it is; `failed`: it stopped there, and can be made again. */
export interface Progress { readonly done: number; readonly all: number; readonly failed?: true }
export interface Made extends Sealed { readonly id: string; readonly file: string }

const folderOf = (office: Pick<Office, 'config'>): string => join(office.config.dataDir, 'archives');
export const archivePath = (office: Pick<Office, 'config'>, id: string): string => join(folderOf(office), `${id}.zip`);

const underWay = new WeakMap<Office, Map<number, Progress>>();
/** How far the bundle of a round is, while it is being made. */
export const progressOf = (office: Office, round: number): Progress | undefined => underWay.get(office)?.get(round);

/** Writes everything of a closed round into one sealed file; that it was made, and its seal, stand in the ledger. A file that was not finished is as if it had never been begun. */
export async function makeArchive(office: Office, actor: Actor, roundNo: number, say: (progress: Progress) => void = () => undefined): Promise<Made> {
  const round = await roundByNo(office.read, roundNo);
  const subject = placeSubject(await placeByNo(office.read, round.place_no));
  const leave = may(actor, 'round.archive', subject);
  if (leave !== true) common.refuse('not-allowed', { why: leave });
  if (round.closed_on === null) archives.refuse('archive-open');
  const running = underWay.get(office) ?? new Map<number, Progress>();
  underWay.set(office, running);
  const before = running.get(round.no);
  if (before !== undefined && before.failed !== true) archives.refuse('archive-making');
  let progress: Progress = { done: 0, all: 0 };
  const told = (now: Progress): void => { progress = now; running.set(round.no, now); say(now); };
  told(progress);
  try {
    const made = await write(office, round, told);
    try {
      await inUnit(office, actor, [`round:${round.no}`], async unit => {
        unit.require('round.archive', subject);
        // Opened again meanwhile: what was written is of a round that is not over.
        if ((await roundByNo(unit.read, round.no)).closed_on === null) archives.refuse('archive-open');
        const { file: _file, ...kept } = made;
        unit.insert('archives', { ...kept, round: round.no, made_on: unit.day, at: unit.at, by: actorId(actor) });
        unit.record({ act: 'round.archived', power: 'round.archive', subject });
      });
    } catch (error) {
      await rm(made.file, { force: true });
      throw error;
    }
    running.delete(round.no);
    return made;
  } catch (error) {
    running.set(round.no, { ...progress, failed: true });
    throw error;
  }
}

/** Written beside its place and renamed there: it is whole or not there. */
async function write(office: Office, round: Round, told: (progress: Progress) => void): Promise<Made> {
  const [counted]: { n: number | string }[] = await office.read('cases').join('households', 'households.no', 'cases.subject').where({ 'cases.round': round.no }).count({ n: '*' });
  const all = Number(counted?.n ?? 0);
  const id = newId();
  const file = archivePath(office, id);
  await mkdir(folderOf(office), { recursive: true, mode: 0o700 });
  const bundle = new Bundle(`${file}.part`);
  try {
    let done = 0;
    for await (const { name, text } of documents(office.jobs, round, dayOf(office.clock.now()), () => { told({ done: ++done, all }); })) bundle.add(name, text);
    const sealed = await bundle.seal();
    await rename(`${file}.part`, file);
    return { id, file, ...sealed };
  } catch (error) {
    bundle.destroy();
    await rm(`${file}.part`, { force: true });
    throw error;
  }
}

/** Whoever asks to be forgotten is in no file that the office still holds; what was handed to the archives office is kept there by its own law (档案法). */
export const archivesFollowHouseholds: HouseholdFollower = {
  async erased(office) {
    for (const name of await readdir(folderOf(office)).catch(() => [])) await rm(join(folderOf(office), name), { force: true });
  },
};
