import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionContext } from 'ava';
import { openApp } from '../../src/app.ts';
import type { Office } from '../../src/office.ts';
import { newCookie, sessionId } from '../../src/people/sessions.ts';
import { keepHouse } from '../../src/store/housekeeping.ts';
import { tokenFor } from '../../src/web/csrf.ts';
import { openServer } from '../../src/web/server.ts';
import { officerId, type Person, type Village } from './village.ts';

/** An answer as a person sees it. */
export interface Page {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
  readonly location: string | null;
  /** Value and fault of a form field by name, as the page shows them. */
  field(name: string): { input: string | undefined; fault: string | undefined };
}

export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Page>;
  /** Posts a form as the browser would, token included. */
  post(path: string, fields?: Record<string, string | readonly string[]>, headers?: Record<string, string>): Promise<Page>;
  upload(path: string, fields: Record<string, string>, files: Record<string, { name: string; type: string; body: Uint8Array<ArrayBuffer> | string }>): Promise<Page>;
  readonly cookie: string;
}

/** The office over HTTP on a free port; closed in teardown. */
export async function serve(t: Pick<ExecutionContext, 'teardown'>, office: Office): Promise<string> {
  const server: Server = openServer(openApp(office).callback());
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve); });
  t.teardown(() => new Promise<void>(resolve => { server.closeAllConnections(); server.close(() => { resolve(); }); }));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Signs in a person of the cast (or nobody) and walks the pages as they would. */
export async function visitor(office: Office, origin: string, who?: Person): Promise<Visitor> {
  const owner = newCookie();
  if (who !== undefined) {
    const at = office.clock.now();
    await keepHouse(office, 'put', 'sessions', [{ id: sessionId(owner), officer: officerId(who), started_at: at, seen_at: at }]);
  }
  const cookie = who === undefined ? `xx_v=${owner}` : `xx_s=${owner}`;
  const token = tokenFor(office.secrets.csrfKey, owner);
  const send = async (path: string, init: RequestInit): Promise<Page> => {
    const answer = await fetch(origin + path, { ...init, redirect: 'manual', headers: { cookie, ...init.headers as Record<string, string> } });
    const body = await answer.text();
    return { status: answer.status, body, headers: answer.headers, location: answer.headers.get('location'), field: name => fieldIn(body, name) };
  };
  return {
    cookie,
    get: (path, headers = {}) => send(path, { headers }),
    post(path, fields = {}, headers = {}) {
      const body = new URLSearchParams({ _csrf: token });
      for (const [name, value] of Object.entries(fields)) for (const one of Array.isArray(value) ? value as readonly string[] : [value as string]) body.append(name, one);
      return send(path, { method: 'POST', body, headers });
    },
    upload(path, fields, files) {
      const body = new FormData();
      body.append('_csrf', token);
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      for (const [name, file] of Object.entries(files)) body.append(name, new Blob([file.body], { type: file.type }), file.name);
      return send(path, { method: 'POST', body });
    },
  };
}

export async function openDoors(t: Pick<ExecutionContext, 'teardown'>, village: Village): Promise<(who?: Person) => Promise<Visitor>> {
  const origin = await serve(t, village.office);
  return who => visitor(village.office, origin, who);
}

function fieldIn(body: string, name: string): { input: string | undefined; fault: string | undefined } {
  const control = new RegExp(`<(?:input|textarea|select)[^>]*\\bname="${name}"[^>]*>`).exec(body)?.[0] ?? '';
  const described = /aria-describedby="([^"]*)"/.exec(control)?.[1]?.split(' ').find(id => id.endsWith('-fault'));
  const fault = described === undefined ? undefined : new RegExp(`id="${described}"[^>]*>([\\s\\S]*?)</p>`).exec(body)?.[1]?.replace(/<[^>]*>/g, '').trim();
  return { input: /value="([^"]*)"/.exec(control)?.[1], fault };
}
