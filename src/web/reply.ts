import type { Readable } from 'node:stream';
import type { Said } from './render.ts';

/** What a handler answers with. It is written only after the act has committed. */
export type Reply =
  | { readonly kind: 'page'; readonly view: string; readonly region: string | undefined; readonly model: PageModel; readonly status: number; readonly cache: Cache }
  | { readonly kind: 'see'; readonly url: string; readonly said: Said | undefined }
  | { readonly kind: 'json'; readonly body: unknown; readonly status: number; readonly type: string }
  | { readonly kind: 'file'; readonly body: Buffer | string | Readable; readonly mime: string; readonly name: string | undefined; readonly status: number; readonly cache: Cache };

/** `private` pages are never stored; `public` ones may be kept but are asked again each time, by their ETag. */
export type Cache = 'private' | 'public';
export interface PageModel { readonly title: string; readonly [key: string]: unknown }

interface PageOptions { readonly region?: string; readonly status?: number; readonly cache?: Cache }

/** A whole page, or its region alone when htmx asks for it; both from the one model. */
export const page = (view: string, model: PageModel, { region, status = 200, cache = 'private' }: PageOptions = {}): Reply =>
  ({ kind: 'page', view, region, model, status, cache });

/** After an act: go and look, with a sentence about what happened and, if it can be, how to take it back. */
export const seeOther = (url: string, said?: string | Said): Reply =>
  ({ kind: 'see', url, said: typeof said === 'string' ? { kind: 'done', words: said } : said });

export const json = (body: unknown, status = 200, type = 'application/json; charset=utf-8'): Reply => ({ kind: 'json', body, status, type });

/** With a name it is downloaded, without it is shown. */
export const file = (body: Buffer | string | Readable, { mime, name, cache = 'private' }: { mime: string; name?: string; cache?: Cache }): Reply =>
  ({ kind: 'file', body, mime, name, status: 200, cache });
