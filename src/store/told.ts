import type { Dialect } from './dialect.ts';
import { common } from '../kit/refusals.ts';
import { stored } from './refusals.ts';

/** A full or read-only disk, as files report it. */
const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE']);

/** Tables whose rows are counted on from the last one seen: a number that is taken means that somebody else went on in between. */
const running = /^(marks|sheets|ratings|roll_entries)[._]/;

/** What the database or the disk says no to, as a refusal in our words; any other error comes back as it is. */
export function told(dialect: Pick<Dialect, 'uniqueFault' | 'isForeignFault' | 'isBusy'>, error: unknown): unknown {
  try {
    const unique = dialect.uniqueFault(error);
    if (unique !== undefined && running.test(unique)) common.refuse('changed-meanwhile');
    if (unique !== undefined) stored.refuse('taken', { rule: unique });
    if (dialect.isForeignFault(error)) stored.refuse('still-used');
    if (dialect.isBusy(error) || isNoRoom(error) || isWaitedOut(error)) stored.refuse('storage-full');
  } catch (refusal) { return refusal; }
  return error;
}

/** Nobody gave a connection back in time. */
const isWaitedOut = (error: unknown): boolean => error instanceof Error && error.name === 'KnexTimeoutError';
const isNoRoom = (error: unknown): boolean => error instanceof Error && noRoom.has(String((error as NodeJS.ErrnoException).code));
