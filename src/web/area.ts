import type { Office } from '../office.ts';
import type { TableName } from '../store/tables.ts';
import type { DueSource } from './due.ts';
import type { Route } from './route.ts';

/** A job of the clock: when (cron, China time) and what; it runs once even with several processes. A long one asks `stop` between its steps: the office closes, or the job is another process's now. */
export interface Job { readonly name: string; readonly cron: string; readonly run: (office: Office, stop: AbortSignal) => Promise<void> }

/** A domain folder as the rest sees it. */
export interface Area {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly jobs?: readonly Job[];
  /** What of the area has a due day. */
  readonly dues?: readonly DueSource[];
  /** Tables of the area that hold something about a person or a rated subject: what `forget` must know. */
  readonly personal?: readonly TableName[];
}
