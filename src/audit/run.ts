import { reach } from '../access/may.ts';
import type { Actor } from '../access/actor.ts';
import type { Subject } from '../access/subject.ts';
import type { Office } from '../office.ts';
import { inUnit } from '../store/unit.ts';
import type { Verified } from './verified.ts';
import { verify } from './verify.ts';

const setting = 'ledger.verified';

export interface Running { readonly done: number; readonly all: number }
const running = new WeakMap<object, { progress: Running; readonly ended: Promise<void> }>();

/** How far a walk that is under way has come; undefined when none is. */
export const walking = (office: Office): Running | undefined => running.get(office)?.progress;

/** Starts a walk in the background, unless one is under way; resolves when it has ended and its result is kept. Stopped on the way, it keeps none. */
export function startVerify(office: Office, actor: Actor, stop?: AbortSignal): Promise<void> {
  const under = running.get(office);
  if (under !== undefined) return under.ended;
  const state: { progress: Running; ended: Promise<void> } = { progress: { done: 0, all: 0 }, ended: Promise.resolve() };
  running.set(office, state);
  state.ended = verify(office, progress => { stop?.throwIfAborted(); state.progress = progress; }).then(verified => keepVerified(office, actor, verified)).finally(() => { running.delete(office); });
  return state.ended;
}

/** The last result, shown until the next walk; that there was one is itself in the ledger. */
export async function keepVerified(office: Office, actor: Actor, verified: Verified): Promise<void> {
  await inUnit(office, actor, ['ledger-verified'], async unit => {
    const paths = reach(actor, 'ledger.verify');
    const subject: Subject = { id: 'office', paths: paths.length === 0 ? ['/'] : paths };
    unit.require('ledger.verify', subject);
    unit.put('settings', { name: setting, value: JSON.stringify(verified) });
    unit.record({ act: 'ledger.verified', power: 'ledger.verify', subject });
  });
}

export async function lastVerified(office: Pick<Office, 'read'>): Promise<Verified | undefined> {
  const row: { value: string } | undefined = await office.read('settings').where({ name: setting }).first('value');
  return row === undefined ? undefined : JSON.parse(row.value) as Verified;
}
