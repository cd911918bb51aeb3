import type { IncomingMessage } from 'node:http';
import test from 'ava';
import { readConfig, type Config } from '../../src/config.ts';
import { originOf } from '../../src/web/origin.ts';

const asked = (headers: Readonly<Record<string, string>>, secure = false): IncomingMessage => ({ headers, socket: secure ? { encrypted: true } : {} }) as unknown as IncomingMessage;
const config = (env: NodeJS.ProcessEnv): Config => readConfig({ DATA_DIR: '/x', ...env });

test('what is printed leads where any phone may go', t => {
  t.is(originOf(asked({ host: '192.168.1.9:3000' }), config({})), 'http://192.168.1.9:3000');
  t.is(originOf(asked({ host: '192.168.1.9:3443' }, true), config({})), 'http://192.168.1.9:3000', 'the office\'s own authority is trusted by its tablets alone');
  t.is(originOf(asked({ host: 'xinyong.example:3443' }, true), config({ TLS_CERT: '/a', TLS_KEY: '/b' })), 'https://xinyong.example:3443');
  t.is(originOf(asked({ host: 'x', 'x-forwarded-host': 'xinyong.example', 'x-forwarded-proto': 'HTTPS' }), config({ TRUST_PROXY: 'on' })), 'https://xinyong.example');
  t.is(originOf(asked({ host: 'x', 'x-forwarded-host': 'evil.example' }), config({})), 'http://x');
  t.is(originOf(asked({ host: 'x' }, true), config({ PUBLIC_ORIGIN: 'http://192.168.1.10:3000' })), 'http://192.168.1.10:3000');
});

test('the secure door stands beside the plain one unless a proxy has its own; half a setting is refused', t => {
  t.is(config({}).httpsPort, 3443);
  t.is(config({ PORT: '0' }).httpsPort, 0);
  t.is(config({ TRUST_PROXY: 'on' }).httpsPort, undefined);
  t.is(config({ TRUST_PROXY: 'on', HTTPS_PORT: '4443' }).httpsPort, 4443);
  t.is(config({ PORT: '65500' }).httpsPort, 65_057);
  t.is(config({ HTTPS_PORT: 'off' }).httpsPort, undefined);
  t.deepEqual(config({ TLS_NAMES: 'Xiangxin.lan, office.local' }).tlsNames, ['xiangxin.lan', 'office.local']);
  for (const env of [{ HTTPS_PORT: 'x' }, { HTTPS_PORT: '3000' }, { HTTPS_PORT: '70000' }, { TLS_CERT: '/a' }, { TLS_KEY: '/b' }, { TLS_NAMES: 'bank.example' }]) t.throws(() => config(env), { message: /HTTPS_PORT|TLS_/ });
});
