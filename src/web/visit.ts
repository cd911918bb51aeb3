import type { Actor } from '../access/actor.ts';
import type { Raw } from '../kit/form.ts';
import type { Day, Instant } from '../kit/time.ts';
import type { Office } from '../office.ts';

/** A file that came with a form, already on disk and within its bound; removed when the answer is out unless an act kept it. */
export interface Upload { readonly field: string; readonly name: string; readonly mime: string; readonly path: string; readonly bytes: number }

/** Who a cookie belongs to. */
export interface Identity {
  readonly actor: Actor;
  /** Digest of the cookie: the session's id. */
  readonly session: string;
  readonly mustChange: boolean;
}

/** One request as a handler sees it: who, when, what was asked, what was typed. */
export interface Visit {
  readonly office: Office;
  readonly actor: Actor;
  readonly session: string | undefined;
  readonly at: Instant;
  readonly day: Day;
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  /** Path with query, as asked for. */
  readonly url: string;
  readonly origin: string;
  /** Came through our own secure door. */
  readonly secure: boolean;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly raw: Raw;
  readonly files: readonly Upload[];
  readonly address: string;
  /** htmx asks for a region instead of a page. */
  readonly partial: boolean;
  readonly large: boolean;
  readonly csrf: string;
  /** The address of this page (or of `path`) asked with these fields: sealed, since an address is no place for what people are looked for by. */
  link(fields: Readonly<Record<string, string | undefined>>, path?: string): string;
  setCookie(name: string, value: string | null, options?: { days?: number }): void;
  cookie(name: string): string | undefined;
}
