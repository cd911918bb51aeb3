import { common } from '../kit/refusals.ts';
import { file, page, type Reply } from '../web/reply.ts';
import { get, type Route } from '../web/route.ts';
import type { Visit } from '../web/visit.ts';
import { authorityCertificate } from './keep.ts';
import { tabletOrigins } from './lan.ts';

/** How a tablet comes to trust this office: the file, what to compare, what to press. Nothing on it is secret. */
async function showInstall({ office: { config }, secure }: Visit): Promise<Reply> {
  const authority = config.httpsPort === undefined || config.tlsCert !== '' ? undefined : authorityCertificate(config.dataDir);
  return page('tablets/install', {
    title: '让平板走安全连接', secure, off: config.httpsPort === undefined && !secure, own: config.tlsCert !== '',
    fingerprint: authority?.fingerprint256.split(':').reduce<string[]>((lines, pair, at) => at % 8 === 0 ? [...lines, pair] : [...lines.slice(0, -1), `${lines.at(-1) ?? ''} ${pair}`], []),
    until: authority?.validToDate.toISOString().slice(0, 10),
    addresses: authority === undefined || config.httpsPort === undefined || config.httpsPort === 0 ? [] : tabletOrigins(config, config.httpsPort),
  });
}

/** The authority's certificate as Android and Windows take it. The key stays in the data folder. */
async function giveAuthority({ office: { config } }: Visit): Promise<Reply> {
  const authority = config.tlsCert === '' ? authorityCertificate(config.dataDir) : undefined;
  return authority === undefined ? common.refuse('not-found') : file(authority.raw, { mime: 'application/x-x509-ca-cert', name: 'xiangxin.crt' });
}

export const installRoutes: readonly Route[] = [
  get('/tablets/install', { power: 'anyone', open: true, handle: showInstall }),
  get('/tablets/authority.crt', { power: 'anyone', open: true, handle: giveAuthority }),
];
