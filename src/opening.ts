import type { Config } from './config.ts';
import { firstRunCode, isFirstRun } from './people/first-run.ts';
import type { Office } from './office.ts';
import { authorityCertificate } from './tablets/keep.ts';
import { lanAddresses, tabletOrigins } from './tablets/lan.ts';

type Say = (line: string) => void;
// Seeds are data: loaded by address when they are wanted, so that a start that needs none does not read them.
const seed = <T>(name: string): Promise<T> => import(new URL(`../seeds/${name}`, import.meta.url).href) as Promise<T>;
type Demo = typeof import('../seeds/demo/fill.ts');
type Accounts = typeof import('../seeds/demo/accounts.ts');
type Required = typeof import('../seeds/required.ts');

/** An empty office gets the demonstration, or with DEMO=off what every office needs. An office with anybody in it is left alone. */
export async function furnish(office: Office, say: Say): Promise<void> {
  if (!await isFirstRun(office)) return;
  if (office.config.demo) await (await seed<Demo>('demo/fill.ts')).fillDemo(office, say);
  else await (await seed<Required>('required.ts')).loadRequired(office);
}

/** What the person who started it reads: where to go, and who may sign in. */
export async function announce(office: Office, port: number, say: Say): Promise<void> {
  const origins = office.config.publicOrigin === '' ? originsOf(office.config.host, port) : [office.config.publicOrigin];
  const [first = ''] = origins;
  say('');
  say(`乡信开好了：${origins.join('   ')}`);
  say(`公示和光荣榜（不用登录）：${first}/`);
  if (await isFirstRun(office)) {
    say(`还没有人能登录：打开 ${first}/first-run ，安装代码 ${firstRunCode(office)}`);
    return;
  }
  const { demoAccounts, accountLines } = await seed<Accounts>('demo/accounts.ts');
  const accounts = await demoAccounts(office);
  if (accounts === undefined) say(`登录：${first}/sign-in`);
  else if (accounts === 'broken-off') say('示范数据上次没有装完。请停下，删掉数据文件夹（DATA_DIR，不设就是 data），再启动一次。');
  else { say(`登录：${first}/sign-in`); for (const line of accountLines(accounts)) say(line); }
  say('');
}

/** Where tablets go, and what they compare before they trust the office. */
export function announceSecure(config: Config, port: number, say: Say): void {
  say(`平板（安全连接）：${tabletOrigins(config, port).join('   ')}`);
  const authority = config.tlsCert === '' ? authorityCertificate(config.dataDir) : undefined;
  if (authority !== undefined) say(`平板第一次用，打开 /tablets/install 照着装证书，指纹（SHA-256）：${authority.fingerprint256.replaceAll(':', ' ')}`);
}

/** Why nobody can be served at this address, and the way on: another program has the port, the system keeps it, or the machine has no such address. */
export function cannotListen(error: NodeJS.ErrnoException, { host, port, setting = 'PORT' }: Pick<Config, 'host' | 'port'> & { readonly setting?: string }): string {
  switch (error.code) {
    case 'EADDRINUSE': return `端口 ${port} 已经有别的程序在用。关掉那个程序，或者换一个端口：${setting}=${port + 1} npm start`;
    case 'EACCES': return `系统不让用端口 ${port}。换一个 1024 以上的：${setting}=${setting === 'PORT' ? 3000 : 3443} npm start`;
    case 'EADDRNOTAVAIL': case 'ENOTFOUND': return `这台机器没有 ${host} 这个地址。改一改 HOST，或者不设它。`;
    default: return `不能在 ${host}:${port} 上提供服务：${error.message}`;
  }
}

/** This machine first, then the addresses by which others on the network reach it. */
function originsOf(host: string, port: number): readonly string[] {
  if (host !== '0.0.0.0' && host !== '::') return [`http://${host}:${port}`];
  const others = lanAddresses();
  return ['localhost', ...others].map(name => `http://${name}:${port}`);
}
